import { and, asc, desc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Hold } from '../domain/hold.ts'
import type { HeldThing } from '../domain/retention-event.ts'
import type { RetentionRule } from '../domain/retention-proposal.ts'
import type { Core } from './core.ts'
import { membersIn } from './joins.ts'
import { holds, retentionRules } from './tables.ts'

/** What is held, and which periods two people let run. */
export type Holds = {
  openOn(what: HeldThing, thingId: string): Promise<Hold | null>
  /** Open ones on a thread, or on its sender and whoever is one with them. */
  over(threadId: string | null, senderId: string): Promise<Hold[]>
  open(): Promise<Hold[]>
  /** Throws `StaleWrite` where somebody else held it meanwhile. */
  place(hold: Hold, events: readonly Event[]): Promise<void>
  lift(hold: Hold, events: readonly Event[]): Promise<void>
  rule(periods: string): Promise<RetentionRule | null>
  /** Saves that somebody proposed or approved these periods. */
  letRun(rule: RetentionRule | null, event: Event & { readonly periods: string }): Promise<void>
}

export function holdsIn(core: Core): Holds {
  return { ...looking(core), ...writing(core) }
}

type Writing = Pick<Holds, 'place' | 'lift' | 'letRun'>

function looking({ db }: Core): Omit<Holds, keyof Writing> {
  const open = isNull(holds.liftedAt)
  return {
    async openOn(what, thingId) {
      const on = and(open, eq(holds.what, what), eq(holds.thingId, thingId))
      const [row] = await db.select().from(holds).where(on)
      return row ?? null
    },
    async over(threadId, senderId) {
      const members = (await membersIn(db, [senderId]))(senderId)
      const ofSender = and(eq(holds.what, 'sender'), inArray(holds.thingId, [...members]))
      const ofThread = and(eq(holds.what, 'thread'), eq(holds.thingId, threadId ?? ''))
      return db
        .select()
        .from(holds)
        .where(and(open, or(ofSender, ofThread)))
        .orderBy(asc(holds.placedAt))
    },
    open: () => db.select().from(holds).where(open).orderBy(desc(holds.placedAt)),
    async rule(periods) {
      const [row] = await db.select().from(retentionRules).where(eq(retentionRules.id, periods))
      return row ?? null
    },
  }
}

function writing(core: Core): Writing {
  return {
    place: (hold, events) =>
      core.commit(events, (tx) => [
        tx.insert(holds).values(hold).onConflictDoNothing().returning({ id: holds.id }),
      ]),
    lift: ({ id, liftedBy, liftedAt, liftReason }, events) =>
      core.commit(events, (tx) => [
        tx
          .update(holds)
          .set({ liftedBy, liftedAt, liftReason })
          .where(and(eq(holds.id, id), isNull(holds.liftedAt)))
          .returning({ id: holds.id }),
      ]),
    letRun: (rule, { at, by, periods: id, ...event }) =>
      core.commit([{ at, by, periods: id, ...event } as Event], (tx) => [
        rule === null
          ? tx
              .insert(retentionRules)
              .values({ id, proposedBy: by ?? '', proposedAt: at })
              .onConflictDoNothing()
              .returning({ id: retentionRules.id })
          : tx
              .update(retentionRules)
              .set({ approvedBy: by, approvedAt: at })
              .where(and(eq(retentionRules.id, id), isNull(retentionRules.approvedBy)))
              .returning({ id: retentionRules.id }),
      ]),
  }
}
