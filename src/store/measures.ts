import { and, desc, eq, inArray, lte } from 'drizzle-orm'
import type { Reach } from '../domain/person.ts'
import type { Measure, MeasureState } from '../domain/sender.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { ofReach } from './reach.ts'
import { measureOf } from './rows.ts'
import { measures, senders } from './tables.ts'

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
}

export function measuresIn({ db }: Core, reach: Reach = 'all'): Measures {
  const seen = ofReach(db, measures.threadId, reach)
  const all = () =>
    db
      .select({ measure: measures, senderName: senders.name })
      .from(measures)
      .innerJoin(senders, eq(senders.id, measures.senderId))
  return {
    async list(states, limit) {
      const rows = await all()
        .where(and(inArray(measures.state, [...states]), seen))
        .orderBy(desc(measures.id))
        .limit(limit)
      return rows.map(recordOf)
    },
    async find(id) {
      const [row] = await all().where(and(eq(measures.id, id), seen))
      return row ? recordOf(row) : null
    },
    async ended(at) {
      const rows = await all().where(
        and(
          eq(measures.kind, 'suspension'),
          eq(measures.state, 'in_force'),
          lte(measures.endsAt, at),
          seen,
        ),
      )
      return rows.map(recordOf)
    },
  }
}

function recordOf({
  measure,
  senderName,
}: {
  measure: typeof measures.$inferSelect
  senderName: string
}): MeasureRecord {
  const { senderId, proposedAt } = measure
  return { ...measureOf(measure), senderId, senderName, proposedAt }
}
