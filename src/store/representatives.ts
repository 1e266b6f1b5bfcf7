import { asc, eq, inArray } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { representatives } from './tables.ts'

/** An address of somebody who writes for a customer (代理人): their mail is never muted for it. */
export type Representative = {
  /** Canonical. */
  readonly address: string
  readonly senderId: string
  readonly reason: string
  readonly markedBy: string
  readonly markedAt: Instant
}

export type Representatives = {
  /** Which of these canonical addresses are a representative's. */
  among(addresses: readonly string[]): Promise<Set<string>>
  of(senderId: string): Promise<Representative[]>
  all(): Promise<Representative[]>
  /** Throws `StaleWrite` where the address is marked already. */
  mark(representative: Representative, event: Event): Promise<void>
  /** Throws `StaleWrite` where it is none. */
  unmark(address: string, event: Event): Promise<void>
}

export function representativesIn(core: Core): Representatives {
  const { db } = core
  const { address } = representatives
  return {
    async among(addresses) {
      if (addresses.length === 0) return new Set()
      const wanted = [...addresses]
      const rows = await db
        .select({ address })
        .from(representatives)
        .where(inArray(address, wanted))
      return new Set(rows.map((row) => row.address))
    },
    async of(senderId) {
      const rows = db.select().from(representatives).where(eq(representatives.senderId, senderId))
      return await rows.orderBy(asc(address))
    },
    async all() {
      return await db.select().from(representatives).orderBy(asc(address))
    },
    mark(representative, event) {
      return core.commit([event], (tx) => [
        tx
          .insert(representatives)
          .values(representative)
          .onConflictDoNothing()
          .returning({ address }),
      ])
    },
    unmark(which, event) {
      return core.commit([event], (tx) => [
        tx.delete(representatives).where(eq(address, which)).returning({ address }),
      ])
    },
  }
}
