import { and, asc, count, desc, eq, gte, inArray, isNotNull, max } from 'drizzle-orm'
import type { SenderHistory } from '../domain/assessment.ts'
import type { Category, Severity } from '../domain/category.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
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

export type Senders = {
  list(page: { offset: number; limit: number }, at: Instant): Promise<SenderLine[]>
  find(id: string): Promise<SenderRecord | null>
  address(id: string): Promise<string | null>
  /** What is known of the sender beyond one thread, in all mailboxes. */
  history(id: string, exceptThread: string, at: Instant): Promise<SenderHistory>
}

export function sendersIn(core: Core): Senders {
  return {
    list: (page, at) => list(core, page, at),
    find: (id) => find(core, id),
    async address(id) {
      const [row] = await core.db
        .select({ address: senderAddresses.address })
        .from(senderAddresses)
        .where(eq(senderAddresses.senderId, id))
        .orderBy(asc(senderAddresses.address))
        .limit(1)
      return row?.address ?? null
    },
    history: (id, exceptThread, at) => history(core, id, exceptThread, at),
  }
}

async function list({ db }: Core, page: { offset: number; limit: number }, at: Instant) {
  const rows = await db
    .select({
      id: senders.id,
      name: senders.name,
      threads: count(threads.id),
      lastAt: max(threads.lastAt),
    })
    .from(senders)
    .innerJoin(threads, eq(threads.senderId, senders.id))
    .groupBy(senders.id, senders.name)
    .orderBy(desc(max(threads.lastAt)))
    .limit(page.limit)
    .offset(page.offset)
  const ids = rows.map(({ id }) => id)
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
  return rows.map((row) => ({
    ...row,
    lastAt: row.lastAt ?? '',
    address: addresses.find(({ senderId }) => senderId === row.id)?.address ?? '',
    suspended: suspended.has(row.id),
  }))
}

async function find({ db }: Core, id: string): Promise<SenderRecord | null> {
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
    .where(and(eq(threads.senderId, id), isNotNull(messages.mutedBy)))
    .orderBy(desc(messages.receivedAt))
  const [mails] = await db
    .select({ n: count() })
    .from(messages)
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .where(and(eq(threads.senderId, id), eq(messages.direction, 'in')))
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

async function history({ db }: Core, id: string, exceptThread: string, at: Instant) {
  const mails = await db
    .select({
      threadId: messages.threadId,
      mailboxId: messages.mailboxId,
      receivedAt: messages.receivedAt,
    })
    .from(messages)
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .where(
      and(
        eq(threads.senderId, id),
        eq(messages.direction, 'in'),
        gte(messages.receivedAt, daysAfter(at, -30)),
      ),
    )
  const others = mails.filter(({ threadId }) => threadId !== exceptThread)
  const weekAgo = daysAfter(at, -7)
  const [decided] = await db
    .select({ n: count() })
    .from(decisions)
    .innerJoin(threads, eq(threads.id, decisions.threadId))
    .where(and(eq(threads.senderId, id), eq(decisions.outcome, 'harassment')))
  const [warned] = await db
    .select({ n: count() })
    .from(measures)
    .where(
      and(eq(measures.senderId, id), eq(measures.kind, 'warning'), eq(measures.state, 'in_force')),
    )
  return {
    departments: new Set(mails.map(({ mailboxId }) => mailboxId)).size,
    otherThreads: new Set(others.map(({ threadId }) => threadId)).size,
    otherMails: others.filter(({ receivedAt }) => receivedAt >= weekAgo).length,
    decisions: decided?.n ?? 0,
    warnings: warned?.n ?? 0,
  }
}
