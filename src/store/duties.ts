import { and, count, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { DutyPeriod } from '../domain/duty-period.ts'
import type { MeasureKind } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { peopleIn, type Stretch, type Trained, within } from './duties.people.ts'
import type { Db } from './engine.ts'
import { isExport } from './schema.events.ts'
import {
  alerts,
  decisions,
  events,
  holds,
  incidentDecisions,
  measures,
  measureTerms,
  messages,
  objections,
  ruleReigns,
} from './tables.ts'

type Decided = {
  readonly outcome: 'ordinary' | 'harassment'
  readonly how: 'agreed' | 'settled'
  readonly n: number
}

/** A warning or suspension that was told, with what led to it. */
export type Announced = {
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
  /** How many were raised in it, how many of them somebody saw to, and when: of the newest. */
  alerts(time: Stretch): Promise<Alerts>
  /** Warnings and suspensions that were told in it. */
  told(time: Stretch): Promise<{ kind: MeasureKind; n: number }[]>
  /** The newest of them, with what led to each. */
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

type Alerts = {
  readonly raised: number
  readonly acknowledged: number
  readonly newest: readonly {
    readonly raisedAt: Instant
    readonly acknowledgedAt: Instant | null
  }[]
}

/** How long something takes is measured on so many at most: a page waits for it. */
export const measuredMost = 1000

export function dutiesIn({ db }: Core): DutyCounts {
  return { ...casesIn(db), ...peopleIn(db), ...besidesIn(db) }
}

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
    alerts: async (time: Stretch) => {
      const raised = within(alerts.raisedAt, time)
      const [row] = await db
        .select({ raised: count(), acknowledged: count(alerts.acknowledgedAt) })
        .from(alerts)
        .where(raised)
      const newest = await db
        .select({ raisedAt: alerts.raisedAt, acknowledgedAt: alerts.acknowledgedAt })
        .from(alerts)
        .where(raised)
        .orderBy(desc(alerts.raisedAt))
        .limit(measuredMost)
      return { raised: row?.raised ?? 0, acknowledged: row?.acknowledged ?? 0, newest }
    },
    told: async (time: Stretch) =>
      db
        .select({ kind: measures.kind, n: count() })
        .from(measures)
        .where(within(measures.announcedAt, time))
        .groupBy(measures.kind),
    announced: (time: Stretch) => announcedIn(db, time),
  }
}

const outcomes = ['ordinary', 'harassment'] as const
const hows = ['agreed', 'settled'] as const

async function announcedIn(db: Db, time: Stretch): Promise<Announced[]> {
  // By the index of a thread's mails, which goes by the time sent: of each thread one row is read.
  const firstMail = db
    .select({ at: messages.receivedAt })
    .from(messages)
    .where(and(eq(messages.threadId, measures.threadId), eq(messages.direction, 'in')))
    .orderBy(messages.sentAt)
    .limit(1)
  const rows = await db
    .select({
      announcedAt: measures.announcedAt,
      decidedAt: decisions.at,
      firstMailAt: sql<string | null>`${firstMail}`.as('first_mail_at'),
      renews: measureTerms.renews,
    })
    .from(measures)
    .innerJoin(decisions, eq(decisions.id, measures.decisionId))
    .leftJoin(measureTerms, eq(measureTerms.measureId, measures.id))
    .where(within(measures.announcedAt, time))
    .orderBy(desc(measures.announcedAt))
    .limit(measuredMost)
  return rows.map(({ announcedAt, renews, ...rest }) => ({
    ...rest,
    announcedAt: announcedAt ?? '',
    renewal: renews !== null,
  }))
}

function besidesIn(db: Db) {
  return {
    inForce: async () => {
      const those = and(eq(measures.kind, 'suspension'), eq(measures.state, 'in_force'))
      const [row] = await db.select({ n: count() }).from(measures).where(those)
      return row?.n ?? 0
    },
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
