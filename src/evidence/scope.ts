import type { Event, EventKind } from '../domain/event.ts'
import type { LetterState } from '../domain/letter.ts'
import { eventIn, type KeptLink } from '../store/log.ts'
import type { Store } from '../store/store.ts'

/** Everything about one sender, by ids: what belongs to the case and what does not. */
export type Scope = {
  /** The least id of the identity: the case has one name, whichever address was asked for. */
  readonly senderId: string
  readonly members: readonly string[]
  readonly threadIds: ReadonlySet<string>
  /** In the order that they came in. */
  readonly mails: readonly { readonly id: string; readonly threadId: string }[]
  readonly mailIds: ReadonlySet<string>
  readonly incidentIds: ReadonlySet<string>
  /** Letters that left, or that a server was asked to take. */
  readonly letterIds: ReadonlySet<string>
}

/** What belongs to a sender's case now: the whole joined identity, in every mailbox. */
export async function scopeOf(store: Store, senderId: string): Promise<Scope> {
  const members = [...(await store.joins.members([senderId]))(senderId)]
  const threads = await store.kept.of('threads', 'senderId', members)
  const threadIds = threads.map(({ id }) => id).toSorted()
  const mails = await store.dossiers.mailIds(members)
  const letters = await store.kept.of('letters', 'threadId', threadIds)
  return {
    senderId: members.toSorted()[0] ?? senderId,
    members,
    threadIds: new Set(threadIds),
    mails,
    mailIds: new Set(mails.map(({ id }) => id)),
    incidentIds: new Set(await store.dossiers.incidentIds(members)),
    letterIds: new Set(letters.filter(isOut).map(({ id }) => id)),
  }
}

const tried: readonly LetterState[] = ['sending', 'sent', 'refused', 'uncertain']

/** Drafts and what was never handed to a server are nobody's business outside. */
export function isOut(letter: { readonly state: LetterState; readonly attempts: number }): boolean {
  return tried.includes(letter.state) || letter.attempts > 0
}

/** The event of a link of the log, where it belongs to the case. */
export function eventOfCase(link: KeptLink, scope: Scope): Event | null {
  if (!shown.has(link.kind)) return null
  const event = eventIn(link.content)
  return event && isOfCase(event, scope) ? event : null
}

function isOfCase(event: Event, scope: Scope): boolean {
  if (perMail.has(event.kind))
    return 'messageId' in event && scope.mailIds.has(event.messageId ?? '')
  if (perLetter.has(event.kind))
    return 'letterId' in event && scope.letterIds.has(event.letterId ?? '')
  if (event.kind === 'senders_joined') {
    return [event.senderId, event.otherId].every((id) => scope.members.includes(id))
  }
  if ('threadId' in event && scope.threadIds.has(event.threadId)) return true
  return 'senderId' in event && scope.members.includes(event.senderId)
}

/** Events of one mail: they go with it, wherever it was moved to. */
const perMail: ReadonlySet<EventKind> = new Set<EventKind>([
  'message_received',
  'own_message_recorded',
  'bounce_received',
  'report_received',
  'thread_assessed',
  'message_reread',
  'identity_rechecked',
])

const perLetter: ReadonlySet<EventKind> = new Set<EventKind>([
  'reply_submitted',
  'reply_changed',
  'reply_approved',
  'notice_written',
  'letter_cancelled',
  'sending_started',
  'handover_begun',
  'letter_sent',
  'letter_delayed',
  'letter_refused',
  'letter_uncertain',
  'uncertainty_settled',
])

/**
 * Kinds of events that are shown in full. Nothing else is: who works on what, notes, care, what
 * somebody had to read, and whatever kinds come later stay hashes until they are named here.
 */
const shown: ReadonlySet<EventKind> = new Set<EventKind>([
  ...perMail,
  ...perLetter,
  'review_given',
  'review_withdrawn',
  'dispute_opened',
  'decision_made',
  'target_named',
  'target_cleared',
  'mails_moved_out',
  'mails_moved_in',
  'alert_raised',
  'alert_acknowledged',
  'identity_recorded',
  'senders_joined',
  'incident_recorded',
  'incident_reviewed',
  'incident_disputed',
  'incident_decided',
  'measure_proposed',
  'measure_confirmed',
  'measure_declined',
  'measure_announced',
  'measure_not_announced',
  'suspension_expired',
  'suspension_lifted',
  'suspension_reviewed',
  'suspension_renewed',
  'review_reminded',
  'objection_received',
  'mute_answered',
  'digest_made',
  'case_exported',
])

/**
 * The number of the last event of the case, 0 where there is none. An export changes no case: the
 * same case gives the same package.
 */
export async function lastOfCase(store: Store, scope: Scope): Promise<number> {
  let last = 0
  for await (const batch of store.log.links()) {
    for (const link of batch) {
      if (link.kind !== 'case_exported' && eventOfCase(link, scope)) last = link.seq
    }
  }
  return last
}
