import { mentionedIn, noteLengthMax, withdrawNote, writeNote } from '../domain/note.ts'
import { may, type Person } from '../domain/person.ts'
import { refuse } from '../domain/step.ts'
import { sha256 } from '../store/sealing.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'

/** The people who can be called in a note: those who read the mailbox. */
export function readersAmong(staff: readonly Person[], mailboxId: string): Person[] {
  return staff.filter((one) => may(one, 'read', mailboxId))
}

/**
 * Writes an internal note (メモ): whom it calls was ticked, or stands in it as @name. The event has
 * its hash and ids alone.
 */
export async function addNote(
  house: House,
  threadId: string,
  given: { readonly body: string; readonly mentions: readonly string[] },
  who: Person,
): Promise<Outcome> {
  const body = given.body.trim().slice(0, noteLengthMax)
  if (body === '') return refuse('text_missing')
  const loaded = await house.store.matters.find(threadId)
  if (!loaded) throw new NotFound('thread', threadId)
  const { thread } = loaded.matter
  const readers = readersAmong(await house.store.people.list(), thread.mailboxId)
  const ticked = given.mentions.filter((id) => id !== '')
  if (ticked.some((id) => readers.every((one) => one.id !== id))) return refuse('mention_unknown')
  const written = new Set([...mentionedIn(body, readers).map(({ id }) => id), ...ticked])
  const mentions = readers.filter(({ id }) => written.has(id) && id !== who.id)
  const note = { noteId: house.newId(), bodySha256: sha256(body), mentions }
  const decision = writeNote(thread, note, who, house.now())
  if (decision.kind === 'refused') return decision
  for (const event of decision.events) {
    if (event.kind === 'note_written') await house.store.notes.write(event, body)
  }
  return done
}

/** Withdraws one's own note: its words are hidden and stay on record. */
export function takeBackNote(house: House, noteId: string, who: Person): Promise<Outcome> {
  const { notes, matters } = house.store
  return untilFresh(async () => {
    const note = await notes.find(noteId)
    const loaded = note && (await matters.find(note.threadId))
    if (!note || !loaded) throw new NotFound('note', noteId)
    const decision = withdrawNote(loaded.matter.thread, note, who, house.now())
    if (decision.kind === 'refused') return decision
    for (const event of decision.events) {
      if (event.kind === 'note_withdrawn') await notes.withdraw(event)
    }
    return done
  })
}
