import { and, desc, eq, gte, inArray, like, ne } from 'drizzle-orm'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import { type Member, membersOf } from './profiles.ts'
import { alsoInReach } from './reach.ts'
import { events, messages, senderAddresses, senders, threads } from './tables.ts'

/** Somebody's words in a mail of theirs. */
export type Said = { readonly senderId: string; readonly text: string }

/** Where senders that may be one person are looked for: each look is bounded. */
export type Suggesting = {
  members(ids: readonly string[]): Promise<Member[]>
  /** Senders with an address that begins so, at that domain. */
  byAddress(start: string, domain: string): Promise<{ senderId: string; address: string }[]>
  /** Other senders of just that name. */
  byName(name: string): Promise<string[]>
  /** Who wrote in threads of these senders, and in whose threads they wrote. */
  byThreads(ids: readonly string[]): Promise<string[]>
  /** The newest mails that a sender wrote, in reach. */
  said(senderId: string, reach: Reach): Promise<Said[]>
  /** The newest mails of anybody since an instant, in reach. */
  lately(since: Instant, reach: Reach): Promise<Said[]>
}

const addressesMax = 2_000
const namesakesMax = 20
const guestsMax = 20
const saidMax = 5
const latelyMax = 200

export function suggestingIn({ db }: Core): Suggesting {
  const said = { senderId: threads.senderId, text: messages.text }
  const written = and(eq(messages.direction, 'in'), eq(messages.nature, 'person'))
  return {
    members: (ids) => membersOf(db, ids),
    async byAddress(start, domain) {
      return db
        .select({ senderId: senderAddresses.senderId, address: senderAddresses.address })
        .from(senderAddresses)
        .where(like(senderAddresses.address, `${start}%@${domain}`))
        .limit(addressesMax)
    },
    async byName(name) {
      const rows = await db
        .select({ id: senders.id })
        .from(senders)
        .where(eq(senders.name, name))
        .limit(namesakesMax)
      return rows.map(({ id }) => id)
    },
    byThreads: (ids) => guests(db, [...ids]),
    async said(senderId, reach) {
      return db
        .select(said)
        .from(messages)
        .innerJoin(threads, eq(threads.id, messages.threadId))
        .where(and(eq(threads.senderId, senderId), written, alsoInReach(reach)))
        .orderBy(desc(messages.sentAt))
        .limit(saidMax)
    },
    async lately(since, reach) {
      return db
        .select(said)
        .from(messages)
        .innerJoin(threads, eq(threads.id, messages.threadId))
        .where(and(gte(messages.sentAt, since), written, alsoInReach(reach)))
        .orderBy(desc(messages.sentAt))
        .limit(latelyMax)
    },
  }
}

/** The log knows who wrote each mail, whosever thread it went into. */
async function guests(db: Db, ids: string[]): Promise<string[]> {
  const apart = and(eq(events.kind, 'message_received'), ne(events.senderId, threads.senderId))
  // Two looks, each by an index of its own: one over both would go through the whole log.
  const owners = await db
    .selectDistinct({ id: threads.senderId })
    .from(events)
    .innerJoin(threads, eq(threads.id, events.threadId))
    .where(and(inArray(events.senderId, ids), apart))
    .limit(guestsMax)
  const writers = await db
    .selectDistinct({ id: events.senderId })
    .from(threads)
    .innerJoin(events, eq(events.threadId, threads.id))
    .where(and(inArray(threads.senderId, ids), apart))
    .limit(guestsMax)
  const found = [...owners, ...writers].flatMap(({ id }) => (id === null ? [] : [id]))
  return [...new Set(found)].filter((id) => !ids.includes(id))
}
