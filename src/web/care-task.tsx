import type { Child, FC } from 'hono/jsx'
import type { CareTask } from '../domain/care.ts'
import { careKinds } from '../domain/care.ts'
import { isCarer, type Person } from '../domain/person.ts'
import {
  endCareTask,
  handCareTask,
  makeCareTask,
  noteOnTask,
  type OpenedTask,
  openTask,
  takeCareTask,
} from '../flow/care-tasks.ts'
import { Due } from './care-lists.tsx'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Time } from './parts/chips.tsx'
import { FactRows } from './parts/facts.tsx'
import { Field, Form, Select } from './parts/fields.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/**
 * Care tasks. Who may open one is the person and the supervisor who has it, whatever their roles;
 * to everybody else it does not exist.
 */
export function careTaskRoutes(routes: Routes): void {
  routes.post('/care/tasks', 'care', async (c) => {
    const form = await readForm(c)
    const kind = careKinds.find((one) => one === form.text('kind', 20))
    if (!kind) throw new Refused('changed_meanwhile', '/care')
    const wish = { personId: form.text('person', 64), kind }
    return answer(c, await makeCareTask(c.var.house, wish, c.var.person), '/care', 'careMade')
  })
  routes.get('/care/tasks/:id', 'own_settings', taskPage)
  routes.post('/care/tasks/:id/taking', 'care', async (c) =>
    answer(c, await takeCareTask(c.var.house, idOf(c), c.var.person), '/care', 'careTaken'),
  )
  routes.post('/care/tasks/:id/handing', 'care', async (c) => {
    const to = (await readForm(c)).text('person', 64)
    const outcome = await handCareTask(c.var.house, idOf(c), to, c.var.person)
    return answer(c, outcome, outcome.kind === 'refused' ? pathOf(c) : '/care', 'careHanded')
  })
  routes.post('/care/tasks/:id/notes', 'own_settings', async (c) => {
    const words = (await readForm(c)).text('note')
    const outcome = await noteOnTask(c.var.house, idOf(c), words, c.var.person)
    return answer(c, outcome, pathOf(c), 'careNoted')
  })
  routes.post('/care/tasks/:id/done', 'own_settings', async (c) =>
    answer(c, await endCareTask(c.var.house, idOf(c), 'done', c.var.person), pathOf(c), 'careDone'),
  )
  routes.post('/care/tasks/:id/declining', 'own_settings', async (c) =>
    answer(
      c,
      await endCareTask(c.var.house, idOf(c), 'declined', c.var.person),
      pathOf(c),
      'careDeclined',
    ),
  )
}

async function taskPage(c: Ctx): Promise<Response> {
  const { text, house, person } = c.var
  const opened = await openTask(house, idOf(c), person)
  if (!opened) throw new Missing()
  const { task } = opened
  const people = await house.store.people.list()
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const title = text.care.kind[task.kind]
  return page(
    c,
    title,
    <section class='narrow'>
      <p>
        <a href='/care'>{text.care.back}</a>
      </p>
      <h1>{title}</h1>
      <Facts c={c} task={task} names={names} />
      <Notes c={c} opened={opened} names={names} />
      {task.state === 'open' && <Acts c={c} task={task} people={people} />}
    </section>,
  )
}

type Names = ReadonlyMap<string, string>

const Facts: FC<{ c: Ctx; task: CareTask; names: Names }> = ({ c, task, names }) => {
  const { care: text } = c.var.text
  const rows: [string, Child][] = [
    [text.forWhom, names.get(task.personId) ?? ''],
    [text.carer, task.assignee === null ? text.withNobody : (names.get(task.assignee) ?? '')],
    [text.reason, text.why[task.why]],
    [text.until, <Due c={c} task={task} />],
  ]
  return (
    <section class='card'>
      <p class='chips'>
        <span class='chip neutral'>{text.taskState[task.state]}</span>
      </p>
      <FactRows class='facts stacked' rows={rows} />
    </section>
  )
}

const Notes: FC<{ c: Ctx; opened: OpenedTask; names: Names }> = ({ c, opened, names }) => {
  const { care: text } = c.var.text
  const { task, notes } = opened
  return (
    <section class='card' aria-labelledby='notes-title'>
      <h2 id='notes-title'>{text.notes}</h2>
      <p class='help'>{text.taskLead}</p>
      {notes.length === 0 && <p>{text.notesNone}</p>}
      <Words
        c={c}
        words={notes.map(({ author, words, at }) => ({ who: names.get(author) ?? '', words, at }))}
      />
      <Form c={c} action={`/care/tasks/${task.id}/notes`}>
        <Field id='note' label={text.note} help={text.noteHelp} rows={3} required />
        <button type='submit'>{text.noteDo}</button>
      </Form>
    </section>
  )
}

/** Words that were written in turn. */
export const Words: FC<{
  c: Ctx
  words: readonly { readonly who: string; readonly words: string; readonly at: string }[]
}> = ({ c, words }) => (
  <ol class='plain care-words'>
    {words.map(({ who, words: said, at }) => (
      <li>
        <p class='help'>
          <strong>{who}</strong> <Time c={c} at={at} exact />
        </p>
        <p class='words'>{said}</p>
      </li>
    ))}
  </ol>
)

const Acts: FC<{ c: Ctx; task: CareTask; people: readonly Person[] }> = ({ c, task, people }) => {
  const { person } = c.var
  const { care: text } = c.var.text
  const path = `/care/tasks/${task.id}`
  const able = people.filter(
    (one) => one.id !== person.id && one.id !== task.personId && isCarer(one),
  )
  const own = task.personId === person.id
  return (
    <section class='card'>
      <div class='buttons'>
        <Form c={c} action={`${path}/done`} class='inline'>
          <button type='submit' class='primary'>
            {text.finish}
          </button>
        </Form>
        {own && (
          <Form c={c} action={`${path}/declining`} class='inline'>
            <button type='submit'>{text.decline}</button>
          </Form>
        )}
      </div>
      {own && <p class='help'>{text.declineLead}</p>}
      {!own && able.length > 0 && (
        <details>
          <summary>{text.hand}</summary>
          <Form c={c} action={`${path}/handing`}>
            <p class='help'>{text.handLead}</p>
            <Select
              id='person'
              label={text.handTo}
              options={able.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <button type='submit'>{text.hand}</button>
          </Form>
        </details>
      )}
    </section>
  )
}

function pathOf(c: Ctx): string {
  return `/care/tasks/${idOf(c)}`
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}
