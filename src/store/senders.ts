import { and, asc, count, desc, eq, gte, inArray, isNotNull } from 'drizzle-orm'
import type { Category, Severity } from '../domain/category.ts'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { type HistoryOf, histories } from './histories.ts'
import { membersIn } from './joins.ts'
import { newestSenders, type SenderPage } from './newest-senders.ts'
import { alsoInReach } from './reach.ts'
import { assessments, measures, messages, senderAddresses, senders, threads } from './tables.ts'

export type SenderLine = {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly threads: number
  readonly lastAt: Instant
  /** The states of measures against the sender that still count for something. */
  readonly suspended: boolean
  /** How many other senders people joined with this one. */
  readonly joined: number
}

/** Mail that came in during a suspension, without a word of it. */
export type MutedMail = {
  readonly messageId: string
  readonly threadId: string
  readonly receivedAt: Instant
  readonly severity: Severity
  readonly categories: readonly Category[]
}

/** A sender, with the mail of everybody whom people joined with them. */
export type SenderRecord = {
  readonly id: string
  /** The ids that are one person, this one included. */
  readonly members: readonly string[]
  readonly name: string
  readonly proof: string
  readonly addresses: readonly string[]
  readonly createdAt: Instant
  readonly mails: number
  readonly muted: readonly MutedMail[]
}

export type Senders = {
  /** By their newest mail, newest first. */
  list(page: SenderPage, at: Instant): Promise<SenderLine[]>
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

async function list({ db }: Core, reach: Reach, page: SenderPage, at: Instant) {
  const busiest = await newestSenders(db, reach, page)
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
  const membersOf = await membersIn(db, ids)
  const inForce = await db
    .select({ senderId: measures.senderId })
    .from(measures)
    .where(
      and(
        inArray(measures.senderId, [...new Set(ids.flatMap(membersOf))]),
        eq(measures.kind, 'suspension'),
        eq(measures.state, 'in_force'),
        gte(measures.endsAt, at),
      ),
    )
  const suspended = new Set(inForce.map(({ senderId }) => senderId))
  return busiest.map((row) => ({
    ...row,
    name: names.get(row.id) ?? '',
    address: addresses.find(({ senderId }) => senderId === row.id)?.address ?? '',
    suspended: membersOf(row.id).some((id) => suspended.has(id)),
    joined: membersOf(row.id).length - 1,
  }))
}

async function find({ db }: Core, reach: Reach, id: string): Promise<SenderRecord | null> {
  const [row] = await db.select().from(senders).where(eq(senders.id, id))
  if (!row) return null
  const members = [...(await membersIn(db, [id]))(id)]
  const addresses = await db.select().from(senderAddresses).where(eq(senderAddresses.senderId, id))
  const theirs = inArray(threads.senderId, members)
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
    .where(and(theirs, isNotNull(messages.mutedBy), alsoInReach(reach)))
    .orderBy(desc(messages.receivedAt))
  const [mails] = await db
    .select({ n: count() })
    .from(messages)
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .where(and(theirs, eq(messages.direction, 'in'), alsoInReach(reach)))
  return {
    ...row,
    members,
    addresses: addresses.map(({ address }) => address),
    mails: mails?.n ?? 0,
    muted: muted.map(({ result, ...mail }) => ({
      ...mail,
      categories: result.categories.map(({ code }) => code),
    })),
  }
}
