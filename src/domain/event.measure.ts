import type { Gate } from './gate.ts'
import type { Terms } from './terms.ts'
import type { Instant } from './time.ts'

export type MeasureKind = 'warning' | 'suspension'

/** What happens to a warning or a suspension on its way from proposal to its end. */
export type MeasureEvent =
  | {
      readonly kind: 'measure_proposed'
      readonly measureId: string
      readonly measureKind: MeasureKind
      readonly threadId: string
      readonly senderId: string
      readonly decisionId: string
      readonly reviewers: readonly [string, string]
      readonly reason: string
      readonly skipWarning: string
      /** What follows is missing in events from before it was asked. */
      readonly skipExplanation?: string
      readonly gate?: Gate
      readonly terms?: Terms
      /** The suspension that it would renew. */
      readonly renews?: string
    }
  | {
      readonly kind: 'measure_confirmed'
      readonly measureId: string
      readonly senderId: string
      readonly threadId: string
      readonly reason: string
      readonly gate?: Gate
      /** Of the automatic answer to muted mail that was confirmed with it. */
      readonly answerSha256?: string
    }
  | {
      readonly kind: 'measure_declined'
      readonly measureId: string
      readonly senderId: string
      readonly threadId: string
      readonly reason: string
    }
  | {
      readonly kind: 'measure_announced'
      readonly measureId: string
      readonly senderId: string
      readonly threadId: string
      readonly reviewAt: Instant
      readonly endsAt: Instant
    }
  | {
      readonly kind: 'measure_not_announced' | 'suspension_expired'
      readonly measureId: string
      readonly senderId: string
      readonly threadId: string
    }
  | {
      readonly kind: 'suspension_lifted'
      readonly measureId: string
      readonly senderId: string
      readonly threadId: string
      readonly reason: string
    }
