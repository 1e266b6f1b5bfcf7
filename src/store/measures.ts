import { and, asc, desc, eq, gt, inArray, isNull, lte, type SQL } from 'drizzle-orm'
import type { Reach } from '../domain/person.ts'
import type { Measure, MeasureState } from '../domain/sender.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { besideOf, type MeasureBeside } from './measure-terms.ts'
import { ofReach } from './reach.ts'
import { measureOf } from './rows.ts'
import { measures, objections, senders } from './tables.ts'

export type MeasureRecord = Measure & {
  readonly senderId: string
  readonly senderName: string
  readonly proposedAt: Instant
}

export type Measures = {
  list(states: readonly MeasureState[], limit: number): Promise<MeasureRecord[]>
  find(id: string): Promise<MeasureRecord | null>
  /** Suspensions in force whose end has come. */
  ended(at: Instant): Promise<MeasureRecord[]>
  /** Suspensions in force at an instant, the next to be reviewed first. */
  inForce(at: Instant, limit: number): Promise<MeasureRecord[]>
  /** Those of them that are to be reviewed by another instant. */
  due(at: Instant, by: Instant, limit: number): Promise<MeasureRecord[]>
  /** Suspensions whose objection waits for somebody. */
  objectedTo(limit: number): Promise<MeasureRecord[]>
}

type Row = { readonly measure: typeof measures.$inferSelect; readonly senderName: string }

export function measuresIn({ db }: Core, reach: Reach = 'all'): Measures {
  const seen = ofReach(db, measures.threadId, reach)
  const suspensions = and(eq(measures.kind, 'suspension'), eq(measures.state, 'in_force'))
  const all = () =>
    db
      .select({ measure: measures, senderName: senders.name })
      .from(measures)
      .innerJoin(senders, eq(senders.id, measures.senderId))
  async function records(rows: readonly Row[]): Promise<MeasureRecord[]> {
    const beside = await besideOf(
      db,
      rows.map(({ measure }) => measure.id),
    )
    return rows.map((row) => recordOf(row, beside(row.measure.id)))
  }
  async function soonest(limit: number, ...which: SQL[]): Promise<MeasureRecord[]> {
    const rows = all().where(and(suspensions, seen, ...which))
    return records(await rows.orderBy(asc(measures.reviewAt)).limit(limit))
  }
  return {
    async list(states, limit) {
      const rows = all().where(and(inArray(measures.state, [...states]), seen))
      return records(await rows.orderBy(desc(measures.id)).limit(limit))
    },
    async find(id) {
      const [row] = await records(await all().where(and(eq(measures.id, id), seen)))
      return row ?? null
    },
    async ended(at) {
      return records(await all().where(and(suspensions, lte(measures.endsAt, at), seen)))
    },
    inForce: (at, limit) => soonest(limit, gt(measures.endsAt, at)),
    due: (at, by, limit) => soonest(limit, gt(measures.endsAt, at), lte(measures.reviewAt, by)),
    async objectedTo(limit) {
      const open = db.select({ id: objections.measureId }).from(objections)
      return soonest(limit, inArray(measures.id, open.where(isOpen)))
    },
  }
}

const isOpen = isNull(objections.outcome)

function recordOf({ measure, senderName }: Row, beside: MeasureBeside): MeasureRecord {
  const { senderId, proposedAt } = measure
  return { ...measureOf(measure, beside), senderId, senderName, proposedAt }
}
