import { agreedDecision, type Decision, settledDecision } from './decision.ts'
import { type Assignment, applyToDesk, type Snooze } from './desk.ts'
import type { Event } from './event.ts'
import { type Assessed, judgementOf } from './judgement.ts'
import type { Person } from './person.ts'
import { compare, flawOf, type Opinion, type Review, type Verdict } from './review.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { whyNotHandle } from './target.ts'
import { rearranged, withIdentity } from './thread.mail.ts'
import type { Instant } from './time.ts'

/** The exchange with one customer on one matter, as far as decisions go. */
export type Thread = {
  readonly id: string
  readonly mailboxId: string
  readonly senderId: string
  /** Grows with each new mail that is not muted; reviews belong to one revision. */
  readonly revision: number
  /** Reviews of the current revision only; those of older ones are outdated. */
  readonly reviews: readonly Review[]
  readonly disputed: boolean
  readonly decisions: readonly Decision[]
  readonly assessed: Assessed | null
  /** Incoming mails whose From is not verified. */
  readonly unverified: number
  /** Every mail so far came from a machine: filed apart, one key away. */
  readonly filed: boolean
  /** Every mail so far was muted: never in the queue. */
  readonly muted: boolean
  /** The thread that holds all its mail now, where a person joined it into another one. */
  readonly joinedInto: string | null
  /** Its content was erased, and no mail came since: there is nothing to judge or to answer. */
  readonly erased: boolean
  /** Members of staff whom it attacks: they decide nothing in it. */
  readonly targets: readonly string[]
  /** Who works on it; null for nobody yet. */
  readonly assignment: Assignment | null
  readonly snoozed: Snooze | null
}

export type Given = {
  readonly revision: number
  readonly opinion: Opinion
  /** What the rules said on the page where the verdict was formed (`judgementOf`). */
  readonly judgement?: string
}

/** The ids that an act may need, made outside: the domain knows no chance. */
export type Ids = { readonly review: string; readonly decision: string }

/** The decision on the revision that lies before us now, if there is one. */
export function decisionOf(thread: Thread): Decision | null {
  return thread.decisions.find(({ revision }) => revision === thread.revision) ?? null
}

/** The newest harassment decision, also of an older revision: what was done stays done. */
export function harassmentOf(thread: Thread): Decision | null {
  return thread.decisions.findLast(({ outcome }) => outcome === 'harassment') ?? null
}

/** Takes one person's verdict on the current revision (確認); the second one decides or disputes. */
export function giveReview(
  thread: Thread,
  { revision, opinion, judgement }: Given,
  who: Person,
  at: Instant,
  ids: Ids,
): Step | Refusal {
  const barred = whyNotHandle(who, 'review', thread)
  if (barred) return barred
  if (thread.joinedInto !== null) return refuse('joined_away')
  if (revision !== thread.revision) return refuse('stale_revision')
  if (thread.reviews.some(({ reviewer }) => reviewer === who.id)) return refuse('already_reviewed')
  if (thread.reviews.length >= 2 || decisionOf(thread)) return refuse('review_complete')
  if (judgement !== undefined && judgement !== judgementOf(thread.assessed))
    return refuse('judgement_changed')
  const flaw = flawOf(opinion)
  if (flaw) return flaw

  const stamp = { at, by: who.id, threadId: thread.id }
  const first = thread.reviews[0]
  const place = first ? 2 : 1
  const review: Review = { ...opinion, id: ids.review, revision, place, reviewer: who.id }
  const given: Event = { ...stamp, kind: 'review_given', review }
  return first ? step(given, conclude(thread, first, review, stamp, ids)) : step(given)
}

