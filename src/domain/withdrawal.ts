import type { Event } from './event.ts'
import type { Matter } from './matter.ts'
import type { Person } from './person.ts'
import type { Review } from './review.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { whyNotHandle } from './target.ts'
import { decisionOf, type Thread } from './thread.ts'
import type { Instant } from './time.ts'

/**
 * Takes one's own first review back, as long as there is no second one. Nobody learns what it was.
 * A reply that waits for approval stands for it: that is withdrawn instead.
 */
export function withdrawReview(matter: Matter, who: Person, at: Instant): Step | Refusal {
  const { thread, letters } = matter
  const barred = whyNotHandle(who, 'review', thread)
  if (barred) return barred
  if (thread.joinedInto !== null) return refuse('joined_away')
  const review = openReviewOf(thread, who.id)
  if (!review) return refuse('review_not_open')
  const waits = letters.some(
    ({ kind, state, revision }) =>
      kind === 'reply' && state === 'awaiting_approval' && revision === thread.revision,
  )
  if (waits) return refuse('reply_stands_for_review')
  return step(withdrawn(thread, review, who.id, at))
}

/** The review of theirs that nobody has answered with a second one yet. */
export function openReviewOf(thread: Thread, personId: string): Review | null {
  const [first, second] = thread.reviews
  const open = first?.reviewer === personId && !second && !thread.disputed && !decisionOf(thread)
  return open ? first : null
}

/** The review goes with the reply that it was given by; a review of its own stays. */
export function reviewGoneWith(
  thread: Thread,
  letterId: string,
  who: Person,
  at: Instant,
): Event[] {
  const review = openReviewOf(thread, who.id)
  return review?.letterId === letterId ? [withdrawn(thread, review, who.id, at)] : []
}

function withdrawn(
  thread: Thread,
  { id: reviewId, revision }: Review,
  by: string,
  at: Instant,
): Event {
  return { kind: 'review_withdrawn', at, by, threadId: thread.id, reviewId, revision }
}
