import { may, type Person } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** Periods of which one person said that they may run, and perhaps another one. */
export type RetentionRule = {
  readonly id: string
  readonly proposedBy: string
  readonly proposedAt: Instant
  readonly approvedBy: string | null
  readonly approvedAt: Instant | null
}

/** Lets these periods run: the first person proposes it, another one approves. */
export function letRun(
  rule: RetentionRule | null,
  periods: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!may(who, 'approve_retention')) return refuse('not_allowed')
  const stamp = { at, by: who.id, periods }
  if (rule === null) return step({ ...stamp, kind: 'retention_proposed' })
  if (rule.approvedBy !== null) return refuse('retention_runs')
  if (rule.proposedBy === who.id) return refuse('own_retention')
  return step({ ...stamp, kind: 'retention_approved' })
}
