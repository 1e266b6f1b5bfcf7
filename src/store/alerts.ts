import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Category, Severity } from '../domain/category.ts'
import type { AlertReason } from '../domain/event.ts'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { ofReach } from './reach.ts'
import { alerts, assessments, senders } from './tables.ts'

/** Something in muted mail that must be read all the same: neutral, without a word of it. */
export type Alert = {
  readonly id: string
  readonly threadId: string
  readonly senderId: string
  readonly senderName: string
  readonly messageId: string
  readonly reasons: readonly AlertReason[]
  readonly severity: Severity
  readonly categories: readonly Category[]
  readonly raisedAt: Instant
  readonly acknowledgedBy: string | null
  readonly acknowledgedAt: Instant | null
}

export type Alerts = {
  list(which: 'open' | 'all', limit: number): Promise<Alert[]>
  find(id: string): Promise<Alert | null>
  /** Those about a sender's mail that nobody has seen yet. */
  openOf(senderId: string): Promise<Alert[]>
}

export function alertsIn({ db }: Core, reach: Reach = 'all'): Alerts {
  const seen = ofReach(db, alerts.threadId, reach)
  const all = () =>
    db
      .select({ alert: alerts, senderName: senders.name, result: assessments.result })
      .from(alerts)
      .innerJoin(senders, eq(senders.id, alerts.senderId))
      .innerJoin(assessments, eq(assessments.messageId, alerts.messageId))
  return {
    async list(which, limit) {
      const rows = await all()
        .where(and(which === 'open' ? isNull(alerts.acknowledgedAt) : undefined, seen))
        .orderBy(desc(alerts.raisedAt))
        .limit(limit)
      return rows.map(alertOf)
    },
    async openOf(senderId) {
      const open = and(eq(alerts.senderId, senderId), isNull(alerts.acknowledgedAt), seen)
      return (await all().where(open)).map(alertOf)
    },
    async find(id) {
      const [row] = await all().where(and(eq(alerts.id, id), seen))
      return row ? alertOf(row) : null
    },
  }
}

function alertOf({
  alert,
  senderName,
  result,
}: {
  alert: typeof alerts.$inferSelect
  senderName: string
  result: (typeof assessments.$inferSelect)['result']
}): Alert {
  const categories = result.categories.map(({ code }) => code)
  return { ...alert, senderName, severity: result.severity, categories }
}
