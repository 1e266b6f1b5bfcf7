import { and, count, eq, gte, inArray, lte, max, ne, type SQL, sql } from 'drizzle-orm'
import type { Category } from '../domain/category.ts'
import type { MeasureKind } from '../domain/event.ts'
import type { Reach } from '../domain/person.ts'
import type { Verdict } from '../domain/review.ts'
import type { MeasureState } from '../domain/sender.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import { inReach } from './reach.ts'
import { measures, messages, reviews, threads } from './tables.ts'

/** Threads with mail since then, of one mailbox or of all in reach. */
export type Period = { readonly since: Instant; readonly mailboxId: string | null }

export type Volume = {
  readonly mailboxId: string
  readonly threads: number
  /** How many of them the rules see each category in. */
  readonly categories: ReadonlyMap<Category, number>
}

/** One review, with how long the customer's mail had waited for it, in seconds. */
export type ReviewTold = {
  readonly threadId: string
  readonly revision: number
  readonly place: 1 | 2
  readonly verdict: Verdict
  readonly waitedSeconds: number
}

export type MeasureCount = {
  readonly kind: MeasureKind
  readonly state: MeasureState
  readonly n: number
}

/** Figures over a period; no words, and no person. */
export type Reports = {
  volume(period: Period): Promise<Volume[]>
  reviews(period: Period): Promise<ReviewTold[]>
  /** Measures that were proposed in it, by what has become of them. */
  measures(period: Period): Promise<MeasureCount[]>
}

export function reportsIn({ db }: Core, reach: Reach = 'all'): Reports {
  const here = ({ mailboxId }: Period): SQL | undefined =>
    and(inReach(reach), mailboxId === null ? undefined : eq(threads.mailboxId, mailboxId))
  return {
    volume: (period) => volumeOf(db, period.since, here(period)),
    reviews: (period) => reviewsOf(db, period.since, here(period)),
    async measures(period) {
      const within = db.select({ id: threads.id }).from(threads).where(here(period))
      return db
        .select({ kind: measures.kind, state: measures.state, n: count() })
        .from(measures)
        .where(and(gte(measures.proposedAt, period.since), inArray(measures.threadId, within)))
        .groupBy(measures.kind, measures.state)
    },
  }
}

async function volumeOf(db: Db, since: Instant, here: SQL | undefined): Promise<Volume[]> {
  const inPeriod = and(gte(threads.lastAt, since), ne(threads.state, 'joined'), here)
  const all = await db
    .select({ mailboxId: threads.mailboxId, n: count() })
    .from(threads)
    .where(inPeriod)
    .groupBy(threads.mailboxId)
  const seen = await db
    .select({ mailboxId: threads.mailboxId, categories: threads.categories })
    .from(threads)
    .where(and(inPeriod, sql`cast(${threads.categories} as text) <> '[]'`))
  const byMailbox = Map.groupBy(seen, ({ mailboxId }) => mailboxId)
  return all.map(({ mailboxId, n }) => {
    const codes = (byMailbox.get(mailboxId) ?? []).flatMap(({ categories }) => categories)
    const counts = [...Map.groupBy(codes, (code) => code)].map(
      ([code, found]) => [code, found.length] as const,
    )
    return { mailboxId, threads: n, categories: new Map(counts) }
  })
}

async function reviewsOf(db: Db, since: Instant, here: SQL | undefined): Promise<ReviewTold[]> {
  const { threadId, revision, place, verdict, at } = reviews
  const came = and(
    eq(messages.threadId, threadId),
    eq(messages.direction, 'in'),
    lte(messages.receivedAt, at),
  )
  const rows = await db
    .select({ threadId, revision, place, verdict, at, arrivedAt: max(messages.receivedAt) })
    .from(reviews)
    .innerJoin(threads, eq(threads.id, threadId))
    .innerJoin(messages, came)
    .where(and(gte(at, since), here))
    .groupBy(reviews.id)
  return rows.map(({ arrivedAt, ...told }) => ({
    threadId: told.threadId,
    revision: told.revision,
    place: told.place,
    verdict: told.verdict,
    waitedSeconds: arrivedAt === null ? 0 : (Date.parse(told.at) - Date.parse(arrivedAt)) / 1000,
  }))
}
