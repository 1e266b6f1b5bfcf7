import type { Instant } from './time.ts'

/** How somebody came to be the one who works on a thread (担当). */
export type AssignedHow = 'taken' | 'handed' | 'load'

/** What happens around the work on threads: who does it, when, and what colleagues tell each other. */
export type DeskEvent =
  | {
      readonly kind: 'thread_assigned'
      readonly threadId: string
      readonly to: string
      readonly how: AssignedHow
      /** What the one who hands it over says; may be empty. */
      readonly remark: string
    }
  | { readonly kind: 'thread_released'; readonly threadId: string }
  | { readonly kind: 'thread_snoozed'; readonly threadId: string; readonly until: Instant }
  | { readonly kind: 'thread_woken'; readonly threadId: string }
  | {
      readonly kind: 'review_withdrawn'
      readonly threadId: string
      readonly reviewId: string
      readonly revision: number
    }
  | {
      /** An internal note (メモ): its words are kept beside the log. */
      readonly kind: 'note_written'
      readonly threadId: string
      readonly noteId: string
      readonly bodySha256: string
      /** People whom it calls. */
      readonly mentions: readonly string[]
    }
  | { readonly kind: 'note_withdrawn'; readonly threadId: string; readonly noteId: string }
  | {
      /** Whether new threads of a mailbox are given to people by their load. */
      readonly kind: 'assignment_set'
      readonly mailboxId: string
      readonly automatic: boolean
    }
  | {
      /** Said by the person themselves: nothing new is given to who is absent (不在). */
      readonly kind: 'absence_set'
      readonly personId: string
      readonly absent: boolean
    }
