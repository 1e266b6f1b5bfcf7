import {
  and,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  min,
  sql,
} from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { DutyPeriod } from '../domain/duty-period.ts'
import type { MeasureKind } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import { isExport } from './schema.events.ts'
import {
  alerts,
  careTasks,
  consultations,
  decisions,
  drills,
  events,
  holds,
  incidentDecisions,
  measures,
  measureTerms,
  messages,
  objections,
  ruleReigns,
  trainings,
} from './tables.ts'

/** From an instant up to another, which is not in it. */
export type Stretch = { readonly start: Instant; readonly end: Instant }

type Decided = {
  readonly outcome: 'ordinary' | 'harassment'
  readonly how: 'agreed' | 'settled'
  readonly n: number
}

/** A warning or suspension that was told, with what led to it. */
export type Announced = {
  readonly kind: MeasureKind
  readonly announcedAt: Instant
  readonly decidedAt: Instant
  /** Of the thread's first mail that is kept. */
  readonly firstMailAt: Instant | null
  /** It goes on from another one, and protected nobody who was not protected already. */
  readonly renewal: boolean
}

/** What the record shows of the employer's duties, counted over a time; ids and names of nobody. */
export type DutyCounts = {
  decided(time: Stretch): Promise<Decided[]>
  incidents(time: Stretch): Promise<Decided[]>
  /** When alerts were raised in it, and when somebody saw to them. */
  alerts(time: Stretch): Promise<{ raisedAt: Instant; acknowledgedAt: Instant | null }[]>
  announced(time: Stretch): Promise<Announced[]>
  /** Suspensions in force at this moment. */
  inForce(): Promise<number>
  /** Tasks offered in it, by what became of them. */
  care(time: Stretch): Promise<{ state: 'open' | 'done' | 'declined'; n: number }[]>
  /** Tasks that were due before a day and not ended at an instant. */
  overdue(before: string, at: Instant): Promise<number>
  reports(time: Stretch): Promise<{ receivedAt: Instant; firstAnsweredAt: Instant | null }[]>
  /** Who completed a drill or took part in training, and how often there was either. */
  trained(time: Stretch, days: DutyPeriod): Promise<Trained>
  ruleChanges(time: Stretch): Promise<number>
  holds(time: Stretch): Promise<number>
  exports(time: Stretch): Promise<Instant[]>
  objections(time: Stretch): Promise<{ received: number; decided: number }>
}

type Trained = {
  readonly personIds: ReadonlySet<string>
  readonly drills: number
  readonly held: number
}

export function dutiesIn({ db }: Core): DutyCounts {
  return { ...casesIn(db), ...peopleIn(db), ...besidesIn(db) }
}

const within = (column: SQLiteColumn, { start, end }: Stretch) =>
  and(gte(column, start), lt(column, end))

function casesIn(db: Db) {
  return {
    decided: async (time: Stretch) => {
      const each = outcomes.flatMap((outcome) => hows.map((how) => ({ outcome, how })))
      // Four lengths of an index: grouping would go through all of it.
      return Promise.all(
        each.map(async ({ outcome, how }) => {
          const those = and(eq(decisions.outcome, outcome), eq(decisions.how, how))
          const rows = db.select({ n: count() }).from(decisions)
          const [row] = await rows.where(and(those, within(decisions.at, time)))
          return { outcome, how, n: row?.n ?? 0 }
        }),
      )
    },
    incidents: async (time: Stretch) =>
      db
        .select({ outcome: incidentDecisions.outcome, how: incidentDecisions.how, n: count() })
        .from(incidentDecisions)
        .where(within(incidentDecisions.at, time))
        .groupBy(incidentDecisions.outcome, incidentDecisions.how),
    alerts: async (time: Stretch) =>
      db
        .select({ raisedAt: alerts.raisedAt, acknowledgedAt: alerts.acknowledgedAt })
        .from(alerts)
        .where(within(alerts.raisedAt, time)),
    announced: (time: Stretch) => announcedIn(db, time),
    inForce: async () => {
      const those = and(eq(measures.kind, 'suspension'), eq(measures.state, 'in_force'))
      const [row] = await db.select({ n: count() }).from(measures).where(those)
      return row?.n ?? 0
    },
  }
}

