import type { MeasureKind } from './event.measure.ts'
import type { Evidence } from './evidence.ts'
import type { Instant } from './time.ts'

export type LetterKind = 'reply' | MeasureKind | 'lifting' | 'renewal' | 'objection' | 'mute_answer'

/** What happens to a reply or a notice, from its first words to what became of it. */
export type LetterEvent =
  | {
      /** `reply_saved` is from before what is typed was kept outside of the log. */
      readonly kind: 'reply_saved' | 'reply_submitted'
      readonly letterId: string
      readonly threadId: string
      readonly revision: number
      readonly contentSha256: string
      /** The row that keeps these words; missing from before versions were kept. */
      readonly versionId?: string
    }
  | {
      readonly kind: 'reply_changed'
      readonly letterId: string
      readonly threadId: string
      readonly contentSha256: string
      readonly versionId?: string
    }
  | {
      readonly kind: 'reply_approved'
      readonly letterId: string
      readonly threadId: string
      readonly messageId: string
      /** Of the whole mail that the approver saw; missing from before it was shown. */
      readonly mailSha256?: string
    }
  | {
      readonly kind: 'reply_returned'
      readonly letterId: string
      readonly threadId: string
      readonly remark: string
    }
  | {
      readonly kind: 'notice_written'
      readonly letterId: string
      readonly threadId: string
      readonly measureId: string
      readonly letterKind: Exclude<LetterKind, 'reply'>
      readonly revision: number
      readonly author: string
      /** Null while the notice still waits for a second person (a lifting notice). */
      readonly approver: string | null
      readonly messageId: string | null
      readonly contentSha256: string
    }
  | {
      readonly kind: 'letter_cancelled'
      readonly letterId: string
      readonly threadId: string
      readonly why: 'withdrawn' | 'sender_muted' | 'recipient_not_a_person' | 'not_in_force'
    }
  | {
      readonly kind: 'sending_started'
      readonly letterId: string
      readonly threadId: string
      readonly attempt: number
      /** At the latest until then the answer is awaited; after it nobody knows, and nothing is sent again. */
      readonly leaseUntil: Instant
      /** Of the mail as it leaves, the same at every attempt; missing from before it was kept. */
      readonly bytesSha256?: string
    }
  | {
      /** The next thing that the server is given is the end of the mail (RFC 5321 section 4.1.1.4). */
      readonly kind: 'handover_begun'
      readonly letterId: string
      readonly threadId: string
      readonly attempt: number
    }
  | {
      readonly kind: 'letter_sent'
      readonly letterId: string
      readonly threadId: string
      readonly response: string
    }
  | {
      readonly kind: 'letter_delayed'
      readonly letterId: string
      readonly threadId: string
      readonly reason: string
      readonly nextAttemptAt: Instant
    }
  | {
      readonly kind: 'letter_refused' | 'letter_uncertain'
      readonly letterId: string
      readonly threadId: string
      readonly reason: string
    }
  | {
      readonly kind: 'uncertainty_settled'
      readonly letterId: string
      readonly threadId: string
      readonly as: 'sent' | 'queued' | 'cancelled'
      readonly reason: string
      /** What speaks for it, where the product found it by itself. */
      readonly evidence?: Evidence
    }
