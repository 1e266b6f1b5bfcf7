import type { Event, LetterKind } from './event.ts'
import type { Instant } from './time.ts'

/** The states of an outbound mail (送信). */
export const letterStates = [
  'draft',
  'awaiting_approval',
  'returned',
  'queued',
  'sending',
  'sent',
  'refused',
  'uncertain',
  'cancelled',
] as const

/** A file that goes out with a reply; its bytes are kept beside it. */
export type LetterFile = {
  readonly id: string
  readonly filename: string
  readonly contentType: string
  /** Bytes. */
  readonly size: number
  readonly sha256: string
}

export type LetterState = (typeof letterStates)[number]

/** An outbound mail without its words: those are kept beside it and named by their hash. */
export type Letter = {
  readonly id: string
  readonly kind: LetterKind
  readonly threadId: string
  /** The revision of the thread that it answers. */
  readonly revision: number
  readonly state: LetterState
  /** Who wrote the words as they stand now; another person must approve them. */
  readonly author: string
  readonly approver: string | null
  readonly contentSha256: string
  /** Made once, at approval, and never changed. */
  readonly messageId: string | null
  readonly measureId: string | null
  readonly remark: string
  readonly attempts: number
  /** The server may have the end of the mail: from then on only its answer says what became of it. */
  readonly handedOver: boolean
  readonly nextAttemptAt: Instant | null
}

const open: readonly LetterState[] = ['draft', 'awaiting_approval', 'returned', 'queued', 'sending']

/** Whether the letter still wants something from somebody, or from the postman. */
export function isOpen(letter: Letter): boolean {
  return open.includes(letter.state)
}

/** A letter after one event about it. */
export function applyToLetter(letter: Letter, event: Event): Letter {
  switch (event.kind) {
    case 'reply_saved':
      return rewritten(letter, event, 'draft')
    case 'reply_submitted':
      return rewritten(letter, event, 'awaiting_approval')
    case 'reply_changed': {
      const { contentSha256 } = event
      return { ...letter, author: event.by ?? letter.author, contentSha256 }
    }
    case 'reply_approved': {
      const { messageId } = event
      return { ...letter, state: 'queued', approver: event.by, messageId, nextAttemptAt: event.at }
    }
    case 'reply_returned':
      return { ...letter, state: 'returned', remark: event.remark }
    case 'letter_cancelled':
      return { ...letter, state: 'cancelled', nextAttemptAt: null }
    default:
      return afterSending(letter, event)
  }
}

/** The letter that an event brings into being. */
export function openLetter(
  event: Extract<Event, { kind: 'reply_saved' | 'reply_submitted' | 'notice_written' }>,
): Letter {
  const notice = event.kind === 'notice_written' ? event : null
  const approved = notice !== null && notice.approver !== null
  return {
    id: event.letterId,
    kind: notice?.letterKind ?? 'reply',
    threadId: event.threadId,
    revision: event.revision,
    state: approved ? 'queued' : 'awaiting_approval',
    author: notice?.author ?? event.by ?? '',
    approver: notice?.approver ?? null,
    contentSha256: event.contentSha256,
    messageId: notice?.messageId ?? null,
    measureId: notice?.measureId ?? null,
    remark: '',
    attempts: 0,
    handedOver: false,
    nextAttemptAt: approved ? event.at : null,
  }
}

function afterSending(letter: Letter, event: Event): Letter {
  switch (event.kind) {
    case 'sending_started': {
      const { attempt: attempts, bytesSha256 } = event
      // From before it was noted when the end goes out: any attempt may have got there.
      const handedOver = bytesSha256 === undefined
      return { ...letter, state: 'sending', attempts, handedOver, nextAttemptAt: null }
    }
    case 'handover_begun':
      return { ...letter, handedOver: true }
    case 'letter_sent':
      return { ...letter, state: 'sent', nextAttemptAt: null }
    case 'letter_delayed':
      return { ...letter, state: 'queued', nextAttemptAt: event.nextAttemptAt }
    case 'letter_refused':
      return { ...letter, state: 'refused' }
    case 'letter_uncertain':
      return { ...letter, state: 'uncertain' }
    case 'uncertainty_settled':
      return { ...letter, state: event.as, nextAttemptAt: event.as === 'queued' ? event.at : null }
    default:
      return letter
  }
}

function rewritten(
  letter: Letter,
  event: Extract<Event, { kind: 'reply_saved' | 'reply_submitted' }>,
  state: LetterState,
): Letter {
  const { revision, contentSha256 } = event
  return { ...letter, state, revision, contentSha256, author: event.by ?? letter.author }
}
