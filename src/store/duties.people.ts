import { and, count, eq, gte, inArray, isNull, lt, lte } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { DutyPeriod } from '../domain/duty-period.ts'
import type { Instant } from '../domain/time.ts'
import type { Db } from './engine.ts'
import { careTasks, consultations, drills, trainings } from './tables.ts'

/** From an instant up to another, which is not in it. */
export type Stretch = { readonly start: Instant; readonly end: Instant }

export type Trained = {
  readonly personIds: ReadonlySet<string>
  readonly drills: number
  readonly held: number
}

/** Whether an instant lies in it. */
export const within = (column: SQLiteColumn, { start, end }: Stretch) =>
  and(gte(column, start), lt(column, end))

/** What was done for people, counted: care, the desk, training. */
export function peopleIn(db: Db) {
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
