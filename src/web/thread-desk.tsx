import type { FC } from 'hono/jsx'
import { mayHave } from '../domain/assignment.ts'
import { isUrgent, type Matter, queueRankOf, rankOutside } from '../domain/matter.ts'
import type { Person } from '../domain/person.ts'
import { snoozeDaysMax, snoozePresets } from '../domain/snooze.ts'
import { whyNotHandle } from '../domain/target.ts'
import { daysAfter } from '../domain/time.ts'
import { readersAmong } from '../flow/notes.ts'
import { fullTime } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { Choice, Field, Form, Select } from './parts/fields.tsx'
import { enterThread } from './presence.tsx'

/** What a thread's page shows of the desk: its people, its notes, and who else is there. */
export type DeskShown = Awaited<ReturnType<typeof deskOf>>

export async function deskOf(c: Ctx, { thread }: Matter, staff: readonly Person[]) {
  const { house, person } = c.var
  const { notes, assignments, passes } = house.store
  const [written, absent, passed, at] = await Promise.all([
    notes.of(thread.id),
    assignments.absent(),
    passes.of([thread.id]),
    enterThread(c, thread.id, staff),
  ])
  return {
    readers: readersAmong(staff, thread.mailboxId),
    absent,
    passed: passed.get(thread.id)?.has(person.id) ?? false,
    notes: written,
    unread: written.length > 0 ? await notes.unread(thread.id, person.id) : new Set<string>(),
    at,
  }
}

type Props = {
  readonly c: Ctx
  readonly matter: Matter
  readonly names: ReadonlyMap<string, string>
  readonly desk: DeskShown
}

/** Who works on the thread, and when: taken, handed over, put off. */
export const DeskPanel: FC<Props> = (props) => {
  const { c, matter } = props
  const { text, person } = c.var
  const { thread } = matter
  if (thread.muted || thread.joinedInto !== null || thread.revision === 0) return null
  const mayAssign = whyNotHandle(person, 'assign', thread) === null
  if (!mayAssign && thread.assignment === null && thread.snoozed === null) return null
  return (
    <section class='card desk' aria-labelledby='desk-title'>
      <h2 id='desk-title'>{text.desk.title}</h2>
      <Holder {...props} />
      {mayAssign && <Assigning {...props} />}
      {mayAssign && <Passing {...props} />}
      <Snoozing {...props} />
    </section>
  )
}

const Holder: FC<Props> = ({ c, matter, names }) => {
  const { desk: text } = c.var.text
  const { assignment } = matter.thread
  if (assignment === null) return <p class='help'>{text.nobody}</p>
  const { to, by, how, remark } = assignment
  const own = to === c.var.person.id
  return (
    <>
      <p>
        <strong>{own ? text.own : text.assignedTo(names.get(to) ?? '')}</strong>{' '}
        {how === 'handed' && <small>{text.handedBy(names.get(by ?? '') ?? '')}</small>}
        {how === 'load' && <small>{text.byLoad}</small>}
      </p>
      {remark && <p class='words'>{remark}</p>}
    </>
  )
}

const Assigning: FC<Props> = ({ c, matter, desk }) => {
  const { desk: text } = c.var.text
  const { thread } = matter
  const holder = thread.assignment?.to ?? ''
  const own = holder === c.var.person.id
  const path = `/threads/${thread.id}`
  const others = desk.readers.filter(
    (one) => one.id !== c.var.person.id && one.id !== holder && mayHave(thread, one),
  )
  const from = <input type='hidden' name='from' value={holder} />
  return (
    <>
      <div class='buttons'>
        {!own && (
          <Form c={c} action={`${path}/assignment`} class='inline'>
            {from}
            <button type='submit'>{holder === '' ? text.take : text.takeOver}</button>
          </Form>
        )}
        {holder !== '' && (
          <Form c={c} action={`${path}/release`} class='inline'>
            {from}
            <button type='submit' class='quiet'>
              {text.release}
            </button>
          </Form>
        )}
      </div>
      {others.length > 0 && (
        <details>
          <summary>{text.handOver}</summary>
          <Form c={c} action={`${path}/assignment`}>
            {from}
            <Select id='person' label={text.handTo} options={others.map(optionOf(c, desk))} />
            <Field id='remark' label={text.remark} />
            <p class='help'>{text.lead}</p>
            <button type='submit'>{text.handOver}</button>
          </Form>
        </details>
      )}
    </>
  )
}

