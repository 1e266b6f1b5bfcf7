/** Under which rule content is erased: one of the periods, or because somebody asked for it. */
export const erasureRules = ['confirmed', 'mail'] as const
export type ErasedUnder = (typeof erasureRules)[number] | 'request'

/** Under which rule a finding lapses that nobody confirmed. */
export const lapseRules = ['unconfirmed', 'cleared'] as const
export type LapsedUnder = (typeof lapseRules)[number]

export type HeldThing = 'thread' | 'sender'

/** What is kept for how long (保存): holds, findings that lapse, content that is erased. */
export type RetentionEvent =
  | {
      readonly kind: 'thread_hold_placed' | 'thread_hold_lifted'
      readonly holdId: string
      readonly threadId: string
      readonly reason: string
    }
  | {
      readonly kind: 'sender_hold_placed' | 'sender_hold_lifted'
      readonly holdId: string
      readonly senderId: string
      readonly reason: string
    }
  | {
      /** What the rules said is gone: nobody confirmed it in time, or two people cleared it. */
      readonly kind: 'assessment_lapsed'
      readonly threadId: string
      readonly messageIds: readonly string[]
      readonly rule: LapsedUnder
      readonly periods: string
    }
  | {
      /** The content of a thread is gone. It names every row and every bytes that went. */
      readonly kind: 'thread_erased'
      readonly threadId: string
      readonly rule: ErasedUnder
      /** The hash of the periods under which it was due; of a request, its id. */
      readonly periods: string
      readonly messages: readonly { readonly id: string; readonly sha256: string }[]
      /** Hashes of original bytes that went; those that other mail still needs stay. */
      readonly bytes: readonly string[]
      readonly letters: readonly string[]
      readonly versions: readonly string[]
      readonly notes: readonly string[]
      readonly uploads: readonly string[]
    }
  | {
      /** What was written down of a sender beside mail is gone. It names every row that went. */
      readonly kind: 'sender_erased'
      readonly senderId: string
      readonly rule: ErasedUnder
      /** As in `thread_erased`. */
      readonly periods: string
      readonly incidents: readonly string[]
      /** Incidents whose picture went. */
      readonly pictures: readonly string[]
      readonly notes: readonly string[]
      /** Measures whose automatic answer went. */
      readonly answers: readonly string[]
      /** Senders whose name went: nothing else of theirs is left. */
      readonly names: readonly string[]
    }
  | {
      readonly kind: 'deletion_proposed'
      readonly requestId: string
      readonly senderId: string
      readonly receivedOn: string
      readonly reason: string
    }
  | {
      readonly kind: 'deletion_approved'
      readonly requestId: string
      readonly senderId: string
      readonly answer: string
      /** What stood in the way. */
      readonly despite: readonly string[]
      readonly threads: readonly string[]
    }
  | {
      readonly kind: 'deletion_declined'
      readonly requestId: string
      readonly senderId: string
      readonly answer: string
    }
  | { readonly kind: 'retention_proposed' | 'retention_approved'; readonly periods: string }
