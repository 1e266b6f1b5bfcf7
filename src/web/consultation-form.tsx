import { randomUUID } from 'node:crypto'
import type { FC } from 'hono/jsx'
import { type Wish, wishes } from '../domain/consultation.ts'
import { isCarer, type Person } from '../domain/person.ts'
import type { Ctx } from './env.ts'
import { Banner, Choice, Field, Form } from './parts/fields.tsx'

/** The form on which anybody tells the desk something, with a name or without. */
export const ReportForm: FC<{ c: Ctx; people: readonly Person[] }> = ({ c, people }) => {
  const { consultation: text } = c.var.text
  const desk = people.filter((one) => isCarer(one) && one.id !== c.var.person.id)
  return (
    <section class='card' aria-labelledby='new-title'>
      <h2 id='new-title'>{text.new}</h2>
      {c.var.house.vault.trouble !== null && <Banner tone='caution'>{text.closed}</Banner>}
      {desk.length === 0 && <Banner tone='caution'>{text.hideNobody}</Banner>}
      <Form c={c} action='/consultation'>
        {/* By chance, as an id made from the time would tell it. */}
        <input type='hidden' name='report' value={randomUUID()} />
        <Field id='words' label={text.words} help={text.wordsHelp} rows={6} required />
        <div class='explained'>
          <WishChoice c={c} current='confidential' />
          <p class='help'>{text.wishHelp}</p>
        </div>
        {desk.length > 0 && (
          <div class='explained'>
            <Choice
              name='hide'
              kind='checkbox'
              legend={text.hide}
              row
              options={desk.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <p class='help'>{text.hideHelp}</p>
          </div>
        )}
        <div class='explained'>
          <Choice
            name='who'
            kind='radio'
            legend={text.who}
            options={[
              { value: 'named', label: text.named, checked: true },
              { value: 'anonymous', label: text.anonymous },
            ]}
          />
          <p class='help'>{text.namedHelp}</p>
        </div>
        <Anonymity c={c} />
        <button type='submit' class='primary'>
          {text.send}
        </button>
      </Form>
    </section>
  )
}

/** What being anonymous means here, and what it cannot. */
const Anonymity: FC<{ c: Ctx }> = ({ c }) => {
  const { consultation: text } = c.var.text
  return (
    <details open class='anonymity'>
      <summary>{text.aboutAnonymous}</summary>
      <p>{text.kept}</p>
      <ul>
        {text.keptList.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <p>{text.limits}</p>
      <ul>
        {text.limitsList.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <p>{text.encrypted}</p>
    </details>
  )
}

/** The way back to an anonymous report. */
export const CodeForm: FC<{ c: Ctx }> = ({ c }) => {
  const { consultation: text } = c.var.text
  return (
    <section class='card' aria-labelledby='code-title'>
      <h2 id='code-title'>{text.comeBack}</h2>
      <Form c={c} action='/consultation/code'>
        <Field id='code' label={text.code} required />
        <button type='submit'>{text.open}</button>
      </Form>
    </section>
  )
}

/** Whether a report stays between the two, or becomes an incident. */
export const WishChoice: FC<{ c: Ctx; current: Wish }> = ({ c, current }) => {
  const { consultation: text } = c.var.text
  return (
    <Choice
      name='wish'
      kind='radio'
      legend={text.wishLabel}
      options={wishes.map((value) => ({
        value,
        label: text.wish[value],
        checked: value === current,
      }))}
    />
  )
}
