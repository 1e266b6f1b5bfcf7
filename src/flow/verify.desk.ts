import type { Event } from '../domain/event.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'

/** What the log says of mailboxes and people, as far as work is given to them. */
export type DeskSaid = { readonly automatic: Set<string>; readonly absent: Set<string> }

export function noteDesk({ automatic, absent }: DeskSaid, event: Event): void {
  if (event.kind === 'assignment_set') put(automatic, event.mailboxId, event.automatic)
  if (event.kind === 'absence_set') put(absent, event.personId, event.absent)
}

function put(set: Set<string>, id: string, is: boolean): void {
  if (is) set.add(id)
  else set.delete(id)
}

/** Who is absent and where work is given by load is as the events say. */
export async function flawsOfDesk({ assignments }: Store, said: DeskSaid): Promise<string[]> {
  const same = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
    a.size === b.size && [...a].every((id) => b.has(id))
  return [
    ...(same(await assignments.automatic(), said.automatic)
      ? []
      : ['where threads are given by load is not as the events say']),
    ...(same(await assignments.absent(), said.absent)
      ? []
      : ['who is absent is not as the events say']),
  ]
}

/** Notes of these threads: each with the words, people and end that its events say. */
export async function flawsOfNotes(
  { notes }: Store,
  threadIds: readonly string[],
  events: readonly Event[],
): Promise<string[]> {
  const said = new Map<string, string>()
  for (const event of events) {
    if (event.kind === 'note_written') {
      const { threadId, by: author, mentions, bodySha256, at } = event
      const withdrawnAt = null
      const note = { threadId, author, mentions, bodySha256, at, withdrawnAt }
      said.set(event.noteId, sealing.canonical(note))
    }
    if (event.kind === 'note_withdrawn') {
      const note = JSON.parse(said.get(event.noteId) ?? '{}')
      said.set(event.noteId, sealing.canonical({ ...note, withdrawnAt: event.at }))
    }
    for (const noteId of event.kind === 'thread_erased' ? event.notes : []) {
      const note = JSON.parse(said.get(noteId) ?? '{}')
      said.set(noteId, sealing.canonical({ ...note, bodySha256: sha256('') }))
    }
  }
  const stored = await notes.ofThreads(threadIds)
  const kept = new Set(stored.map(({ id }) => id))
  return [
    ...[...said.keys()].filter((id) => !kept.has(id)).map((id) => `note ${id} is missing`),
    ...stored
      .filter(({ id, body, ...note }) => {
        const bodySha256 = sha256(body)
        return said.get(id) !== sealing.canonical({ ...note, bodySha256 })
      })
      .map(({ id }) => `note ${id} is not as its events say`),
  ]
}
