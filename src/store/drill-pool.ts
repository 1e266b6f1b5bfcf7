import { and, desc, eq, inArray, isNull, ne, or } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Flag } from '../domain/category.ts'
import type { Candidate } from '../domain/drill-choice.ts'
import type { Reach } from '../domain/person.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import { alsoInReach } from './reach.ts'
import {
  decisions,
  exposures,
  letters,
  measures,
  messages,
  notes,
  reviews,
  threads,
} from './tables.ts'

/** Newest decisions that drills choose from: more would only be older. */
const lookedAt = 400

/** What no drill asks about: a machine's mail, and a customer who may be in danger. */
const never: readonly Flag[] = ['auto_generated', 'bulk', 'bounce', 'self_harm', 'illegible']

/** Decided mail that one can learn from. */
export type DrillPool = {
  /** The newest decision of each thread, in mailboxes in reach, where the person took no part. */
  decided(personId: string, reach: Reach): Promise<Candidate[]>
}

export function drillPoolIn({ db }: Core): DrillPool {
  return {
    async decided(personId, reach) {
      const rows = await db
        .select({
          ...{ threadId: threads.id, flags: threads.flags, targets: threads.targets },
          ...{ decisionId: decisions.id, outcome: decisions.outcome },
          ...{ codes: decisions.categories, assignee: threads.assignee },
        })
        .from(decisions)
        .innerJoin(threads, eq(threads.id, decisions.threadId))
        .where(and(isNull(threads.joinedInto), eq(threads.muted, false), alsoInReach(reach)))
        .orderBy(desc(decisions.at), desc(decisions.id))
        .limit(lookedAt)
      const newest = new Map(rows.toReversed().map((row) => [row.threadId, row]))
      const whole = [...newest.values()].filter(
        ({ flags, targets, assignee }) =>
          !flags.some((flag) => never.includes(flag)) &&
          !targets.includes(personId) &&
          assignee !== personId,
      )
      const ids = whole.map(({ threadId }) => threadId)
      const involved = await threadsOf(db, ids, personId)
      const legible = await withWords(db, ids)
      return whole
        .filter(({ threadId }) => legible.has(threadId) && !involved.has(threadId))
        .map(({ threadId, decisionId, outcome, codes }) => ({
          ref: { kind: 'mail', threadId, decisionId },
          outcome,
          categories: codes,
        }))
    },
  }
}

/** Of these threads, those with words of the customer's: what was erased has none. */
async function withWords(db: Db, ids: readonly string[]) {
  const theirs = and(eq(messages.direction, 'in'), ne(messages.text, ''))
  const rows = await db
    .selectDistinct({ threadId: messages.threadId })
    .from(messages)
    .where(and(inArray(messages.threadId, [...ids]), theirs))
  return new Set(rows.map(({ threadId }) => threadId))
}

/** Of these threads, those in which the person said, wrote, proposed, decided or opened anything. */
async function threadsOf(db: Db, ids: readonly string[], personId: string) {
  const tables = [
    [reviews, reviews.threadId, [reviews.reviewer]],
    [decisions, decisions.threadId, [decisions.settledBy]],
    [letters, letters.threadId, [letters.author, letters.approver]],
    [measures, measures.threadId, [measures.proposer, measures.confirmer]],
    [exposures, exposures.threadId, [exposures.personId]],
    [notes, notes.threadId, [notes.author]],
  ] as const satisfies readonly (readonly [unknown, SQLiteColumn, readonly SQLiteColumn[]])[]
  const found = await Promise.all(
    tables.map(([table, threadId, who]) =>
      db
        .selectDistinct({ threadId })
        .from(table)
        .where(and(inArray(threadId, [...ids]), or(...who.map((one) => eq(one, personId))))),
    ),
  )
  return new Set(found.flat().map(({ threadId }) => threadId))
}
