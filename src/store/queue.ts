import { and, count, eq, gt, inArray, lt } from 'drizzle-orm'
import type { GistPart } from '../domain/assessment.ts'
import type { Category, Flag, Severity } from '../domain/category.ts'
import type { Snooze } from '../domain/desk.ts'
import { type QueueState, queueStates, rankOutside } from '../domain/matter.ts'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { conditions, orderOf, type QueueFilter } from './queue.filter.ts'
import { alsoInReach, inReach } from './reach.ts'
import { mailboxes, people, reviews, senders, threads } from './tables.ts'

export type { QueueFilter } from './queue.filter.ts'

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
  readonly revision: number
  /** Who works on it; null for nobody. */
  readonly assignee: string | null
  readonly assigneeName: string | null
  /** Also where its time has come meanwhile. */
  readonly snoozed: Snooze | null
}

export type Page = { readonly offset: number; readonly limit: number }

export type Queue = {
  list(filter: QueueFilter, page: Page): Promise<QueueItem[]>
  /**
   * Threads by state that are not put off, and how many are; what is done or muted grows for ever,
   * and nobody asks how much it is.
   */
  counts(at: Instant): Promise<ReadonlyMap<QueueState | 'snoozed', number>>
  /** How many threads the filter holds; a larger number than the limit is never given. */
  countUpTo(filter: QueueFilter, limit: number): Promise<number>
  /** Who gave the one open review of these threads, where there is one: never what it says. */
  firstReviewers(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
}

const counted = queueStates.filter((state) => state !== 'done' && state !== 'muted')

export function queueIn(core: Core, reach: Reach = 'all'): Queue {
  const { db } = core
  return {
    counts: (at) => countsAt(core, reach, at),
    async list(filter, { offset, limit }) {
      const rows = await db
        .select({
          thread: threads,
          senderName: senders.name,
          department: mailboxes.department,
          assigneeName: people.name,
        })
        .from(threads)
        .innerJoin(senders, eq(senders.id, threads.senderId))
        .innerJoin(mailboxes, eq(mailboxes.id, threads.mailboxId))
        .leftJoin(people, eq(people.id, threads.assignee))
        .where(and(...conditions(filter), inReach(reach)))
        .orderBy(...orderOf(filter))
        .limit(limit)
        .offset(offset)
      return rows.map(itemOf)
    },
    async countUpTo(filter, limit) {
      const found = db
        .select({ id: threads.id })
        .from(threads)
        .where(and(...conditions(filter), inReach(reach)))
        .limit(limit)
        .as('found')
      const [row] = await db.select({ n: count() }).from(found)
      return row?.n ?? 0
    },
    async firstReviewers(ids) {
      const rows = await db
        .select({ id: threads.id, reviewer: reviews.reviewer })
        .from(threads)
        .innerJoin(
          reviews,
          and(eq(reviews.threadId, threads.id), eq(reviews.revision, threads.revision)),
        )
        .where(and(inArray(threads.id, [...ids]), eq(reviews.place, 1), alsoInReach(reach)))
      return new Map(rows.map(({ id, reviewer }) => [id, reviewer]))
    },
  }
}

async function countsAt(
  { db }: Core,
  reach: Reach,
  at: Instant,
): Promise<ReadonlyMap<QueueState | 'snoozed', number>> {
  const all = await db
    .select({ state: threads.state, n: count() })
    .from(threads)
    .where(and(inArray(threads.state, counted), inReach(reach)))
    .groupBy(threads.state)
  // Few, and by an index of their own, which SQLite leaves aside where it must group by state.
  const off = await db
    .select({ state: threads.state })
    .from(threads)
    .where(and(gt(threads.snoozedUntil, at), lt(threads.rank, rankOutside), alsoInReach(reach)))
  const offBy = Map.groupBy(off, ({ state }) => state)
  return new Map<QueueState | 'snoozed', number>([
    ...all.map(({ state, n }) => [state, n - (offBy.get(state)?.length ?? 0)] as const),
    ['snoozed', off.length],
  ])
}

/** What waits for supervisors outside of the queue. */
function itemOf(row: {
  thread: typeof threads.$inferSelect
  senderName: string
  department: { ja: string; en: string }
  assigneeName: string | null
}): QueueItem {
  const { thread, senderName, department, assigneeName } = row
  const { id, senderId, state, urgent, severity, categories, flags, gist } = thread
  const { messageCount, waitingSince, lastAt, revision, snoozedUntil, snoozedBy, assignee } = thread
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
    revision,
    assignee: assignee === '' ? null : assignee,
    assigneeName,
    snoozed: snoozedUntil === null ? null : { until: snoozedUntil, by: snoozedBy ?? '' },
  }
}
