import type { AccountEvent } from './account-event.ts'
import type { ArrangeEvent } from './arrange-event.ts'
import type { AuthenticityEvent } from './authenticity.ts'
import type { CareEvent } from './care-event.ts'
import type { CaseEvent } from './case-event.ts'
import type { Category, Flag, Severity } from './category.ts'
import type { ConsultationEvent } from './consultation-event.ts'
import type { Decision } from './decision.ts'
import type { DeskEvent } from './desk-event.ts'
import type { DisclosureEvent } from './disclosure-event.ts'
import type { DrillEvent } from './drill-event.ts'
import type { LetterEvent } from './event.letter.ts'
import type { MeasureEvent } from './event.measure.ts'
import type { LadderEvent } from './ladder-event.ts'
import type { Identity, Nature, ReportKind } from './mail.ts'
import type { PolicyEvent } from './policy-event.ts'
import type { RetentionEvent } from './retention-event.ts'
import type { Review, Verdict } from './review.ts'
import type { RuleEvent } from './rule-change.ts'
import type { SenderRecordEvent } from './sender-event.ts'
import type { TemplateEvent } from './template-change.ts'
import type { Instant } from './time.ts'
import type { TokenEvent } from './token-event.ts'
import type { WebhookEvent } from './webhook-event.ts'
import type { WordingEvent } from './wording.ts'

export type { LetterKind } from './event.letter.ts'
export type { MeasureKind } from './event.measure.ts'

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
  | DeskEvent
  | LetterEvent
  | MeasureEvent
  | LadderEvent
  | SenderEvent
  | SenderRecordEvent
  | RecordEvent
  | AuthenticityEvent
  | RuleEvent
  | TemplateEvent
  | WebhookEvent
  | TokenEvent
  | WordingEvent
  | CareEvent
  | CaseEvent
  | ConsultationEvent
  | DisclosureEvent
  | DrillEvent
  | RetentionEvent
  | PolicyEvent
)

/** A mail as it was stored, in hashes. */
type Stored = {
  readonly rawSha256: string
  /** Of all that was read from its bytes; missing from before it was kept. */
  readonly viewSha256?: string
}

export type ThreadEvent =
  | (Stored & {
      readonly kind: 'message_received'
      readonly threadId: string
      readonly messageId: string
      readonly senderId: string
      readonly mailboxId: string
      readonly identity: Identity
      readonly nature: Nature
      /** The suspension that mutes this mail, if one is in force. */
      readonly mutedBy: string | null
    })
  | (Stored & {
      readonly kind: 'own_message_recorded'
      readonly threadId: string
      readonly messageId: string
      readonly senderId: string
      readonly mailboxId: string
    })
  | {
      readonly kind: 'thread_assessed'
      readonly threadId: string
      readonly messageId: string
      readonly ruleSet: string
      readonly severity: Severity
      readonly categories: readonly Category[]
      readonly flags: readonly Flag[]
      readonly muted: boolean
      /** Of all that the rules said, with their evidence; missing from before it was kept. */
      readonly resultSha256?: string
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
      /** Of all that is read from its bytes now. */
      readonly viewSha256?: string
    }
  | (Stored & {
      readonly kind: 'bounce_received'
      readonly threadId: string
      readonly messageId: string
      readonly mailboxId: string
      readonly letterId: string
      readonly status: string
    })
  | (Stored & {
      /** A machine's word about a letter of ours: nobody answers it, and nobody has to review it. */
      readonly kind: 'report_received'
      readonly threadId: string
      readonly messageId: string
      readonly mailboxId: string
      readonly letterId: string
      readonly report: Exclude<ReportKind, 'failed'>
      readonly mutedBy: string | null
    })
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
  | {
      /** How far the log went, signed; the list is that of all hashes up to there. */
      readonly kind: 'checkpoint_signed'
      readonly checkpointId: string
      readonly upTo: number
      readonly listSha256: string
      /** The address that it is mailed to, to be kept outside; missing where it stays here. */
      readonly mailedTo?: string
    }
  | {
      /** By the operator at the machine; where it lies is theirs to know. */
      readonly kind: 'backup_made'
      /** How far the log went at least. */
      readonly upTo: number
      readonly bytes: number
      readonly fileSha256: string
    }
  | { readonly kind: 'mailbox_paused' | 'mailbox_resumed'; readonly mailboxId: string }
  | {
      readonly kind: 'mailbox_reset'
      readonly mailboxId: string
      readonly folder: string
      readonly uidValidity: string
    }

export type EventKind = Event['kind']
