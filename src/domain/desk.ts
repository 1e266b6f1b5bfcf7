import type { AssignedHow } from './desk-event.ts'
import type { Event } from './event.ts'
import type { Thread } from './thread.ts'
import type { Instant } from './time.ts'

/** Who works on a thread (担当): an order of work, and no limit to who may review it. */
export type Assignment = {
  readonly to: string
  /** Null where the product gave it by load. */
  readonly by: string | null
  readonly how: AssignedHow
  readonly remark: string
  readonly at: Instant
}

/** A thread that stays out of the queue until an instant (あとで). */
export type Snooze = { readonly until: Instant; readonly by: string }

/** Who works on the thread, and when, after one event about it. */
export function applyToDesk(thread: Thread, event: Event): Thread {
  switch (event.kind) {
    case 'thread_assigned': {
      const { to, by, how, remark, at } = event
      return { ...thread, assignment: { to, by, how, remark, at }, snoozed: null }
    }
    case 'thread_released':
      return { ...thread, assignment: null }
    case 'target_named':
      return thread.assignment?.to === event.personId ? { ...thread, assignment: null } : thread
    case 'thread_snoozed':
      return { ...thread, snoozed: { until: event.until, by: event.by ?? '' } }
    case 'review_withdrawn':
      return {
        ...thread,
        reviews: thread.reviews.filter(({ id }) => id !== event.reviewId),
        snoozed: null,
      }
    default:
      return thread.snoozed !== null && wakes(event) ? { ...thread, snoozed: null } : thread
  }
}

/** New mail, or anything that the next person has to see, brings a thread back at once. */
function wakes(event: Event): boolean {
  switch (event.kind) {
    case 'message_received':
      return event.mutedBy === null
    case 'message_reread':
      return event.reopens
    case 'thread_assessed':
      return !event.muted && (event.severity === 3 || event.flags.includes('self_harm'))
    case 'thread_woken':
    case 'review_given':
    case 'dispute_opened':
    case 'decision_made':
    case 'reply_submitted':
    case 'reply_changed':
    case 'reply_returned':
    case 'letter_refused':
    case 'mails_moved_in':
    case 'mails_moved_out':
      return true
    default:
      return false
  }
}
