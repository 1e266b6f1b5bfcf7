import { and, eq, inArray } from 'drizzle-orm'
import type { Reach } from '../domain/person.ts'
import type { Db } from './engine.ts'
import { events, incidents, threads } from './tables.ts'

/**
 * The mailboxes that each sender has to do with: those of their threads and of incidents, or, for
 * who only wrote into another one's thread, that thread's.
 */
export async function mailboxesOfSenders(
  db: Db,
  senderIds: readonly string[],
): Promise<(senderId: string) => readonly string[]> {
  const ids = [...senderIds]
  const own = await db
    .selectDistinct({ senderId: threads.senderId, mailboxId: threads.mailboxId })
    .from(threads)
    .where(inArray(threads.senderId, ids))
  const outside = await db
    .selectDistinct({ senderId: incidents.senderId, mailboxId: incidents.mailboxId })
    .from(incidents)
    .where(inArray(incidents.senderId, ids))
  const found = [...own, ...outside]
  const left = ids.filter((id) => !found.some(({ senderId }) => senderId === id))
  const guests = left.length === 0 ? [] : await guestsIn(db, left)
  const bySender = Map.groupBy([...found, ...guests], ({ senderId }) => senderId ?? '')
  return (id) => [...new Set((bySender.get(id) ?? []).map(({ mailboxId }) => mailboxId))]
}

function guestsIn(db: Db, senderIds: string[]) {
  return db
    .selectDistinct({ senderId: events.senderId, mailboxId: threads.mailboxId })
    .from(events)
    .innerJoin(threads, eq(threads.id, events.threadId))
    .where(and(inArray(events.senderId, senderIds), eq(events.kind, 'message_received')))
}

/** Whether one of the mailboxes is in reach. */
export function meets(reach: Reach, mailboxIds: readonly string[]): boolean {
  return reach === 'all' || mailboxIds.some((id) => reach.includes(id))
}
