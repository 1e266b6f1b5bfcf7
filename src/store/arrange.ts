import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { canonicalAddress } from '../domain/address.ts'
import type { MailFacts } from '../domain/arrange.ts'
import type { ArrangeEvent } from '../domain/arrange-event.ts'
import type { Event } from '../domain/event.ts'
import type { Matter } from '../domain/matter.ts'
import type { Instant } from '../domain/time.ts'
import { arrangementWrites, type Rearranged } from './arrange.writes.ts'
import type { Core } from './core.ts'
import { type FiledMails, mailsOf, sentMails } from './filed.ts'
import {
  alerts,
  assessments,
  events,
  messages,
  senderAddresses,
  senders,
  threads,
} from './tables.ts'

/** A mail as far as its place among threads goes. */
export type PlacedMail = MailFacts & {
  readonly subject: string
  readonly fromName: string
  readonly sentAt: Instant
  readonly receivedAt: Instant
}

export type Arrangement = {
  readonly messageIds: readonly string[]
  readonly events: readonly Event[]
  readonly from: Rearranged
  readonly to: Rearranged
}

export type LoggedMove = { readonly seq: number; readonly event: ArrangeEvent & Event }

export type Arranging = {
  /** Every mail of a thread, oldest first, without its words. */
  mails(matter: Matter): Promise<PlacedMail[]>
  /** The words of these mails as rules read them, with the letters that left that thread. */
  words(threadId: string, messageIds: readonly string[]): Promise<FiledMails>
  /** What was moved in and out of a thread by hand, newest first. */
  moves(threadId: string): Promise<LoggedMove[]>
  /** Subject and state of the row that the domain does not keep. */
  face(
    threadId: string,
  ): Promise<{ subject: string; waitingSince: Instant; lastAt: Instant } | null>
  /** Moves the mails and all that belongs to them, with both threads, or throws `StaleWrite`. */
  store(arrangement: Arrangement): Promise<void>
}

/** Moves shown in a thread's history. */
const movesMax = 50

export function arrangingIn(core: Core): Arranging {
  const { db } = core
  return {
    mails: (matter) => placedMails(core, matter),
    async words(threadId, messageIds) {
      const mails = await mailsOf(db, messageIds)
      const sent = await sentMails(db, [threadId], new Set(mails.map((one) => one.messageId)))
      return [...mails.map(({ id, mail }) => ({ id, mail })), ...(sent.get(threadId) ?? [])]
    },
    async moves(threadId) {
      const kinds = ['mails_moved_out', 'mails_moved_in'] as const
      const rows = await db
        .select({ seq: events.seq, content: events.content })
        .from(events)
        .where(and(eq(events.threadId, threadId), inArray(events.kind, [...kinds])))
        .orderBy(desc(events.seq))
        .limit(movesMax)
      return rows.map(({ seq, content }) => {
        return { seq, event: JSON.parse(content) as ArrangeEvent & Event }
      })
    },
    async face(threadId) {
      const { subject, waitingSince, lastAt } = threads
      const [row] = await db
        .select({ subject, waitingSince, lastAt })
        .from(threads)
        .where(eq(threads.id, threadId))
      return row ?? null
    },
    store: (arrangement) => store(core, arrangement),
  }
}

async function placedMails({ db }: Core, { thread }: Matter): Promise<PlacedMail[]> {
  const rows = await db
    .select({
      id: messages.id,
      direction: messages.direction,
      identity: messages.identity,
      nature: messages.nature,
      mutedBy: messages.mutedBy,
      mailboxId: messages.mailboxId,
      fromAddress: messages.fromAddress,
      fromName: messages.fromName,
      subject: messages.subject,
      sentAt: messages.sentAt,
      receivedAt: messages.receivedAt,
    })
    .from(messages)
    .where(eq(messages.threadId, thread.id))
    .orderBy(asc(messages.sentAt), asc(messages.id))
  const addresses = [...new Set(rows.map((row) => canonicalAddress(row.fromAddress)))]
  const known = await db
    .select({ address: senderAddresses.address, senderId: senders.id })
    .from(senderAddresses)
    .innerJoin(senders, eq(senders.id, senderAddresses.senderId))
    .where(inArray(senderAddresses.address, addresses))
  const senderOf = new Map(known.map(({ address, senderId }) => [address, senderId]))
  return rows.map(({ fromAddress, ...row }) => {
    const theirs = row.direction === 'in' ? senderOf.get(canonicalAddress(fromAddress)) : undefined
    return { ...row, senderId: theirs ?? thread.senderId }
  })
}

async function store(core: Core, arrangement: Arrangement): Promise<void> {
  const { db } = core
  const moved = [...arrangement.messageIds]
  const fresh = [arrangement.from.assessed, arrangement.to.assessed]
  const named = [...moved, ...fresh.flatMap((one) => (one ? [one.messageId] : []))]
  const judged = await db
    .select({ messageId: assessments.messageId })
    .from(assessments)
    .where(inArray(assessments.messageId, named))
  const raised = await db
    .select({ messageId: alerts.messageId })
    .from(alerts)
    .where(inArray(alerts.messageId, moved))
  const there = {
    assessments: new Set(judged.map(({ messageId }) => messageId)),
    alerts: new Set(raised.map(({ messageId }) => messageId)),
  }
  await core.commit(arrangement.events, (tx) => arrangementWrites(tx, arrangement, there))
}
