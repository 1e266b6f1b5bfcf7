import type { Category, Severity } from './category.ts'
import type { ObjectionWay, ReviewOutcome } from './objection.ts'
import type { Instant } from './time.ts'

type OfMeasure = {
  readonly measureId: string
  readonly senderId: string
  readonly threadId: string
}

/** What happens around a suspension in force, up to its end. */
export type LadderEvent =
  | (OfMeasure & {
      readonly kind: 'objection_received'
      readonly objectionId: string
      readonly way: ObjectionWay
      readonly messageId: string | null
      readonly note: string
    })
  | (OfMeasure & {
      /** Looked at again, for an objection or because its day had come (null). */
      readonly kind: 'suspension_reviewed'
      readonly objectionId: string | null
      readonly outcome: ReviewOutcome
      readonly reason: string
      readonly reviewAt: Instant
      readonly endsAt: Instant
    })
  | (OfMeasure & { readonly kind: 'review_reminded'; readonly reviewAt: Instant })
  | (OfMeasure & { readonly kind: 'suspension_renewed'; readonly renewedBy: string })
  | (OfMeasure & {
      readonly kind: 'mute_answered'
      readonly letterId: string
      readonly messageId: string
    })
  | (OfMeasure & {
      readonly kind: 'digest_made'
      readonly digestId: string
      readonly from: Instant
      readonly to: Instant
      readonly mails: number
      readonly alerts: number
      readonly severity: Severity
      readonly categories: Readonly<Partial<Record<Category, number>>>
    })
  | {
      readonly kind: 'representative_marked' | 'representative_unmarked'
      readonly senderId: string
      readonly addressSha256: string
      readonly reason: string
    }
