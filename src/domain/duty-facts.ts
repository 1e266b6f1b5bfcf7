import type { Instant } from './time.ts'

type ByHow = { readonly agreed: number; readonly settled: number }

/** Everything that the states rest on, counted over a period unless it says otherwise. */
export type DutyFacts = {
  readonly policy: {
    readonly version: string
    readonly since: Instant | null
    readonly hasProse: boolean
    /** Of now: who works here, and who of them has confirmed the version in force. */
    readonly staff: number
    readonly confirmed: number
    readonly given: number
    /** Where customers can read it, as far as the settings say; null where only inside. */
    readonly address: string | null
  }
  readonly desk: {
    readonly carers: number
    /** Over whole months; null where the period holds none. */
    readonly over: { readonly from: string; readonly to: string } | null
    readonly reports: number
    readonly answered: number
    readonly medianDays: number | null
  }
  readonly decisions: {
    readonly harassment: ByHow
    readonly ordinary: ByHow
    readonly incidents: ByHow
    /** Threads and incidents that were found to be harassment. */
    readonly found: number
  }
  readonly alerts: Alerts
  readonly measures: {
    readonly warnings: number
    readonly suspensions: number
    readonly inForce: number
    /** Days from the thread's first mail to the decision, and from there to its notice in force. */
    readonly toDecision: number | null
    readonly toForce: number | null
  }
  readonly care: {
    readonly offered: number
    readonly done: number
    readonly declined: number
    readonly overdue: number
  }
  readonly training: { readonly people: number; readonly drills: number; readonly held: number }
  readonly ruleChanges: number
  readonly holds: number
  readonly exports: { readonly n: number; readonly last: Instant | null }
  readonly objections: { readonly received: number; readonly decided: number }
  readonly sealed: boolean
  readonly retentionRuns: boolean
}

type Alerts = {
  readonly raised: number
  readonly acknowledged: number
  readonly medianHours: number | null
}

/** A figure as it is shown; null where there is nothing to show. */
export type Figure =
  | { readonly is: 'count'; readonly n: number }
  /** People who are no secret, and people in need, who are. */
  | { readonly is: 'staff' | 'people'; readonly n: number }
  | { readonly is: 'share'; readonly n: number; readonly of: number }
  | { readonly is: 'days' | 'hours'; readonly n: number | null }
  | { readonly is: 'day'; readonly at: Instant | null }
  | { readonly is: 'span'; readonly over: DutyFacts['desk']['over'] }
  | { readonly is: 'yes'; readonly yes: boolean }
  /** So few that it would tell who they are. */
  | { readonly is: 'withheld' }
  | { readonly is: 'words'; readonly words: string | null }

export const figureKeys = [
  'version',
  'since',
  'confirmed',
  'given',
  'address',
  'prose',
  'carers',
  'over',
  'reports',
  'answered',
  'median_answer',
  'decisions',
  'agreed',
  'settled',
  'found',
  'alerts',
  'acknowledged',
  'median_alert',
  'warnings',
  'suspensions',
  'in_force',
  'to_decision',
  'to_force',
  'offered',
  'done',
  'declined',
  'overdue',
  'trained',
  'drills',
  'held',
  'rule_changes',
  'holds',
  'exports',
  'last_export',
  'sealed',
  'retention',
  'ordinary',
  'objections',
  'objections_decided',
] as const
export type FigureKey = (typeof figureKeys)[number]
