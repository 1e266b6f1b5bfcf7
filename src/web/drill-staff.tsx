import type { FC } from 'hono/jsx'
import { dayOf } from '../domain/business-day.ts'
import { agreementLeast } from '../domain/drill.ts'
import type { Person } from '../domain/person.ts'
import { dayText } from '../text/text.ts'
import type { TrainingRecord } from './drill-records.tsx'
import type { Ctx } from './env.ts'
import { Choice, Field, Form, Select } from './parts/fields.tsx'
import { Figures } from './parts/figures.tsx'

/** Where each person stands, in the order of names: no ranking. */
export const Status: FC<{
  c: Ctx
  people: readonly Person[]
  records: readonly TrainingRecord[]
}> = ({ c, people, records }) => {
  const { drills: words } = c.var.text
  const { head } = words
  return (
    <section class='card' aria-labelledby='status-title'>
      <h2 id='status-title'>{words.status}</h2>
      <p class='help'>{words.statusLead(agreementLeast)}</p>
      <Figures
        title={words.status}
        words={c.var.text.reports.table}
        head={[head.name, head.completed, head.last, head.agreed, head.elsewhere]}
        rows={people.map((person) => statusOf(c, person, records))}
        class='training'
      />
    </section>
  )
}

function statusOf(c: Ctx, person: Person, records: readonly TrainingRecord[]) {
  const { language, text } = c.var
  const mine = records.filter((one) => one.person.id === person.id)
  const drills = mine.flatMap((one) => ('drill' in one ? [one] : []))
  const answered = sum(drills.map(({ drill }) => drill.answered))
  const agreed = sum(drills.map(({ drill }) => drill.agreed))
  const last = drills[0] ? dayText(drills[0].on, language) : ''
  const share = answered < agreementLeast ? '' : text.drills.share(agreed, answered)
  return [person.name, drills.length, last, share, mine.length - drills.length]
}

type Option = { readonly value: string; readonly label: string }

/** A supervisor starts a drill for somebody. */
export const Giving: FC<{ c: Ctx; people: readonly Person[]; packs: readonly Option[] }> = (
  props,
) => {
  const { c, people, packs } = props
  const { drills: words } = c.var.text
  return (
    <section class='card narrow' aria-labelledby='give-title'>
      <h2 id='give-title'>{words.give}</h2>
      <Form c={c} action='/drills/records/drills'>
        <Select
          id='person'
          label={words.giveWho}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Select id='pack' label={words.givePack} options={packs} />
        <button type='submit'>{words.giveDo}</button>
      </Form>
    </section>
  )
}

/** Training that was held elsewhere: when, what, and who took part. */
export const Elsewhere: FC<{ c: Ctx; people: readonly Person[] }> = ({ c, people }) => {
  const { drills: words } = c.var.text
  return (
    <section class='card narrow' aria-labelledby='elsewhere-title'>
      <h2 id='elsewhere-title'>{words.elsewhere}</h2>
      <Form c={c} action='/drills/records'>
        <Field id='title' label={words.elsewhereTitle} required />
        <Field
          id='day'
          label={words.elsewhereDay}
          type='date'
          value={dayOf(c.var.house.now())}
          required
        />
        <Choice
          name='person'
          kind='checkbox'
          legend={words.elsewhereWho}
          pairs
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <button type='submit'>{words.elsewhereDo}</button>
      </Form>
    </section>
  )
}

function sum(figures: readonly number[]): number {
  return figures.reduce((all, one) => all + one, 0)
}
