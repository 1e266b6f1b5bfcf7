import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import type { Scope, Time } from './reports.ts'

/** Figures of times that are over, kept in memory by this process. */
export type Past = {
  /** What was counted of that time before; else, and where it still goes on, it is counted now. */
  of<T>(kind: string, time: Time, count: () => Promise<T>): Promise<T>
}

/** Times kept at most: those of every period are some sixty, and a day more each day. */
const keptMost = 500

/** One time of a period after the other, in all mailboxes. */
export function eachTime<T>(
  { db, starts, past }: Scope,
  count: (db: Db, past: Past, time: Time) => Promise<T>,
): Promise<T[]> {
  return Promise.all(
    starts.map((start, at) => count(db, past, { start, end: starts[at + 1] ?? null })),
  )
}

/**
 * Remembers what was reviewed and opened in times that are over, until an event changes it: a
 * review that is withdrawn, mail that is moved to another thread, an act by a clock that is slow.
 */
export function pastIn({ onCommit }: Pick<Core, 'onCommit'>): Past {
  const kept = new Map<string, Promise<unknown>>()
  let newest: Instant = ''
  onCommit((events) => {
    if (events.some((event) => changes(event, newest))) kept.clear()
  })
  return {
    of<T>(kind: string, { start, end }: Time, count: () => Promise<T>): Promise<T> {
      if (end === null) return count()
      const key = `${kind} ${start} ${end}`
      const before = kept.get(key)
      if (before) return before as Promise<T>
      if (kept.size >= keptMost) kept.clear()
      if (end > newest) newest = end
      const counted = count()
      kept.set(key, counted)
      // What could not be counted is counted anew by whoever asks next.
      counted.catch(() => kept.delete(key))
      return counted
    },
  }
}

function changes(event: Event, before: Instant): boolean {
  switch (event.kind) {
    case 'review_withdrawn':
    case 'mails_moved_in':
    case 'mails_moved_out':
      return true
    case 'review_given':
    case 'passage_revealed':
      return event.at < before
    default:
      return false
  }
}
