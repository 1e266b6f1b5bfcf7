import { and, count, eq, exists, gte, inArray, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { MeasureKind } from '../domain/event.ts'
import { covers, type Reach } from '../domain/person.ts'
import type { Pair } from '../domain/report.ts'
import type { MeasureState } from '../domain/sender.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import { exposuresOf, openedWithin, type TeamExposure } from './reports.exposures.ts'
import { type SuspensionCount, suspensionsOf } from './reports.measures.ts'
import type { Past } from './reports.past.ts'
import { pairsOf, pairsWithin, type Waits, waitsOf, waitsWithin } from './reports.reviews.ts'
import { type RuleFired, rulesOf } from './reports.rules.ts'
import { type CategoryCount, categoriesOf, type ThreadCount, volumeOf } from './reports.volume.ts'
import { measures, threads } from './tables.ts'

/** Places of a chart by the instants that they begin at, of one mailbox or of all in reach. */
export type Period = { readonly starts: readonly Instant[]; readonly mailboxId: string | null }

/** From an instant up to another, which is not in it; to no end where it still goes on. */
export type Time = { readonly start: Instant; readonly end: Instant | null }

/** A period as a statement narrows to it. */
export type Scope = {
  readonly db: Db
  readonly since: Instant
  readonly starts: readonly Instant[]
  /** On `threads`; nothing where all of them count. */
  readonly here: SQL | undefined
  /** The same on any column that names a mailbox. */
  readonly hereIn: (mailboxId: SQLiteColumn) => SQL | undefined
  /** The same on rows that name a thread. */
  readonly ofThread: (threadId: SQLiteColumn) => SQL | undefined
  /** The same in memory. */
  readonly isHere: (mailboxId: string) => boolean
  readonly past: Past
}

export { type SuspensionStep, suspensionSteps } from './reports.measures.ts'
export { together } from './reports.reviews.ts'
export type { CategoryCount, RuleFired, ThreadCount, Waits }

export type MeasureCount = {
  readonly kind: MeasureKind
  readonly state: MeasureState
  readonly n: number
}

/** Figures over a period; no words, and no person. */
export type Reports = {
  /** Threads by the time of their last mail. */
  volume(period: Period): Promise<ThreadCount[]>
  /** The same for each category that the rules see in them. */
  categories(period: Period): Promise<CategoryCount[]>
  /** How long reviews were waited for, at each place of the period. */
  waits(period: Period): Promise<Waits[]>
  /** What two people said of the same revision, by the time of the second. */
  pairs(period: Period): Promise<Pair[]>
  rules(period: Period): Promise<RuleFired[]>
  suspensions(period: Period): Promise<SuspensionCount[]>
  /** Measures that were proposed in it, by what has become of them. */
  measures(period: Period): Promise<MeasureCount[]>
  exposures(period: Period): Promise<TeamExposure[]>
  /** Counts what was reviewed and opened in a time that is over, before anybody asks for it. */
  remember(time: Time & { readonly end: Instant }): Promise<void>
}

export function reportsIn({ db }: Core, past: Past, reach: Reach = 'all'): Reports {
  const scope = ({ starts, mailboxId }: Period): Scope => {
    const hereIn = (column: SQLiteColumn) =>
      and(
        reach === 'all' ? undefined : inArray(column, [...reach]),
        mailboxId === null ? undefined : eq(column, mailboxId),
      )
    const here = hereIn(threads.mailboxId)
    const ofThread = (threadId: SQLiteColumn) =>
      here &&
      exists(
        db
          .select({ id: threads.id })
          .from(threads)
          .where(and(eq(threads.id, threadId), here)),
      )
    const isHere = (id: string) => covers(reach, id) && (mailboxId === null || mailboxId === id)
    return { db, since: starts[0] ?? '', starts, here, hereIn, ofThread, isHere, past }
  }
  return {
    volume: (period) => volumeOf(scope(period)),
    categories: (period) => categoriesOf(scope(period)),
    waits: (period) => waitsOf(scope(period)),
    pairs: (period) => pairsOf(scope(period)),
    rules: (period) => rulesOf(scope(period)),
    suspensions: (period) => suspensionsOf(scope(period)),
    measures: (period) => measuresOf(scope(period)),
    exposures: (period) => exposuresOf(scope(period)),
    remember: (time) => rememberTime(db, past, time),
  }
}

async function measuresOf({ db, since, here }: Scope): Promise<MeasureCount[]> {
  const within = db.select({ id: threads.id }).from(threads).where(here)
  return db
    .select({ kind: measures.kind, state: measures.state, n: count() })
    .from(measures)
    .where(and(gte(measures.proposedAt, since), here && inArray(measures.threadId, within)))
    .groupBy(measures.kind, measures.state)
    .orderBy(measures.kind, measures.state)
}

/** Counts everything that is kept of a time. */
async function rememberTime(db: Db, past: Past, time: Time): Promise<void> {
  await waitsWithin(db, past, time)
  await pairsWithin(db, past, time)
  await openedWithin(db, past, time)
}
