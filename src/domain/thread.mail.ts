import type { ArrangeEvent } from './arrange-event.ts'
import type { Event } from './event.ts'
import type { Assessed } from './judgement.ts'
import type { Thread } from './thread.ts'

/** The flag follows the count at once: nobody waits for the next mail to see who is proven. */
export function withIdentity(
  thread: Thread,
  { was, identity }: Extract<Event, { kind: 'identity_rechecked' }>,
): Thread {
  const unverified =
    thread.unverified - (was === 'verified' ? 0 : 1) + (identity === 'verified' ? 0 : 1)
  if (!thread.assessed) return { ...thread, unverified }
  const others = thread.assessed.flags.filter((flag) => flag !== 'unverified_sender')
  const flags = unverified > 0 ? [...others, 'unverified_sender' as const] : others
  return { ...thread, unverified, assessed: { ...thread.assessed, flags } }
}

const unsuspicious: Assessed = { severity: 0, categories: [], flags: [] }

/** Other mails make another revision: open reviews are outdated, decisions stay where they fell. */
export function rearranged(thread: Thread, { now, other }: ArrangeEvent): Thread {
  const { mails, unverified, filed, muted } = now
  return {
    ...thread,
    revision: thread.revision + 1,
    reviews: [],
    disputed: false,
    unverified,
    filed,
    muted,
    assessed: mails === 0 ? unsuspicious : (thread.assessed ?? unsuspicious),
    joinedInto: mails === 0 ? other : null,
  }
}
