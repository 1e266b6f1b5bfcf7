import { type Action, may, type Person } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Thread } from './thread.ts'
import type { Instant } from './time.ts'

type Place = Pick<Thread, 'mailboxId' | 'targets' | 'erased'>

/** Acts that judge or answer what was written. What was begun before is still carried to its end. */
const onWords: readonly Action[] = [
  ...(['review', 'settle', 'reply', 'propose'] as const),
  ...(['note', 'arrange', 'assign', 'snooze', 'name_target'] as const),
]

/** Refuses such an act on a thread whose content was erased, until a new mail comes in. */
export function whyNotOnErased(action: Action, { erased }: Pick<Thread, 'erased'>): Refusal | null {
  return erased && onWords.includes(action) ? refuse('thread_erased') : null
}

/**
 * Why somebody may not handle a thread: no role for it there, they are the one attacked in it, or
 * its content was erased.
 */
export function whyNotHandle(who: Person, action: Action, thread: Place): Refusal | null {
  if (!may(who, action, thread.mailboxId)) return refuse('not_allowed')
  if (thread.targets.includes(who.id)) return refuse('is_target')
  return whyNotOnErased(action, thread)
}

/** Says whom of the staff a thread attacks (標的): they decide nothing in it from then on. */
export function nameTarget(
  thread: Thread,
  personId: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!may(who, 'name_target', thread.mailboxId)) return refuse('not_allowed')
  if (thread.joinedInto !== null) return refuse('joined_away')
  const erased = whyNotOnErased('name_target', thread)
  if (erased) return erased
  if (thread.targets.includes(personId)) return step()
  return step({ kind: 'target_named', at, by: who.id, threadId: thread.id, personId })
}

/** Takes that back, with a reason: by somebody else, as nobody frees themselves to decide. */
export function clearTarget(
  thread: Thread,
  personId: string,
  reason: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!may(who, 'clear_target', thread.mailboxId)) return refuse('not_allowed')
  if (who.id === personId) return refuse('is_target')
  if (reason.trim() === '') return refuse('reason_missing')
  if (!thread.targets.includes(personId)) return step()
  return step({ kind: 'target_cleared', at, by: who.id, threadId: thread.id, personId, reason })
}
