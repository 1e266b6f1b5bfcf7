import { and, asc, count, desc, eq, gte, inArray, isNotNull, max } from 'drizzle-orm'
import type { SenderHistory } from '../domain/assessment.ts'
import type { Category, Severity } from '../domain/category.ts'
import type { Reach } from '../domain/person.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { inReach } from './reach.ts'
import {
  assessments,
  decisions,
  measures,
  messages,
  senderAddresses,
  senders,
  threads,
} from './tables.ts'

export type SenderLine = {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly threads: number
  readonly lastAt: Instant
  /** The states of measures against the sender that still count for something. */
  readonly suspended: boolean
}

/** Mail that came in during a suspension, without a word of it. */
export type MutedMail = {
  readonly messageId: string
  readonly threadId: string
  readonly receivedAt: Instant
  readonly severity: Severity
  readonly categories: readonly Category[]
}

export type SenderRecord = {
  readonly id: string
  readonly name: string
  readonly proof: string
  readonly addresses: readonly string[]
  readonly createdAt: Instant
  readonly mails: number
  readonly muted: readonly MutedMail[]
}

/** A sender's history, as it looks from one of their threads. */
export type HistoryOf = (senderId: string, exceptThread: string) => SenderHistory

export type Senders = {
  list(page: { offset: number; limit: number }, at: Instant): Promise<SenderLine[]>
  find(id: string): Promise<SenderRecord | null>
  address(id: string): Promise<string | null>
  /** What is known of senders beyond one thread, in all mailboxes. */
  histories(ids: readonly string[], at: Instant): Promise<HistoryOf>
}

export function sendersIn(core: Core, reach: Reach = 'all'): Senders {
  return {
    list: (page, at) => list(core, reach, page, at),
    find: (id) => find(core, reach, id),
    async address(id) {
      const [row] = await core.db
        .select({ address: senderAddresses.address })
        .from(senderAddresses)
        .where(eq(senderAddresses.senderId, id))
        .orderBy(asc(senderAddresses.address))
        .limit(1)
      return row?.address ?? null
    },
    histories: (ids, at) => histories(core, ids, at),
  }
}

async function list(
  { db }: Core,
  reach: Reach,
  page: { offset: number; limit: number },
  at: Instant,
) {
  // Grouped by the threads' own index: to join every sender first takes ten times as long.
  const busiest = await db
    .select({ id: threads.senderId, threads: count(), lastAt: max(threads.lastAt) })
    .from(threads)
    .where(inReach(reach))
    .groupBy(threads.senderId)
    .orderBy(desc(max(threads.lastAt)))
    .limit(page.limit)
    .offset(page.offset)
  const ids = busiest.map(({ id }) => id)
  const named = await db
    .select({ id: senders.id, name: senders.name })
    .from(senders)
    .where(inArray(senders.id, ids))
  const names = new Map(named.map(({ id, name }) => [id, name]))
  const addresses = await db
    .select()
    .from(senderAddresses)
    .where(inArray(senderAddresses.senderId, ids))
  const inForce = await db
    .select({ senderId: measures.senderId })
    .from(measures)
    .where(
      and(
        inArray(measures.senderId, ids),
        eq(measures.kind, 'suspension'),
        eq(measures.state, 'in_force'),
        gte(measures.endsAt, at),
      ),
    )
  const suspended = new Set(inForce.map(({ senderId }) => senderId))
  return busiest.map((row) => ({
    ...row,
    name: names.get(row.id) ?? '',
    lastAt: row.lastAt ?? '',
    address: addresses.find(({ senderId }) => senderId === row.id)?.address ?? '',
    suspended: suspended.has(row.id),
  }))
}

async function find({ db }: Core, reach: Reach, id: string): Promise<SenderRecord | null> {
  const [row] = await db.select().from(senders).where(eq(senders.id, id))
  if (!row) return null
  const addresses = await db.select().from(senderAddresses).where(eq(senderAddresses.senderId, id))
  const muted = await db
    .select({
      messageId: messages.id,
      threadId: messages.threadId,
      receivedAt: messages.receivedAt,
      severity: assessments.severity,
      result: assessments.result,
    })
    .from(messages)
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .innerJoin(assessments, eq(assessments.messageId, messages.id))
    .where(and(eq(threads.senderId, id), isNotNull(messages.mutedBy), inReach(reach)))
    .orderBy(desc(messages.receivedAt))
  const [mails] = await db
    .select({ n: count() })
    .from(messages)
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .where(and(eq(threads.senderId, id), eq(messages.direction, 'in'), inReach(reach)))
  return {
    ...row,
    addresses: addresses.map(({ address }) => address),
    mails: mails?.n ?? 0,
    muted: muted.map(({ result, ...mail }) => ({
      ...mail,
      categories: result.categories.map(({ code }) => code),
    })),
  }
}

async function histories(
  { db }: Core,
  senderIds: readonly string[],
  at: Instant,
): Promise<HistoryOf> {
  const ids = [...senderIds]
  const weekAgo = daysAfter(at, -7)
  const mails = await mailsSince(db, ids, daysAfter(at, -30))
  const ofWeek = await mailsSince(db, ids, weekAgo)
  const decided = await db
    .select({ senderId: threads.senderId, n: count() })
    .from(decisions)
    .innerJoin(threads, eq(threads.id, decisions.threadId))
    .where(and(inArray(threads.senderId, ids), eq(decisions.outcome, 'harassment')))
    .groupBy(threads.senderId)
  const warned = await db
    .select({ senderId: measures.senderId, n: count() })
    .from(measures)
    .where(
      and(
        inArray(measures.senderId, ids),
        eq(measures.kind, 'warning'),
        eq(measures.state, 'in_force'),
      ),
    )
    .groupBy(measures.senderId)
  const bySender = Map.groupBy(mails, ({ senderId }) => senderId)
  const byWeek = Map.groupBy(ofWeek, ({ senderId }) => senderId)
  return (id, exceptThread) => {
    const all = bySender.get(id) ?? []
    const others = all.filter(({ threadId }) => threadId !== exceptThread)
    const lately = (byWeek.get(id) ?? []).filter(({ threadId }) => threadId !== exceptThread)
    return {
      departments: new Set(all.map(({ mailboxId }) => mailboxId)).size,
      otherThreads: new Set(others.map(({ threadId }) => threadId)).size,
      otherMails: lately.reduce((sum, { mails: n }) => sum + n, 0),
      decisions: decided.find(({ senderId }) => senderId === id)?.n ?? 0,
      warnings: warned.find(({ senderId }) => senderId === id)?.n ?? 0,
    }
  }
}

/** Threads of a sender that are looked at: more of them say nothing more. */
const historyMax = 1_000

/** How many mails of each thread came in since an instant, by the mailbox they came to. */
function mailsSince(db: Core['db'], senderIds: string[], since: Instant) {
  return db
    .select({
      senderId: threads.senderId,
      threadId: messages.threadId,
      mailboxId: messages.mailboxId,
      mails: count(),
    })
    .from(messages)
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .where(
      and(
        inArray(threads.senderId, senderIds),
        gte(threads.lastAt, since),
        eq(messages.direction, 'in'),
        gte(messages.receivedAt, since),
      ),
    )
    .groupBy(threads.senderId, messages.threadId, messages.mailboxId)
    .limit(historyMax * senderIds.length)
}
