import { and, gte, inArray } from 'drizzle-orm'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { StaleWrite } from './engine.ts'
import { passes } from './tables.ts'

/** A person's "not this one" of a thread. */
export type Pass = {
  readonly id: string
  readonly personId: string
  readonly threadId: string
  readonly at: Instant
}

/** By thread, the people who passed it on. */
export type Passed = ReadonlyMap<string, ReadonlySet<string>>

/** Threads that people handed back without a reason: no event tells of them. */
export type Passes = {
  /** A second time says the same. */
  add(pass: Pass): Promise<void>
  of(threadIds: readonly string[]): Promise<Passed>
  /** How many each of these people passed on since then; for care alone. */
  counts(personIds: readonly string[], since: Instant): Promise<ReadonlyMap<string, number>>
}

export function passesIn({ db, write }: Core): Passes {
  return {
    async add(pass) {
      try {
        await write((tx) => [
          tx.insert(passes).values(pass).onConflictDoNothing().returning({ id: passes.id }),
        ])
      } catch (error) {
        if (!(error instanceof StaleWrite)) throw error
      }
    },
    async of(threadIds) {
      const rows = await db
        .select()
        .from(passes)
        .where(inArray(passes.threadId, [...threadIds]))
      const byThread = Map.groupBy(rows, ({ threadId }) => threadId)
      return new Map(
        [...byThread].map(([id, some]) => [id, new Set(some.map(({ personId }) => personId))]),
      )
    },
    async counts(personIds, since) {
      const rows = await db
        .select({ id: passes.personId })
        .from(passes)
        .where(and(inArray(passes.personId, [...personIds]), gte(passes.at, since)))
      const byPerson = Map.groupBy(rows, ({ id }) => id)
      return new Map([...byPerson].map(([id, some]) => [id, some.length]))
    },
  }
}
