import type { Event } from './event.ts'
import { isOpen, type Letter, type LetterState } from './letter.ts'
import type { Matter } from './matter.ts'
import { may, type Person } from './person.ts'
import { compare, ordinaryByReply, type Review } from './review.ts'
import { isMuted } from './sender.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { whyNotHandle } from './target.ts'
import { decisionOf, type Ids, type Thread } from './thread.ts'
import type { Instant } from './time.ts'
import { reviewGoneWith } from './withdrawal.ts'

export type Writing = {
  readonly letterId: string
  readonly revision: number
  readonly contentSha256: string
  /** The row that keeps the words of this version. */
  readonly versionId?: string
}

/** What the approver had before their eyes: the words by their hash, and the whole mail by its. */
export type Seen = {
  readonly contentSha256: string
  readonly messageId: string
  readonly mailSha256: string
}

const editable: readonly LetterState[] = ['draft', 'returned']

/**
 * Hands a reply to a second person. Writing an answer to mail nobody has judged yet is the first
 * review: ordinary. Where reviews have begun otherwise, they come to their end first.
 */
export function submitReply(
  m: Matter,
  writing: Writing,
  who: Person,
  at: Instant,
  ids: Ids,
): Step | Refusal {
  const refusal = whyNotWrite(m, writing, who, at)
  if (refusal) return refusal
  const { thread } = m
  const submitted: Event = {
    kind: 'reply_submitted',
    at,
    by: who.id,
    threadId: thread.id,
    ...writing,
  }
  if (decisionOf(thread) || isOwnOrdinary(thread, who)) return step(submitted)
  if (thread.reviews.length > 0) return refuse('review_first')
  return step(...reviewByReply(thread, who, at, ids, writing.letterId), submitted)
}

/**
 * Lets a reply go: by another person than wrote it, on the revision they both saw, to somebody
 * who is not muted. Approving an ordinary answer is the second review.
 */
export function approveLetter(
  m: Matter,
  letterId: string,
  { contentSha256, messageId, mailSha256 }: Seen,
  who: Person,
  at: Instant,
  ids: Ids,
): Step | Refusal {
  const letter = awaiting(m, letterId, who, at)
  if ('reason' in letter) return letter
  if (letter.contentSha256 !== contentSha256) return refuse('mail_changed')
  const approved: Event = {
    kind: 'reply_approved',
    at,
    by: who.id,
    letterId,
    threadId: m.thread.id,
    messageId,
    mailSha256,
  }
  // A lifting notice is not about the newest mail, so no review comes with it.
  if (letter.kind !== 'reply') return step(approved)
  const reviews = secondReviewByReply(m.thread, who, at, ids)
  return 'reason' in reviews ? reviews : step(...reviews, approved)
}

/**
 * Rewrites a reply that waits for approval. The words are the changer's from then on, so they go
 * back to who wrote the reply, who takes them as they are by approving them; a third person may.
 */
export function changeReply(
  m: Matter,
  letterId: string,
  { before, ...words }: Changing,
  who: Person,
  at: Instant,
  ids: Ids,
): Step | Refusal {
  const letter = awaiting(m, letterId, who, at)
  if ('reason' in letter) return letter
  if (letter.kind !== 'reply') return refuse('not_editable')
  if (letter.contentSha256 !== before) return refuse('mail_changed')
  if (words.contentSha256 === before) return refuse('reply_unchanged')
  const reviews = secondReviewByReply(m.thread, who, at, ids)
  if ('reason' in reviews) return reviews
  const threadId = m.thread.id
  return step(...reviews, { kind: 'reply_changed', at, by: who.id, letterId, threadId, ...words })
}

/** Other words for a reply, and the hash of those that they were written over. */
export type Changing = Pick<Writing, 'contentSha256' | 'versionId'> & { readonly before: string }

/** Gives a reply back to its author with a remark; nothing is decided by it. */
export function returnReply(
  m: Matter,
  letterId: string,
  remark: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  const barred = whyNotHandle(who, 'approve', m.thread)
  if (barred) return barred
  const letter = m.letters.find(({ id }) => id === letterId)
  if (letter?.state !== 'awaiting_approval') return refuse('not_awaiting_approval')
  if (letter.author === who.id) return refuse('own_reply')
  if (remark.trim() === '') return refuse('reason_missing')
  return step({ kind: 'reply_returned', at, by: who.id, letterId, threadId: m.thread.id, remark })
}

