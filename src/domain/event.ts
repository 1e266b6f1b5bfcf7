import type { AccountEvent } from './account-event.ts'
import type { ArrangeEvent } from './arrange-event.ts'
import type { AuthenticityEvent } from './authenticity.ts'
import type { Category, Flag, Severity } from './category.ts'
import type { Decision } from './decision.ts'
import type { MeasureEvent } from './event.measure.ts'
import type { Evidence } from './evidence.ts'
import type { LadderEvent } from './ladder-event.ts'
import type { Identity, Nature, ReportKind } from './mail.ts'
import type { Review, Verdict } from './review.ts'
import type { RuleEvent } from './rule-change.ts'
import type { TemplateEvent } from './template-change.ts'
import type { Instant } from './time.ts'

export type LetterKind = 'reply' | MeasureKind | 'lifting' | 'renewal' | 'objection' | 'mute_answer'
export type MeasureKind = 'warning' | 'suspension'

export type AlertReason = 'severity_3' | 'exposure' | 'unreadable' | 'objection' | Flag

/**
 * Everything that can happen, and nothing else changes a state. `at` is when, `by` the person,
 * or null where the product acted by itself. Customers' words are never in an event, only their
 * hash: an erasure can then remove the content and leave the log whole.
 */
export type Event = { readonly at: Instant; readonly by: string | null } & (
  | AccountEvent
  | ThreadEvent
  | ArrangeEvent
  | LetterEvent
  | MeasureEvent
  | LadderEvent
  | SenderEvent
  | RecordEvent
  | AuthenticityEvent
  | RuleEvent
  | TemplateEvent
)

export type ThreadEvent =
  | {
      readonly kind: 'message_received'
      readonly threadId: string
      readonly messageId: string
      readonly senderId: string
      readonly mailboxId: string
      readonly rawSha256: string
      readonly identity: Identity
      readonly nature: Nature
      /** The suspension that mutes this mail, if one is in force. */
      readonly mutedBy: string | null
    }
  | {
      readonly kind: 'own_message_recorded'
      readonly threadId: string
      readonly messageId: string
      readonly senderId: string
      readonly mailboxId: string
      readonly rawSha256: string
    }
  | {
      readonly kind: 'thread_assessed'
      readonly threadId: string
      readonly messageId: string
      readonly ruleSet: string
      readonly severity: Severity
      readonly categories: readonly Category[]
      readonly flags: readonly Flag[]
      readonly muted: boolean
    }
  | {
      /** A newer version of the reader tried a mail that could not be read. */
      readonly kind: 'message_reread'
      readonly threadId: string
      readonly messageId: string
      readonly reader: number
      readonly readable: boolean
      /** Whether reviewers have words before them now that nobody had read. */
      readonly reopens: boolean
    }
  | {
      readonly kind: 'bounce_received'
      readonly threadId: string
      readonly messageId: string
      readonly mailboxId: string
      readonly rawSha256: string
      readonly letterId: string
      readonly status: string
    }
  | {
      /** A machine's word about a letter of ours: nobody answers it, and nobody has to review it. */
      readonly kind: 'report_received'
      readonly threadId: string
      readonly messageId: string
      readonly mailboxId: string
      readonly rawSha256: string
      readonly letterId: string
      readonly report: Exclude<ReportKind, 'failed'>
      readonly mutedBy: string | null
    }
  | { readonly kind: 'review_given'; readonly threadId: string; readonly review: Review }
  | {
      readonly kind: 'dispute_opened'
      readonly threadId: string
      readonly revision: number
      readonly why: 'verdict' | 'severity' | 'unsure'
    }
  | { readonly kind: 'target_named'; readonly threadId: string; readonly personId: string }
  | {
      readonly kind: 'target_cleared'
      readonly threadId: string
      readonly personId: string
      readonly reason: string
    }
  | {
      readonly kind: 'decision_made'
      readonly threadId: string
      readonly decision: Decision
      readonly settlement: Verdict | null
    }

export type LetterEvent =
  | {
      readonly kind: 'reply_saved' | 'reply_submitted'
      readonly letterId: string
      readonly threadId: string
      readonly revision: number
      readonly contentSha256: string
    }
  | {
      readonly kind: 'reply_changed'
      readonly letterId: string
      readonly threadId: string
      readonly contentSha256: string
    }
  | {
      readonly kind: 'reply_approved'
      readonly letterId: string
      readonly threadId: string
      readonly messageId: string
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

export type SenderEvent = {
  readonly kind: 'identity_recorded'
  readonly senderId: string
  readonly proof: string
}

/** What is put on record and changes no thread, letter or measure. */
export type RecordEvent =
  | {
      readonly kind: 'alert_raised'
      readonly alertId: string
      readonly threadId: string
      readonly senderId: string
      readonly messageId: string
      readonly reasons: readonly AlertReason[]
    }
  | { readonly kind: 'alert_acknowledged'; readonly alertId: string; readonly threadId: string }
  | {
      readonly kind: 'passage_revealed'
      readonly exposureId: string
      readonly threadId: string
      readonly messageId: string
      readonly passage: string
      readonly categories: readonly Category[]
      readonly severity: Severity
    }
  | {
      readonly kind: 'mailbox_added' | 'mailbox_changed'
      readonly mailboxId: string
      readonly name: string
      readonly address: string
      /** Null for the account that the environment names. */
      readonly server: { readonly host: string; readonly user: string } | null
    }
  | { readonly kind: 'mailbox_paused' | 'mailbox_resumed'; readonly mailboxId: string }
  | {
      readonly kind: 'mailbox_reset'
      readonly mailboxId: string
      readonly folder: string
      readonly uidValidity: string
    }

export type EventKind = Event['kind']
