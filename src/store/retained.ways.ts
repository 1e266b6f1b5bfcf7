import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { HeldThing } from '../domain/retention-event.ts'
import type { Instant } from '../domain/time.ts'
import type { Db } from './engine.ts'
import { isHarassment } from './partial.ts'
import {
  decisions,
  holds,
  incidentDecisions,
  incidents,
  letters,
  measures,
  threads,
} from './tables.ts'

/** What is held: a thread by itself, or everything of a sender. */
export async function holdsBy(db: Db) {
  const rows = await db
    .select({ what: holds.what, thingId: holds.thingId })
    .from(holds)
    .where(isNull(holds.liftedAt))
  const of = (what: HeldThing) =>
    new Set(rows.filter((one) => one.what === what).map(({ thingId }) => thingId))
  const [ofThreads, ofSenders] = [of('thread'), of('sender')]
  return (id: string, members: readonly string[]): HeldThing | null => {
    if (ofThreads.has(id)) return 'thread'
    return members.some((one) => ofSenders.has(one)) ? 'sender' : null
  }
}

/** Senders against whom something is on its way, or a suspension holds. */
export async function underMeasures(db: Db, senderIds: readonly string[], now: Instant) {
  const inForce = and(
    eq(measures.kind, 'suspension'),
    eq(measures.state, 'in_force'),
    gt(measures.endsAt, now),
  )
  const rows = await db
    .select({ senderId: measures.senderId })
    .from(measures)
    .where(
      and(
        inArray(measures.senderId, [...senderIds]),
        or(inArray(measures.state, ['proposed', 'confirmed']), inForce),
      ),
    )
  return new Set(rows.map(({ senderId }) => senderId))
}

/** When each sender last wrote in a thread, or did something, that was found to be harassment. */
export async function lastActs(
  db: Db,
  senderIds: readonly string[],
): Promise<Map<string, Instant[]>> {
  const wrote = await db
    .select({ senderId: threads.senderId, at: threads.lastAt })
    .from(decisions)
    .innerJoin(threads, eq(threads.id, decisions.threadId))
    .where(and(isHarassment(decisions.outcome), inArray(threads.senderId, [...senderIds])))
  const did = await db
    .select({ senderId: incidents.senderId, at: incidents.occurredAt })
    .from(incidentDecisions)
    .innerJoin(incidents, eq(incidents.id, incidentDecisions.incidentId))
    .where(
      and(eq(incidentDecisions.outcome, 'harassment'), inArray(incidents.senderId, [...senderIds])),
    )
  const acts = Map.groupBy([...wrote, ...did], ({ senderId }) => senderId)
  return new Map([...acts].map(([id, some]) => [id, some.map(({ at }) => at)]))
}

/** Of these threads, those with a letter that is not finished, or on its way. */
export async function withOpenLetters(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectDistinct({ id: letters.threadId })
    .from(letters)
    .where(
      and(
        inArray(letters.threadId, [...ids]),
        inArray(letters.state, [
          ...(['draft', 'awaiting_approval', 'returned'] as const),
          ...(['queued', 'sending', 'uncertain'] as const),
        ]),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}