const outcomes = ['ordinary', 'harassment'] as const
const hows = ['agreed', 'settled'] as const

async function announcedIn(db: Db, time: Stretch): Promise<Announced[]> {
  const firstMail = db
    .select({ at: min(messages.receivedAt) })
    .from(messages)
    .where(and(eq(messages.threadId, measures.threadId), eq(messages.direction, 'in')))
  const rows = await db
    .select({
      kind: measures.kind,
      announcedAt: measures.announcedAt,
      decidedAt: decisions.at,
      firstMailAt: sql<string | null>`${firstMail}`.as('first_mail_at'),
      renews: measureTerms.renews,
    })
    .from(measures)
    .innerJoin(decisions, eq(decisions.id, measures.decisionId))
    .leftJoin(measureTerms, eq(measureTerms.measureId, measures.id))
    .where(within(measures.announcedAt, time))
  return rows.map(({ announcedAt, renews, ...rest }) => ({
    ...rest,
    announcedAt: announcedAt ?? '',
    renewal: renews !== null,
  }))
}

function peopleIn(db: Db) {
  return {
    care: async (time: Stretch) =>
      db
        .select({ state: careTasks.state, n: count() })
        .from(careTasks)
        .where(within(careTasks.madeAt, time))
        .groupBy(careTasks.state),
    overdue: async (before: string, at: Instant) => {
      const past = lt(careTasks.dueOn, before)
      const all = db.select({ n: count() }).from(careTasks)
      const [open] = await all.where(and(past, isNull(careTasks.endedAt), lt(careTasks.madeAt, at)))
      const later = db.select({ n: count() }).from(careTasks)
      const [ended] = await later.where(and(past, gte(careTasks.endedAt, at)))
      return (open?.n ?? 0) + (ended?.n ?? 0)
    },
    reports: async (time: Stretch) =>
      db
        .select({
          receivedAt: consultations.receivedAt,
          firstAnsweredAt: consultations.firstAnsweredAt,
        })
        .from(consultations)
        .where(
          and(
            inArray(consultations.state, ['open', 'closed']),
            within(consultations.receivedAt, time),
          ),
        ),
    trained: (time: Stretch, days: DutyPeriod) => trainedIn(db, time, days),
  }
}

async function trainedIn(db: Db, time: Stretch, { from, to }: DutyPeriod): Promise<Trained> {
  const completed = await db
    .select({ personId: drills.personId, n: count() })
    .from(drills)
    .where(and(eq(drills.state, 'done'), gte(drills.answered, 1), within(drills.endedAt, time)))
    .groupBy(drills.personId)
  const inDays = and(gte(trainings.heldOn, from), lte(trainings.heldOn, to))
  const held = await db
    .select({ personIds: trainings.personIds })
    .from(trainings)
    .where(and(isNull(trainings.withdrawnAt), inDays))
  const personIds = new Set([
    ...completed.map(({ personId }) => personId),
    ...held.flatMap((one) => one.personIds),
  ])
  return { personIds, drills: completed.reduce((sum, { n }) => sum + n, 0), held: held.length }
}

function besidesIn(db: Db) {
  return {
    ruleChanges: async (time: Stretch) => {
      const changed = and(isNotNull(ruleReigns.proposalId), within(ruleReigns.at, time))
      const [row] = await db.select({ n: count() }).from(ruleReigns).where(changed)
      return row?.n ?? 0
    },
    holds: async (time: Stretch) => {
      const rows = db.select({ n: count() }).from(holds)
      const [row] = await rows.where(within(holds.placedAt, time))
      return row?.n ?? 0
    },
    exports: async (time: Stretch) => {
      const rows = await db
        .select({ at: events.at })
        .from(events)
        .where(and(isExport, within(events.at, time)))
        .orderBy(desc(events.at))
      return rows.map(({ at }) => at)
    },
    objections: async (time: Stretch) => {
      const rows = await db
        .select({ outcome: objections.outcome })
        .from(objections)
        .where(within(objections.receivedAt, time))
      const decided = rows.filter(({ outcome }) => outcome !== null).length
      return { received: rows.length, decided }
    },
  }
}
