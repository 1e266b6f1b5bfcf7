import type { FC } from 'hono/jsx'
import { covers, may, reachOf } from '../domain/person.ts'
import type { SenderNote } from '../store/sender-notes.ts'
import type { Ctx } from './env.ts'
import { Time } from './parts/chips.tsx'
import { Empty, Field, Form, Select } from './parts/fields.tsx'
import { mailboxesOf } from './view.ts'

/** Short notes on a sender: nobody deletes one, a further one corrects it. */
export const Notes: FC<{ c: Ctx; senderId: string; notes: readonly SenderNote[] }> = async (
  props,
) => {
  const { c, senderId, notes } = props
  const { account, house } = c.var
  const { senders: text } = c.var.text
  const names = await house.store.people.names()
  const corrected = new Set(notes.map(({ corrects }) => corrects))
  const mayNote = may(account, 'note_sender')
  return (
    <section class='card' aria-labelledby='notes-title'>
      <h2 id='notes-title'>{text.notes}</h2>
      <p class='help'>{text.notesLead}</p>
      {notes.length === 0 && <Empty>{text.notesEmpty}</Empty>}
      <ol class='plain notes'>
        {notes.map((note) => (
          <li id={`note-${note.id}`}>
            <small>
              {names.get(note.author) ?? note.author} · <Time c={c} at={note.at} exact />
              {note.corrects && ` · ${text.corrects}`}
            </small>
            <NoteWords c={c} note={note} corrected={corrected.has(note.id)} />
            {corrected.has(note.id) && <span class='chip neutral'>{text.corrected}</span>}
            {mayNote && note.text !== '' && !corrected.has(note.id) && (
              <Correction c={c} senderId={senderId} noteId={note.id} />
            )}
          </li>
        ))}
      </ol>
      {mayNote && <NewNote c={c} senderId={senderId} />}
    </section>
  )
}

const NoteWords: FC<{ c: Ctx; note: SenderNote; corrected: boolean }> = (props) => {
  const { c, note, corrected } = props
  if (note.text === '') return <p class='help'>{c.var.text.retention.gone}</p>
  return <p class='words'>{corrected ? <s>{note.text}</s> : note.text}</p>
}

const Correction: FC<{ c: Ctx; senderId: string; noteId: string }> = ({ c, senderId, noteId }) => {
  const { senders: text } = c.var.text
  return (
    <details>
      <summary>{text.correct}</summary>
      <Form c={c} action={`/senders/${senderId}/notes`}>
        <input type='hidden' name='corrects' value={noteId} />
        <Field id={`correct-${noteId}`} name='noteText' label={text.correction} rows={2} required />
        <button type='submit'>{text.noteAdd}</button>
      </Form>
    </details>
  )
}

const NewNote: FC<{ c: Ctx; senderId: string }> = async ({ c, senderId }) => {
  const { house, account, language } = c.var
  const { senders: text } = c.var.text
  const places = (await house.store.places.ofSenders([senderId]))(senderId)
  const reach = reachOf(account, 'note_sender')
  const boxes = (await mailboxesOf(c)).filter(({ id }) => places.includes(id) && covers(reach, id))
  const [only, another] = boxes
  if (!only) return null
  return (
    <Form c={c} action={`/senders/${senderId}/notes`}>
      <Field id='noteText' label={text.noteText} help={text.noteHelp} rows={2} required />
      {another ? (
        <Select
          id='noteMailbox'
          label={text.noteFor}
          options={boxes.map(({ id, department }) => ({ value: id, label: department[language] }))}
        />
      ) : (
        <input type='hidden' name='noteMailbox' value={only.id} />
      )}
      <button type='submit'>{text.noteAdd}</button>
    </Form>
  )
}
