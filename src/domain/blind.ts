import { may, type Person } from './person.ts'
import type { Review } from './review.ts'
import { decisionOf, type Thread } from './thread.ts'

/** The reviews a person may see: the first one is hidden from everybody who may still be second. */
export function visibleReviews(thread: Thread, who: Person, blind: boolean): readonly Review[] {
  const open = thread.reviews.length < 2 && decisionOf(thread) === null
  if (!blind || !open || may(who, 'see_first_review', thread.mailboxId)) return thread.reviews
  return thread.reviews.filter(({ reviewer }) => reviewer === who.id)
}
