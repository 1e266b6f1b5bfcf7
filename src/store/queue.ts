import { and, asc, count, desc, eq, inArray, isNull, lt, type SQL } from 'drizzle-orm'
import type { GistPart } from '../domain/assessment.ts'
import type { Category, Flag, Severity } from '../domain/category.ts'
import { type QueueState, queueStates, rankOutside } from '../domain/matter.ts'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { inReach, ofReach } from './reach.ts'
import { alerts, mailboxes, measures, senders, threads } from './tables.ts'

/** One line of the queue. It holds no word of the customer's but the subject, if harmless. */
export type QueueItem = {
  readonly id: string
  /** Null where the subject itself is shielded. */
  readonly subject: string | null
  readonly senderId: string
  readonly senderName: string
  readonly department: { readonly ja: string; readonly en: string }
  readonly state: QueueState
  readonly urgent: boolean
  readonly severity: Severity
  readonly categories: readonly Category[]
  readonly flags: readonly Flag[]
  readonly gist: readonly GistPart[]
  readonly unverified: boolean
  readonly messageCount: number
  readonly waitingSince: Instant
  readonly lastAt: Instant
}

export type QueueFilter = {
  /** `open`: everything that has a place in the queue. */
  readonly states: 'open' | readonly QueueState[]
  readonly mailboxId?: string
  readonly senderId?: string
  /** Of any of these. */
  readonly senderIds?: readonly string[]
  readonly ids?: readonly string[]
}

export type Page = { readonly offset: number; readonly limit: number }

export type Queue = {
  list(filter: QueueFilter, page: Page): Promise<QueueItem[]>
  /** Threads by state; what is done or muted grows for ever, and nobody asks how much it is. */
  counts(): Promise<ReadonlyMap<QueueState, number>>
  openAlerts(): Promise<number>
  /** Warnings and suspensions that wait for a supervisor. */
  openMeasures(): Promise<number>
}

const counted = queueStates.filter((state) => state !== 'done' && state !== 'muted')

export function queueIn({ db }: Core, reach: Reach = 'all'): Queue {
  return {
    async list(filter, { offset, limit }) {
      const byNeed = filter.states === 'open'
      const rows = await db
        .select({ thread: threads, senderName: senders.name, department: mailboxes.department })
        .from(threads)
        .innerJoin(senders, eq(senders.id, threads.senderId))
        .innerJoin(mailboxes, eq(mailboxes.id, threads.mailboxId))
        .where(and(...conditions(filter), inReach(reach)))
        .orderBy(
          ...(byNeed ? [asc(threads.rank), asc(threads.waitingSince)] : [desc(threads.lastAt)]),
        )
        .limit(limit)
        .offset(offset)
      return rows.map(itemOf)
    },
    async counts() {
      const rows = await db
        .select({ state: threads.state, n: count() })
        .from(threads)
        .where(and(inArray(threads.state, counted), inReach(reach)))
        .groupBy(threads.state)
      return new Map(rows.map(({ state, n }) => [state, n]))
    },
    async openMeasures() {
      const [row] = await db
        .select({ n: count() })
        .from(measures)
        .where(
          and(
            inArray(measures.state, ['proposed', 'not_announced']),
            ofReach(db, measures.threadId, reach),
          ),
        )
      return row?.n ?? 0
    },
    async openAlerts() {
      const [row] = await db
        .select({ n: count() })
        .from(alerts)
        .where(and(isNull(alerts.acknowledgedAt), ofReach(db, alerts.threadId, reach)))
      return row?.n ?? 0
    },
  }
}

function conditions({ states, mailboxId, senderId, senderIds, ids }: QueueFilter): SQL[] {
  return [
    states === 'open' ? lt(threads.rank, rankOutside) : inArray(threads.state, [...states]),
    ...(mailboxId ? [eq(threads.mailboxId, mailboxId)] : []),
    ...(senderId ? [eq(threads.senderId, senderId)] : []),
    ...(senderIds ? [inArray(threads.senderId, [...senderIds])] : []),
    ...(ids ? [inArray(threads.id, [...ids])] : []),
  ]
}

function itemOf(row: {
  thread: typeof threads.$inferSelect
  senderName: string
  department: { ja: string; en: string }
}): QueueItem {
  const { thread, senderName, department } = row
  const { id, senderId, state, urgent, severity, categories, flags, gist } = thread
  const { messageCount, waitingSince, lastAt } = thread
  return {
    id,
    subject: thread.subjectShielded ? null : thread.subject,
    senderId,
    senderName,
    department,
    state,
    urgent,
    severity,
    categories,
    flags,
    gist,
    unverified: thread.unverified > 0,
    messageCount,
    waitingSince,
    lastAt,
  }
}
