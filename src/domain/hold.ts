import { covers, type Person, reachOf } from './person.ts'
import type { HeldThing } from './retention-event.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** Something that is never erased as long as it is held (保全), by a supervisor, for a reason. */
export type Hold = {
  readonly id: string
  readonly what: HeldThing
  readonly thingId: string
  readonly reason: string
  readonly placedBy: string
  readonly placedAt: Instant
  readonly liftedBy: string | null
  readonly liftedAt: Instant | null
  readonly liftReason: string
}

export type ToHold = Pick<Hold, 'id' | 'what' | 'thingId' | 'reason'>

/** Holds a thread, or a sender with everything of theirs: whoever works in one of the mailboxes. */
export function placeHold(
  { id: holdId, what, thingId, reason }: ToHold,
  { open, mailboxIds }: { readonly open: Hold | null; readonly mailboxIds: readonly string[] },
  who: Person,
  at: Instant,
): Step | Refusal {
  const reach = reachOf(who, 'hold')
  if (!mailboxIds.some((id) => covers(reach, id))) return refuse('not_allowed')
  if (open) return refuse('held_already')
  if (reason.trim() === '') return refuse('reason_missing')
  const stamp = { at, by: who.id, holdId, reason }
  return what === 'thread'
    ? step({ ...stamp, kind: 'thread_hold_placed', threadId: thingId })
    : step({ ...stamp, kind: 'sender_hold_placed', senderId: thingId })
}

/** Lifts a hold: another supervisor than the one who placed it, of all the mailboxes. */
export function liftHold(
  hold: Hold,
  mailboxIds: readonly string[],
  reason: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  const reach = reachOf(who, 'hold')
  if (!mailboxIds.every((id) => covers(reach, id))) return refuse('not_allowed')
  if (hold.placedBy === who.id) return refuse('own_hold')
  if (reason.trim() === '') return refuse('reason_missing')
  const stamp = { at, by: who.id, holdId: hold.id, reason }
  return hold.what === 'thread'
    ? step({ ...stamp, kind: 'thread_hold_lifted', threadId: hold.thingId })
    : step({ ...stamp, kind: 'sender_hold_lifted', senderId: hold.thingId })
}
