import { eq } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Thread } from '../domain/thread.ts'
import type { Db, Write } from './engine.ts'
import { reviews } from './tables.ts'

/** The columns of a thread's row that say who works on it, and when. */
export function deskColumns({ assignment, snoozed }: Thread) {
  return {
    assignee: assignment?.to ?? '',
    assignment,
    snoozedUntil: snoozed?.until ?? null,
    snoozedBy: snoozed?.by ?? null,
  }
}

/** A first review that its author took back: the log keeps it, and nothing else. */
export function reviewRemoval(
  tx: Db,
  { reviewId }: Extract<Event, { kind: 'review_withdrawn' }>,
): Write {
  return tx.delete(reviews).where(eq(reviews.id, reviewId)).returning({ id: reviews.id })
}