/**
 * Withdraws a reply that has not left yet, and the first review that it was given as. Notices are
 * not withdrawn: their measure is declined.
 */
export function withdrawReply(
  m: Matter,
  letterId: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!may(who, 'reply', m.thread.mailboxId)) return refuse('not_allowed')
  const letter = m.letters.find(({ id }) => id === letterId)
  const waiting = ['draft', 'awaiting_approval', 'returned', 'queued'] as const
  if (letter?.kind !== 'reply' || !waiting.some((state) => state === letter.state)) {
    return refuse('not_editable')
  }
  if (letter.author !== who.id && letter.approver !== who.id) return refuse('not_author')
  const threadId = m.thread.id
  return step(
    { kind: 'letter_cancelled', at, by: who.id, letterId, threadId, why: 'withdrawn' },
    ...reviewGoneWith(m.thread, letterId, who, at),
  )
}

function whyNotWrite(m: Matter, writing: Writing, who: Person, at: Instant): Refusal | null {
  const barred = whyNotHandle(who, 'reply', m.thread)
  if (barred) return barred
  if (m.thread.filed) return refuse('recipient_not_a_person')
  if (isMuted(m.sender, at, m.thread.mailboxId)) return refuse('sender_muted')
  if (writing.revision !== m.thread.revision) return refuse('stale_revision')
  const own = m.letters.find(({ id }) => id === writing.letterId)
  const another = m.letters.some((l) => l.kind === 'reply' && isOpen(l) && l.id !== own?.id)
  if (another) return refuse('reply_open')
  if (!own) return null
  if (own.author !== who.id) return refuse('not_author')
  return mayRewrite(own, m.thread) ? null : refuse('not_editable')
}

/** A reply that waits is its author's again once new mail has made it outdated. */
function mayRewrite(letter: Letter, thread: Thread): boolean {
  const outdated = letter.state === 'awaiting_approval' && letter.revision !== thread.revision
  return letter.kind === 'reply' && (editable.includes(letter.state) || outdated)
}

function awaiting(m: Matter, letterId: string, who: Person, at: Instant): Letter | Refusal {
  const barred = whyNotHandle(who, 'approve', m.thread)
  if (barred) return barred
  const letter = m.letters.find(({ id }) => id === letterId)
  if (letter?.state !== 'awaiting_approval') return refuse('not_awaiting_approval')
  if (letter.author === who.id) return refuse('own_reply')
  if (letter.kind !== 'reply') return letter
  if (letter.revision !== m.thread.revision) return refuse('stale_revision')
  return isMuted(m.sender, at, m.thread.mailboxId) ? refuse('sender_muted') : letter
}

function isOwnOrdinary(thread: Thread, who: Person): boolean {
  const [only, second] = thread.reviews
  return second === undefined && only?.reviewer === who.id && only.verdict.kind === 'ordinary'
}

function reviewByReply(
  thread: Thread,
  who: Person,
  at: Instant,
  ids: Ids,
  letterId?: string,
): Event[] {
  const place = thread.reviews.length === 0 ? 1 : 2
  const review: Review = {
    ...ordinaryByReply,
    id: ids.review,
    revision: thread.revision,
    place,
    reviewer: who.id,
    ...(letterId === undefined ? {} : { letterId }),
  }
  return [{ kind: 'review_given', at, by: who.id, threadId: thread.id, review }]
}

function secondReviewByReply(
  thread: Thread,
  who: Person,
  at: Instant,
  ids: Ids,
): Event[] | Refusal {
  if (decisionOf(thread)) return []
  const [first, second] = thread.reviews
  if (!first || second || first.reviewer === who.id) return refuse('review_first')
  const compared = compare(first.verdict, ordinaryByReply.verdict)
  if (compared.kind === 'disputed') return refuse('review_first')
  const decision = {
    id: ids.decision,
    revision: thread.revision,
    how: 'agreed',
    outcome: compared.outcome,
    needsReply: true,
    categories: [],
    severity: 0,
    reviewers: [first.reviewer, who.id],
    settledBy: null,
    reason: '',
  } as const
  return [
    ...reviewByReply(thread, who, at, ids),
    { kind: 'decision_made', at, by: who.id, threadId: thread.id, decision, settlement: null },
  ]
}