/** Settles a dispute (判断): a supervisor who was neither reviewer, with a reason. */
export function settle(
  thread: Thread,
  verdict: Exclude<Verdict, { kind: 'unsure' }>,
  reason: string,
  who: Person,
  at: Instant,
  ids: Ids,
): Step | Refusal {
  const barred = whyNotHandle(who, 'settle', thread)
  if (barred) return barred
  if (!thread.disputed) return refuse('nothing_to_settle')
  const [first, second] = thread.reviews
  if (!first || !second) return refuse('nothing_to_settle')
  if (who.id === first.reviewer || who.id === second.reviewer) {
    return refuse('reviewer_cannot_settle')
  }
  const flaw = flawOf({ verdict, reason, demand: 'none', fairRequest: '' })
  if (flaw) return flaw
  if (reason.trim() === '') return refuse('reason_missing')

  const decision = settledDecision(ids.decision, [first, second], verdict, who.id, reason)
  return step({
    kind: 'decision_made',
    at,
    by: who.id,
    threadId: thread.id,
    decision,
    settlement: verdict,
  })
}

/** The thread after one event; events of other threads leave it as it is. */
export function applyToThread(thread: Thread, event: Event): Thread {
  return applyToDesk(judged(thread, event), event)
}

function judged(thread: Thread, event: Event): Thread {
  switch (event.kind) {
    case 'message_received':
      return event.mutedBy === null ? withNewMail(thread, event) : { ...thread, erased: false }
    case 'message_reread':
      return event.reopens ? { ...thread, ...unreviewed(thread) } : thread
    case 'own_message_recorded':
      return { ...thread, muted: false, erased: false }
    case 'identity_rechecked':
      return event.muted ? thread : withIdentity(thread, event)
    case 'thread_assessed': {
      const { severity, categories, flags } = event
      return event.muted ? thread : { ...thread, assessed: { severity, categories, flags } }
    }
    case 'thread_erased':
      return { ...thread, erased: true }
    case 'assessment_lapsed':
      return { ...thread, assessed: { severity: 0, categories: [], flags: [] } }
    case 'review_given':
      return { ...thread, reviews: [...thread.reviews, event.review] }
    case 'dispute_opened':
      return { ...thread, disputed: true }
    case 'mails_moved_out':
    case 'mails_moved_in':
      return rearranged(thread, event)
    case 'target_named':
      return { ...thread, targets: [...thread.targets, event.personId] }
    case 'target_cleared':
      return { ...thread, targets: thread.targets.filter((id) => id !== event.personId) }
    case 'decision_made':
      return { ...thread, disputed: false, decisions: [...thread.decisions, event.decision] }
    default:
      return thread
  }
}

/** A thread as its first mail finds it. */
export function openThread(id: string, mailboxId: string, senderId: string): Thread {
  return {
    id,
    mailboxId,
    senderId,
    revision: 0,
    reviews: [],
    disputed: false,
    decisions: [],
    assessed: null,
    unverified: 0,
    filed: true,
    muted: true,
    joinedInto: null,
    erased: false,
    targets: [],
    assignment: null,
    snoozed: null,
  }
}

function withNewMail(thread: Thread, event: Extract<Event, { kind: 'message_received' }>): Thread {
  return {
    ...thread,
    ...unreviewed(thread),
    unverified: thread.unverified + (event.identity === 'verified' ? 0 : 1),
    filed: thread.filed && event.nature !== 'person',
    muted: false,
    erased: false,
  }
}

/** Something that nobody has reviewed: reviews of what lay before it are outdated. */
function unreviewed({ revision }: Thread): Pick<Thread, 'revision' | 'reviews' | 'disputed'> {
  return { revision: revision + 1, reviews: [], disputed: false }
}

function conclude(
  thread: Thread,
  first: Review,
  second: Review,
  stamp: { at: Instant; by: string; threadId: string },
  ids: Ids,
): Event {
  const compared = compare(first.verdict, second.verdict)
  if (compared.kind === 'disputed') {
    return { ...stamp, kind: 'dispute_opened', revision: thread.revision, why: compared.why }
  }
  const decision = agreedDecision(ids.decision, [first, second], compared)
  return { ...stamp, kind: 'decision_made', decision, settlement: null }
}
