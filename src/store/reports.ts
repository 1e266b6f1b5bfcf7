import { and, count, countDistinct, eq, exists, gte, inArray, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { MeasureKind } from '../domain/event.ts'
import type { Reach } from '../domain/person.ts'
import type { Pair } from '../domain/report.ts'
import type { MeasureState } from '../domain/sender.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import { inReach } from './reach.ts'
import { type SuspensionCount, suspensionsOf } from './reports.measures.ts'
import { pairsOf, type Waited, waitsOf } from './reports.reviews.ts'
import { type RuleFired, rulesOf } from './reports.rules.ts'
import { type CategoryCount, categoriesOf, type ThreadCount, volumeOf } from './reports.volume.ts'
import { exposures, measures, threads } from './tables.ts'

/** Places of a chart by the instants that they begin at, of one mailbox or of all in reach. */
export type Period = { readonly starts: readonly Instant[]; readonly mailboxId: string | null }

/** A period as a statement narrows to it. */
export type Scope = {
  readonly db: Db
  readonly since: Instant
  readonly starts: readonly Instant[]
  /** On `threads`; nothing where all of them count. */
  readonly here: SQL | undefined
  /** The same on rows that name a thread. */
  readonly ofThread: (threadId: SQLiteColumn) => SQL | undefined
}

export { type SuspensionStep, suspensionSteps } from './reports.measures.ts'
export type { RuleFired, Waited }

export type MeasureCount = {
  readonly kind: MeasureKind
  readonly state: MeasureState
  readonly n: number
}

/** What was opened in a mailbox, and by how many people. */
export type TeamExposure = {
  readonly mailboxId: string
  readonly people: number
  readonly opened: number
}

/** Figures over a period; no words, and no person. */
export type Reports = {
  /** Threads by the time of their last mail. */
  volume(period: Period): Promise<ThreadCount[]>
  /** The same for each category that the rules see in them. */
  categories(period: Period): Promise<CategoryCount[]>
  /** How long each review was waited for. */
  waits(period: Period): Promise<Waited[]>
  /** What two people said of the same revision, by the time of the second. */
  pairs(period: Period): Promise<Pair[]>
  rules(period: Period): Promise<RuleFired[]>
  suspensions(period: Period): Promise<SuspensionCount[]>
  /** Measures that were proposed in it, by what has become of them. */
  measures(period: Period): Promise<MeasureCount[]>
  exposures(period: Period): Promise<TeamExposure[]>
}

export function reportsIn({ db }: Core, reach: Reach = 'all'): Reports {
  const scope = ({ starts, mailboxId }: Period): Scope => {
    const mailbox = mailboxId === null ? undefined : eq(threads.mailboxId, mailboxId)
    const here = and(inReach(reach), mailbox)
    const ofThread = (threadId: SQLiteColumn) =>
      here &&
      exists(
        db
          .select({ id: threads.id })
          .from(threads)
          .where(and(eq(threads.id, threadId), here)),
      )
    return { db, since: starts[0] ?? '', starts, here, ofThread }
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

async function exposuresOf({ db, since, here }: Scope): Promise<TeamExposure[]> {
  return db
    .select({
      mailboxId: threads.mailboxId,
      people: countDistinct(exposures.personId),
      opened: count(),
    })
    .from(exposures)
    .innerJoin(threads, eq(threads.id, exposures.threadId))
    .where(and(gte(exposures.at, since), here))
    .groupBy(threads.mailboxId)
}