/** "Not this one": for who has it, or might get it; nobody else learns of it. */
const Passing: FC<Props> = ({ c, matter, desk }) => {
  const { care: text } = c.var.text
  const { id, assignment } = matter.thread
  const own = assignment?.to === c.var.person.id
  if (desk.passed && !own) return <p class='help'>{text.passedOwn}</p>
  if (assignment !== null && !own) return null
  return (
    <details>
      <summary>{text.pass}</summary>
      <Form c={c} action={`/threads/${id}/passing`}>
        <p class='help'>{text.passLead}</p>
        <button type='submit'>{text.pass}</button>
      </Form>
    </details>
  )
}

function optionOf(c: Ctx, { absent }: DeskShown) {
  return ({ id, name }: Person) => ({
    value: id,
    label: absent.has(id) ? `${name}（${c.var.text.desk.away}）` : name,
  })
}

const Snoozing: FC<Props> = ({ c, matter, names }) => {
  const { text, language, house, person } = c.var
  const { thread } = matter
  const { id, snoozed } = thread
  const mayPutOff = whyNotHandle(person, 'snooze', thread) === null
  if (snoozed !== null && snoozed.until > house.now()) {
    const until = fullTime(snoozed.until, language)
    return (
      <>
        <p class='help'>{text.desk.snoozedUntil(until, names.get(snoozed.by) ?? '')}</p>
        {mayPutOff && (
          <Form c={c} action={`/threads/${id}/waking`}>
            <button type='submit'>{text.desk.wake}</button>
          </Form>
        )}
      </>
    )
  }
  const inQueue = queueRankOf(matter) < rankOutside
  if (!mayPutOff || !inQueue || isUrgent(thread) || thread.disputed) return null
  return <PutOff c={c} threadId={id} />
}

const PutOff: FC<{ c: Ctx; threadId: string }> = ({ c, threadId }) => {
  const { text, house } = c.var
  const { presets } = text.desk
  const day = (days: number) => daysAfter(house.now(), days).slice(0, 10)
  return (
    <details>
      <summary>{text.desk.snooze}</summary>
      <Form c={c} action={`/threads/${threadId}/snooze`}>
        <p class='help'>{text.desk.snoozeLead}</p>
        <Choice
          name='when'
          kind='radio'
          legend={text.desk.snoozeWhen}
          options={[...snoozePresets, 'date' as const].map((value) => ({
            value,
            label: presets[value],
            checked: value === 'tomorrow',
          }))}
        />
        <div class='field'>
          <label for='snooze-date'>{text.desk.snoozeDate}</label>
          <input id='snooze-date' name='date' type='date' min={day(1)} max={day(snoozeDaysMax)} />
        </div>
        <button type='submit'>{text.desk.snoozeDo}</button>
      </Form>
    </details>
  )
}

/** One's own first review, to be taken back as long as nobody has given the second one. */
export const ReviewWithdrawal: FC<{ c: Ctx; threadId: string }> = ({ c, threadId }) => (
  <details>
    <summary>{c.var.text.desk.withdrawReview}</summary>
    <Form c={c} action={`/threads/${threadId}/reviews/withdrawal`}>
      <p class='help'>{c.var.text.desk.withdrawReviewLead}</p>
      <button type='submit'>{c.var.text.desk.withdrawReview}</button>
    </Form>
  </details>
)
