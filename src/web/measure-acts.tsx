import type { FC } from 'hono/jsx'
import { proposersOf } from '../domain/involved.ts'
import { may } from '../domain/person.ts'
import { daysAfter } from '../domain/time.ts'
import type { Ctx } from './env.ts'
import { GateFields } from './gate-form.tsx'
import type { MeasureView } from './measure.tsx'
import { LookForm } from './measure-mute.tsx'
import { Field, Form } from './parts/fields.tsx'
import { TermsFields } from './terms-form.tsx'

/** What the person can do now; where they cannot, the reason. */
export const MeasureActs: FC<MeasureView> = (view) => {
  const { c, measure, matter } = view
  const { text, person } = c.var
  if (matter.thread.targets.includes(person.id)) {
    return <p class='help'>{text.refused.is_target}</p>
  }
  const involved = proposersOf(matter, measure).includes(person.id)
  const waiting = measure.state === 'proposed' || measure.state === 'not_announced'
  if (waiting && may(person, 'confirm') && involved) {
    return <p class='help'>{text.refused.involved_cannot_confirm}</p>
  }
  const path = `/measures/${measure.id}`
  return (
    <>
      {measure.state === 'proposed' && may(person, 'confirm') && <ConfirmForm {...view} />}
      {waiting && may(person, 'confirm') && (
        <ReasonedAct c={c} action={`${path}/refusal`} label={text.decline} />
      )}
      {measure.state === 'in_force' && measure.kind === 'suspension' && <InForceActs {...view} />}
    </>
  )
}

const ConfirmForm: FC<MeasureView> = ({ c, measure, notice, answer, known }) => {
  const { text } = c.var
  return (
    <section class='card' aria-labelledby='confirm-title'>
      <h2 id='confirm-title'>{text.confirm}</h2>
      <Form c={c} action={`/measures/${measure.id}/confirmation`}>
        <p class='help'>{text.confirmLead}</p>
        <input type='hidden' name='shown' value={notice.sha256} />
        {answer && <input type='hidden' name='shownAnswer' value={answer.sha256} />}
        <GateFields c={c} known={known} at='confirm' />
        <Field id='reason' label={text.reason} rows={3} required />
        <button type='submit' class='grave'>
          {text.confirm}
        </button>
      </Form>
    </section>
  )
}

const InForceActs: FC<MeasureView> = (view) => {
  const { c, measure, matter } = view
  const { text, person, house } = c.var
  const involved = proposersOf(matter, measure).includes(person.id)
  if (involved) {
    return may(person, 'lift') ? <p class='help'>{text.refused.involved_cannot_lift}</p> : null
  }
  const fresh = measure.confirmer !== person.id
  const { remindDays } = house.policy.suspension
  const near = house.now() >= daysAfter(measure.reviewAt ?? '', -remindDays)
  const objected = measure.objections.some(({ outcome }) => outcome === null)
  const renewable = near && fresh && !objected
  return (
    <>
      {fresh && near && !objected && may(person, 'review_suspension') && (
        <details class='card'>
          <summary>{text.steps.review}</summary>
          <LookForm {...view} objectionId={null} />
        </details>
      )}
      {renewable && may(person, 'renew') && <RenewForm {...view} />}
      {may(person, 'lift') && (
        <ReasonedAct
          c={c}
          action={`/measures/${measure.id}/lifting`}
          label={text.lift}
          lead={text.liftLead}
        />
      )}
    </>
  )
}

const RenewForm: FC<MeasureView> = ({ c, measure, known }) => {
  const { text } = c.var
  return (
    <details class='card'>
      <summary>{text.steps.renew}</summary>
      <Form c={c} action={`/measures/${measure.id}/renewal`}>
        <p class='help'>{text.steps.renewLead}</p>
        <GateFields c={c} known={known} at='renew' />
        <TermsFields c={c} terms={measure.terms} scopeFor={null} />
        <Field id='renewReason' name='reason' label={text.reason} rows={3} required />
        <button type='submit'>{text.steps.renew}</button>
      </Form>
    </details>
  )
}

const ReasonedAct: FC<{ c: Ctx; action: string; label: string; lead?: string }> = (props) => (
  <details class='card'>
    <summary>{props.label}</summary>
    <Form c={props.c} action={props.action}>
      {props.lead && <p class='help'>{props.lead}</p>}
      <div class='field'>
        <label>
          {props.c.var.text.reason}
          <textarea name='reason' rows={2} required />
        </label>
      </div>
      <button type='submit'>{props.label}</button>
    </Form>
  </details>
)
