import type { Decision } from './decision.ts'
import type { IncidentKind } from './incident.ts'
import type { Review, Verdict } from './review.ts'
import type { JoinReason } from './sender-join.ts'
import type { Instant } from './time.ts'

/** What people say of which senders are one, and of what happened outside mail. */
export type SenderRecordEvent = JoinEvent | NoteEvent | PicturesEvent | IncidentEvent

type Pair = {
  readonly joinId: string
  /** The two senders; the first one by its id comes first. */
  readonly senderId: string
  readonly otherId: string
}

export type JoinEvent =
  | (Pair & {
      readonly kind: 'join_proposed'
      readonly reasons: readonly JoinReason[]
      readonly reason: string
    })
  | (Pair & {
      /** `join_declined` also where nobody had proposed it: a suggestion that does not come back. */
      readonly kind: 'senders_joined' | 'join_declined' | 'senders_separated'
      readonly reason: string
    })

export type NoteEvent = {
  readonly kind: 'sender_noted'
  readonly noteId: string
  readonly senderId: string
  readonly mailboxId: string
  /** The note that this one puts right. */
  readonly corrects: string | null
  readonly textSha256: string
}

/** Whether pictures that a sender's mail shows from elsewhere are loaded for the reader. */
export type PicturesEvent = {
  readonly kind: 'pictures_allowed' | 'pictures_stopped'
  readonly senderId: string
}

type Place = {
  readonly incidentId: string
  readonly senderId: string
  readonly mailboxId: string
}

export type IncidentEvent =
  | (Place & {
      readonly kind: 'incident_recorded'
      readonly incidentKind: IncidentKind
      readonly occurredAt: Instant
      /** How long a call was; null for what is no call. */
      readonly minutes: number | null
      /** The member of staff who took it. */
      readonly takenBy: string | null
      readonly contentSha256: string
      readonly pictureSha256: string | null
    })
  | (Place & { readonly kind: 'incident_reviewed'; readonly review: Review })
  | (Place & {
      readonly kind: 'incident_disputed'
      readonly why: 'verdict' | 'severity' | 'unsure'
    })
  | (Place & {
      readonly kind: 'incident_decided'
      readonly decision: Decision
      readonly settlement: Verdict | null
    })
