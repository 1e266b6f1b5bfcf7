import type { Day } from './business-day.ts'
import type { Pack } from './drill.ts'

/**
 * Training (研修). The log is read by many, so no event says what anybody answered or about which
 * mail: that is in rows, its hash in events, and agreement on few cases is nobody's but one's own.
 */
export type DrillEvent =
  | {
      readonly kind: 'drill_started'
      readonly drillId: string
      /** Whose drill it is; `by` is who started it. */
      readonly personId: string
      readonly pack: Pack
      readonly cases: number
      readonly casesSha256: string
      readonly policyVersion: string
    }
  | {
      readonly kind: 'drill_answered'
      readonly drillId: string
      readonly place: number
      readonly answerSha256: string
    }
  | {
      /** Its mail is gone, or was decided anew. */
      readonly kind: 'drill_case_left_out'
      readonly drillId: string
      readonly place: number
    }
  | {
      /** The record of a pack (研修記録), where at least one case was answered. */
      readonly kind: 'drill_completed'
      readonly drillId: string
      readonly personId: string
      readonly pack: Pack
      readonly cases: number
      readonly agreement: Agreement | null
      readonly policyVersion: string
    }
  | {
      /** Training that was held elsewhere. */
      readonly kind: 'training_recorded'
      readonly trainingId: string
      readonly heldOn: Day
      readonly personIds: readonly string[]
      readonly titleSha256: string
    }
  | { readonly kind: 'training_withdrawn'; readonly trainingId: string }

/** Answers as decided on harassment or not, and on categories and severity as well. */
export type Agreement = { readonly agreed: number; readonly exact: number }
