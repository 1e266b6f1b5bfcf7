import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import { covers, type Reach } from '../domain/person.ts'
import type { Db } from './engine.ts'
import { mailboxesOfSenders, meets } from './placing.ts'
import { alsoInReach } from './reach.ts'
import { events, measures, threads } from './tables.ts'

/** One link of the chain of events. */
export type ChainLink = {
  readonly seq: number
  readonly previousHash: string
  readonly hash: string
  /** The event, and its canonical JSON that the hash covers; null out of reach. */
  readonly seen: { readonly event: Event; readonly content: string } | null
}

/**
 * Links after a number, oldest first. An event is in reach with everything that it names: its
 * thread, the other thread that mail went to, the suspension that muted it, its sender or senders.
 * Those of incidents name their mailbox.
 */
export async function linksAfter(
  db: Db,
  reach: Reach,
  after: number,
  limit: number,
): Promise<ChainLink[]> {
  const rows = await db
    .select()
    .from(events)
    .where(gt(events.seq, after))
    .orderBy(asc(events.seq))
    .limit(limit)
  const read = rows.map(({ seq, previousHash, hash, content }) => {
    return { seq, previousHash, hash, content, event: JSON.parse(content) as Event }
  })
  const sees = await sightOf(
    db,
    reach,
    read.map(({ event }) => event),
  )
  return read.map(({ event, content, ...link }) => ({
    ...link,
    seen: sees(event) ? { event, content } : null,
  }))
}

async function sightOf(
  db: Db,
  reach: Reach,
  all: readonly Event[],
): Promise<(event: Event) => boolean> {
  if (reach === 'all') return () => true
  const named = all.map(namedBy)
  const seenThreads = await idsOf(
    named.flatMap((one) => one.threads),
    (ids) =>
      db
        .select({ id: threads.id })
        .from(threads)
        .where(and(inArray(threads.id, ids), alsoInReach(reach))),
  )
  const seenSenders = await sendersSeen(
    db,
    reach,
    named.flatMap((one) => one.senders),
  )
  const seenMeasures = await idsOf(
    named.flatMap((one) => one.measures),
    (ids) =>
      db
        .select({ id: measures.id })
        .from(measures)
        .innerJoin(threads, eq(threads.id, measures.threadId))
        .where(and(inArray(measures.id, ids), alsoInReach(reach))),
  )
  return (event) => {
    const { mailboxes, ...things } = namedBy(event)
    const isPlaced = things.threads.length + things.senders.length + mailboxes.length > 0
    return (
      isPlaced &&
      mailboxes.every((id) => covers(reach, id)) &&
      things.threads.every((id) => seenThreads.has(id)) &&
      things.senders.every((id) => seenSenders.has(id)) &&
      things.measures.every((id) => seenMeasures.has(id))
    )
  }
}

/** Those who have to do with a mailbox in reach: known by a thread, by an incident alone, or as guests. */
async function sendersSeen(
  db: Db,
  reach: Reach,
  senderIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const once = [...new Set(senderIds)]
  if (once.length === 0) return new Set()
  const placesOf = await mailboxesOfSenders(db, once)
  return new Set(once.filter((id) => meets(reach, placesOf(id))))
}

async function idsOf(
  ids: readonly string[],
  read: (ids: string[]) => PromiseLike<{ id: string }[]>,
): Promise<ReadonlySet<string>> {
  const once = [...new Set(ids)]
  return new Set(once.length === 0 ? [] : (await read(once)).map(({ id }) => id))
}

/** What an event names that lies in a mailbox. What belongs to the whole house names nothing. */
function namedBy(event: Event) {
  const said: Readonly<Record<string, unknown>> = event
  const at = (...keys: readonly string[]) =>
    keys.map((key) => said[key]).filter((value): value is string => typeof value === 'string')
  return {
    threads: at('threadId', 'other'),
    senders: at('senderId', 'otherId'),
    measures: at('mutedBy', 'measureId', 'renewedBy'),
    mailboxes: at('mailboxId'),
  }
}
