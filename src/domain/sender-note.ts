import { may, type Person } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

export type NoteGiven = {
  readonly noteId: string
  readonly senderId: string
  readonly mailboxId: string
  readonly corrects: string | null
  readonly text: string
  readonly textSha256: string
}

/** The longest note, in UTF-16 units: it is a remark, no report. */
export const noteLengthMax = 1_000

/**
 * Writes a short note on a sender, for who reads that mailbox. Nobody deletes one; what is wrong is
 * put right by a further note. `mailboxIds` are those that the sender has to do with.
 */
export function noteSender(
  { text, ...given }: NoteGiven,
  mailboxIds: readonly string[],
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!mailboxIds.includes(given.mailboxId)) return refuse('not_allowed')
  if (!may(who, 'note_sender', given.mailboxId)) return refuse('not_allowed')
  if (text.trim() === '') return refuse('text_missing')
  return step({ kind: 'sender_noted', at, by: who.id, ...given })
}
