import { may, type Person } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { whyNotOnErased } from './target.ts'
import type { Thread } from './thread.ts'
import type { Instant } from './time.ts'

/** An internal note (メモ) on a thread: never changed, at most followed by another or withdrawn. */
export type Note = {
  readonly id: string
  readonly threadId: string
  readonly author: string
  readonly mentions: readonly string[]
  readonly withdrawnAt: Instant | null
}

export type WrittenNote = {
  readonly noteId: string
  readonly bodySha256: string
  readonly mentions: readonly Person[]
}

/** The longest note, in UTF-16 units. */
export const noteLengthMax = 4_000

/** Writes a note to colleagues; whom it calls must read the mailbox. */
export function writeNote(
  thread: Thread,
  { noteId, bodySha256, mentions }: WrittenNote,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!may(who, 'note', thread.mailboxId)) return refuse('not_allowed')
  if (thread.joinedInto !== null) return refuse('joined_away')
  const erased = whyNotOnErased('note', thread)
  if (erased) return erased
  if (mentions.some((one) => !may(one, 'read', thread.mailboxId))) return refuse('mention_unknown')
  return step({
    kind: 'note_written',
    at,
    by: who.id,
    threadId: thread.id,
    noteId,
    bodySha256,
    mentions: mentions.map(({ id }) => id),
  })
}

/** Withdraws one's own note: its words are shown to nobody any more, and stay on record. */
export function withdrawNote(thread: Thread, note: Note, who: Person, at: Instant): Step | Refusal {
  if (!may(who, 'note', thread.mailboxId)) return refuse('not_allowed')
  if (note.author !== who.id) return refuse('not_author')
  if (note.withdrawnAt !== null) return step()
  return step({ kind: 'note_withdrawn', at, by: who.id, threadId: thread.id, noteId: note.id })
}

/**
 * Who is called in a text by @name: Japanese names with or without their blank, also by the family
 * name alone where only one person has it. The longest name that fits counts.
 */
export function mentionedIn<T extends Pick<Person, 'id' | 'name'>>(
  body: string,
  people: readonly T[],
): T[] {
  const text = folded(body)
  const called = [...text.matchAll(/@/g)].map(({ index }) => text.slice(index + 1))
  const names = namesOf(people)
  const found = called.flatMap((rest) => names.find(({ name }) => rest.startsWith(name)) ?? [])
  return people.filter((one) => found.some(({ person }) => person === one))
}

function namesOf<T extends Pick<Person, 'name'>>(people: readonly T[]) {
  const full = people.map((person) => ({ name: folded(person.name), person }))
  const families = people.flatMap((person) => {
    const [family = '', ...given] = person.name.normalize('NFKC').trim().split(/\s+/)
    return given.length > 0 ? [{ name: family.toLowerCase(), person }] : []
  })
  const unique = families.filter(
    ({ name }) => [...families, ...full].filter((one) => one.name === name).length === 1,
  )
  return [...full, ...unique]
    .filter(({ name }) => name !== '')
    .toSorted((a, b) => b.name.length - a.name.length)
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}
