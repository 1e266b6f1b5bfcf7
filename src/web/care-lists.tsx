import type { FC } from 'hono/jsx'
import { dayOf } from '../domain/business-day.ts'
import { type CareTask, careKinds } from '../domain/care.ts'
import { isCarer, type Person } from '../domain/person.ts'
import { dayText } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { Form, Select } from './parts/fields.tsx'

type Names = ReadonlyMap<string, string>

/** What is planned for oneself. */
export const ForYou: FC<{ c: Ctx; names: Names }> = async ({ c, names }) => {
  const { house, person } = c.var
  const { care: text } = c.var.text
  const tasks = await house.store.careTasks.ofPerson(person.id)
  const open = tasks.filter(({ state }) => state === 'open')
  return (
    <section class='card' aria-labelledby='for-you-title'>
      <h2 id='for-you-title'>{text.forYou}</h2>
      <p class='help'>{open.length === 0 ? text.forYouNone : text.forYouLead}</p>
      <Tasks
        c={c}
        tasks={open}
        about={({ assignee }) =>
          assignee === null ? text.withNobody : text.with(names.get(assignee) ?? '')
        }
      />
    </section>
  )
}

/** What a supervisor sees to, what nobody does, and a form for something new. */
export const InYourCare: FC<{ c: Ctx; names: Names; people: readonly Person[] }> = async ({
  c,
  names,
  people,
}) => {
  const { house, person } = c.var
  const { care: text } = c.var.text
  const mine = await house.store.careTasks.openOf(person.id)
  const carers = people.filter((one) => isCarer(one)).map(({ id }) => id)
  const free = (await house.store.careTasks.openOfNobody(carers)).filter(
    ({ personId }) => personId !== person.id,
  )
  return (
    <section class='card' aria-labelledby='yours-title'>
      <h2 id='yours-title'>{text.yours}</h2>
      {mine.length === 0 && <p class='help'>{text.yoursNone}</p>}
      <Tasks c={c} tasks={mine} about={({ personId }) => names.get(personId) ?? ''} />
      {free.length > 0 && (
        <>
          <h3>{text.free}</h3>
          <ul class='plain care-tasks'>
            {free.map((task) => (
              <li>
                <span>
                  {text.kind[task.kind]} · {names.get(task.personId) ?? ''}{' '}
                  <Due c={c} task={task} />
                </span>
                <Form c={c} action={`/care/tasks/${task.id}/taking`} class='inline'>
                  <button type='submit'>{text.takeIt}</button>
                </Form>
              </li>
            ))}
          </ul>
        </>
      )}
      <Making c={c} people={people.filter(({ id }) => id !== person.id)} />
    </section>
  )
}

const Making: FC<{ c: Ctx; people: readonly Person[] }> = ({ c, people }) => {
  const { care: text } = c.var.text
  return (
    <details>
      <summary>{text.make}</summary>
      <Form c={c} action='/care/tasks'>
        <Select
          id='person'
          label={text.makeWho}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Select
          id='kind'
          label={text.makeWhat}
          options={careKinds.map((kind) => ({ value: kind, label: text.kind[kind] }))}
        />
        <button type='submit'>{text.makeDo}</button>
      </Form>
    </details>
  )
}

/** Open tasks by their date, each a link. */
const Tasks: FC<{
  c: Ctx
  tasks: readonly CareTask[]
  about: (task: CareTask) => string
}> = ({ c, tasks, about }) => (
  <ul class='plain care-tasks'>
    {tasks.map((task) => (
      <li>
        <a href={`/care/tasks/${task.id}`}>{c.var.text.care.kind[task.kind]}</a>
        <span>{about(task)}</span>
        <Due c={c} task={task} />
      </li>
    ))}
  </ul>
)

/** By when, and where that has gone by, that it has: no red, nobody is blamed. */
export const Due: FC<{ c: Ctx; task: CareTask }> = ({ c, task: { dueOn, state } }) => {
  const { house, language } = c.var
  const { care: text } = c.var.text
  const late = state === 'open' && dueOn < dayOf(house.now())
  return (
    <small>
      <time datetime={dueOn}>{text.due(dayText(dueOn, language))}</time>
      {late && <span class='chip caution'>{text.overdue}</span>}
    </small>
  )
}
