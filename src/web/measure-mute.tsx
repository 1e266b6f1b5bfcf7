import type { FC } from 'hono/jsx'
import type { Category } from '../domain/category.ts'
import {
  type Objection,
  objectionWays,
  openObjection,
  reviewOutcomes,
} from '../domain/objection.ts'
import { may } from '../domain/person.ts'
import type { MeasureView } from './measure.tsx'
import { SeverityChip, Time } from './parts/chips.tsx'
import { Choice, Field, Form, Select } from './parts/fields.tsx'

/** Objections to a suspension, and what can be done about the one that waits. */
export const Objections: FC<MeasureView> = (view) => {
  const { c, measure } = view
  const { steps: text } = c.var.text
  const { person } = c.var
  if (measure.kind !== 'suspension' || measure.announcedAt === null) return null
  const open = openObjection(measure)
  const records = measure.state === 'in_force' && !open && may(person, 'record_objection')
  return (
    <section class='card' aria-labelledby='objections-title'>
      <h2 id='objections-title'>{text.objections}</h2>
      <ul class='reviews'>
        {measure.objections.map((one) => (
          <ObjectionLine {...view} objection={one} />
        ))}
      </ul>
      {open && measure.state === 'in_force' && <Deciding {...view} objectionId={open.id} />}
      {records && (
        <details>
          <summary>{text.objectionNew}</summary>
          <Form c={c} action={`/measures/${measure.id}/objections`}>
            <p class='help'>{text.objectionLead}</p>
            <Select
              id='way'
              label={text.objectionWay}
              options={objectionWays
                .filter((way) => way !== 'mail')
                .map((value) => ({ value, label: text.objectionWayName[value] }))}
            />
            <Field id='note' label={text.objectionNote} rows={4} required />
            <button type='submit'>{text.objectionNew}</button>
          </Form>
        </details>
      )}
    </section>
  )
}

const ObjectionLine: FC<MeasureView & { objection: Objection }> = (props) => {
  const { c, measure, names, objection } = props
  const { steps: text } = c.var.text
  const { outcome, messageId, note, reason } = objection
  return (
    <li>
      <p class='step-head'>
        <span class='chip neutral'>{text.objectionWayName[objection.way]}</span>
        <Time c={c} at={objection.receivedAt} exact />
        <span class={`chip ${outcome === null ? 'caution' : 'calm'}`}>
          {outcome === null ? text.objectionOpen : text.outcome[outcome]}
        </span>
      </p>
      {note && <p class='words'>{note}</p>}
      {messageId && (
        <a href={`/threads/${measure.threadId}#m-${messageId}`}>{text.objectionMail}</a>
      )}
      {outcome !== null && (
        <small>
          {names.get(objection.decidedBy ?? '') ?? ''}: {reason}
        </small>
      )}
    </li>
  )
}

const Deciding: FC<MeasureView & { objectionId: string }> = (props) => {
  const { c, measure, matter } = props
  const { text, person } = c.var
  if (!may(person, 'review_suspension')) return <p class='help'>{text.steps.ask.objection}</p>
  if (measure.confirmer === person.id) {
    return <p class='help'>{text.refused.confirmer_cannot_decide}</p>
  }
  if (matter.thread.targets.includes(person.id)) return null
  return (
    <details open>
      <summary>{text.steps.decide}</summary>
      <LookForm {...props} />
    </details>
  )
}

/** Keep, shorten or lift. */
export const LookForm: FC<MeasureView & { objectionId: string | null }> = (props) => {
  const { c, measure, objectionId } = props
  const { text } = c.var
  const { steps } = text
  const last = (measure.endsAt ?? '').slice(0, 10)
  return (
    <Form c={c} action={`/measures/${measure.id}/review`}>
      <p class='help'>{steps.reviewLead}</p>
      {objectionId && <input type='hidden' name='objection' value={objectionId} />}
      <Choice
        name='outcome'
        kind='radio'
        legend={steps.outcomeLabel}
        options={reviewOutcomes.map((value) => ({ value, label: steps.outcome[value] }))}
      />
      <div class='field'>
        <label for='endsOn'>{steps.newEnd}</label>
        <input id='endsOn' name='endsOn' type='date' max={last} />
      </div>
      <Field id='lookReason' name='reason' label={text.reason} rows={3} required />
      <button type='submit' class='primary'>
        {steps.decide}
      </button>
    </Form>
  )
}

/** Figures of muted mail: counts, categories, the highest severity, and no word of it. */
export const Digests: FC<MeasureView> = ({ c, digests }) => {
  const { text } = c.var
  const { steps } = text
  if (digests.length === 0) return null
  return (
    <section class='card' aria-labelledby='digests-title'>
      <h2 id='digests-title'>{steps.digests}</h2>
      <p class='help'>{steps.digestsLead}</p>
      <ol class='steps'>
        {digests.map(({ since, until, mails, alerts, severity, categories }) => (
          <li>
            <p class='step-head'>
              <Time c={c} at={since} exact /> – <Time c={c} at={until} exact />
            </p>
            {mails === 0 ? (
              <p class='help'>{steps.digestNone}</p>
            ) : (
              <p class='chips'>
                <span class='chip neutral'>{steps.digestMails(mails)}</span>
                <SeverityChip text={text} severity={severity} />
                <span class='chip neutral'>{steps.digestAlerts(alerts)}</span>
                {Object.entries(categories).map(([code, n]) => (
                  <span class='chip shielded'>
                    {text.category[code as Category]} {n}
                  </span>
                ))}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
