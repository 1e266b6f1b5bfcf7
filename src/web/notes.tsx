import type { FC } from 'hono/jsx'
import { noteLengthMax } from '../domain/note.ts'
import { may, type Person } from '../domain/person.ts'
import { addNote, takeBackNote } from '../flow/notes.ts'
import type { StoredNote } from '../store/notes.ts'
import type { Ctx } from './env.ts'
import { ownPath, readForm } from './forms.ts'
import { Time } from './parts/chips.tsx'
import { Choice, Field, Form } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** Internal notes (メモ) between the mails: for colleagues, never for customers. */
export function noteRoutes(routes: Routes): void {
  routes.post('/threads/:id/notes', 'note', async (c) => {
    const form = await readForm(c)
    const given = { body: form.text('note', noteLengthMax), mentions: form.all('mention') }
    const outcome = await addNote(c.var.house, idOf(c), given, c.var.person)
    return answer(c, outcome, `/threads/${idOf(c)}`, 'noted')
  })
  routes.post('/notes/:id/withdrawal', 'note', async (c) => {
    const outcome = await takeBackNote(c.var.house, idOf(c), c.var.person)
    return answer(c, outcome, await threadOf(c), 'noteWithdrawn')
  })
  routes.post('/notes/:id/reading', 'read', async (c) => {
    const { house, person } = c.var
    const back = ownPath((await readForm(c)).text('back'), await threadOf(c))
    await house.store.notes.markRead(idOf(c), person.id, house.now())
    return answer(c, { kind: 'done' }, back, 'noteRead')
  })
}

async function threadOf(c: Ctx): Promise<string> {
  const note = await c.var.house.store.notes.find(idOf(c))
  if (!note) throw new Missing()
  return `/threads/${note.threadId}`
}

type NoteProps = {
  c: Ctx
  note: StoredNote
  names: ReadonlyMap<string, string>
  unread: ReadonlySet<string>
}

export const NoteCard: FC<NoteProps> = ({ c, note, names, unread }) => {
  const { text, person } = c.var
  const words = text.desk.notes
  const hidden = note.withdrawnAt !== null
  const called = note.mentions.map((id) => names.get(id) ?? id)
  return (
    <article class='card note' id={`n-${note.id}`} aria-label={words.note}>
      <header>
        <strong>{names.get(note.author) ?? note.author}</strong>{' '}
        <span class='chip neutral'>{words.note}</span>{' '}
        {unread.has(note.id) && !hidden && <span class='chip accent'>{words.forYou}</span>}
        <Time c={c} at={note.at} />
      </header>
      {hidden ? <p class='faint'>{words.withdrawn}</p> : <p class='words'>{note.body}</p>}
      {called.length > 0 && !hidden && <small>{words.to(called.join('、'))}</small>}
      <div class='buttons'>
        {unread.has(note.id) && !hidden && <Seen c={c} noteId={note.id} />}
        {note.author === person.id && !hidden && may(person, 'note') && (
          <details>
            <summary>{words.withdraw}</summary>
            <Form c={c} action={`/notes/${note.id}/withdrawal`}>
              <button type='submit'>{words.withdraw}</button>
            </Form>
          </details>
        )}
      </div>
    </article>
  )
}

/** The person says that they saw a note that calls them. */
export const Seen: FC<{ c: Ctx; noteId: string; back?: string }> = ({ c, noteId, back }) => (
  <Form c={c} action={`/notes/${noteId}/reading`} class='inline'>
    {back && <input type='hidden' name='back' value={back} />}
    <button type='submit'>{c.var.text.desk.notes.seen}</button>
  </Form>
)

/** A new note; people are called by ticking them, or by @name in it. */
export const NoteForm: FC<{ c: Ctx; threadId: string; readers: readonly Person[] }> = (props) => {
  const { c, threadId, readers } = props
  const { text, person } = c.var
  if (!may(person, 'note')) return null
  const others = readers.filter(({ id }) => id !== person.id)
  return (
    <details class='card note-form' id='note'>
      <summary>{text.desk.notes.body}</summary>
      <Form c={c} action={`/threads/${threadId}/notes`}>
        <p class='help'>{text.desk.notes.lead}</p>
        <Field
          id='note-body'
          name='note'
          label={text.desk.notes.note}
          help={text.desk.notes.help}
          rows={3}
          required
        />
        <div
          class='suggestions'
          id='suggestions'
          role='listbox'
          tabindex={-1}
          aria-label={text.desk.notes.suggestions}
          hidden
        />
        {others.length > 0 && (
          <Choice
            name='mention'
            kind='checkbox'
            row
            legend={text.desk.notes.who}
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <button type='submit'>{text.desk.notes.do}</button>
      </Form>
    </details>
  )
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}
