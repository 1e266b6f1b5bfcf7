import type { FC } from 'hono/jsx'
import type { Known } from '../domain/gate.ts'
import { ladderOf } from '../domain/ladder.ts'
import type { Matter } from '../domain/matter.ts'
import { may } from '../domain/person.ts'
import { isMuted } from '../domain/sender.ts'
import { harassmentOf } from '../domain/thread.ts'
import { fairRequestsIn } from '../flow/known.ts'
import type { Ctx } from './env.ts'
import { GateFields } from './gate-form.tsx'
import { Time } from './parts/chips.tsx'
import { Choice, Field, Form } from './parts/fields.tsx'
import { TermsFields } from './terms-form.tsx'
import type { ThreadShown } from './thread-review.tsx'

/** Warnings and suspensions that came from this thread, and the form to propose one. */
export const MeasurePanel: FC<ThreadShown> = ({ c, matter, record, names }) => {
  const { text, person } = c.var
  const here = matter.sender.measures.filter(({ threadId }) => threadId === matter.thread.id)
  const pending = matter.sender.measures.some(({ state }) =>
    ['proposed', 'confirmed'].includes(state),
  )
  const suspended =
    isMuted(matter.sender, c.var.house.now(), matter.thread.mailboxId) ||
    matter.sender.measures.some(
      ({ kind, state }) => kind === 'suspension' && ['proposed', 'confirmed'].includes(state),
    )
  if (!harassmentOf(matter.thread) && here.length === 0) return null
  const flags = matter.thread.assessed?.flags ?? []
  const known = { fairRequests: fairRequestsIn(record), flags, representative: false }
  return (
    <section class='card' aria-labelledby='measure-title'>
      <h2 id='measure-title'>{text.measuresTitle}</h2>
      <ul class='reviews'>
        {here.map(({ id, kind, state, proposer, announcedAt }) => (
          <li>
            <a href={`/measures/${id}`}>{text.measureKind[kind]}</a>{' '}
            <span class='chip neutral'>{text.measureState[state]}</span>
            <small>
              {text.proposedBy}: {names.get(proposer) ?? ''}
              {announcedAt && (
                <>
                  {' · '}
                  <Time c={c} at={announcedAt} />
                </>
              )}
            </small>
          </li>
        ))}
      </ul>
      {may(person, 'propose') && harassmentOf(matter.thread) && !suspended && (
        <details open={!pending}>
          <summary>{text.propose}</summary>
          <ProposalForm c={c} matter={matter} known={known} />
        </details>
      )}
    </section>
  )
}

const ProposalForm: FC<{ c: Ctx; matter: Matter; known: Known }> = ({ c, matter, known }) => {
  const { text } = c.var
  const ladder = ladderOf(matter)
  const said = (is: boolean) => (is ? text.ladderDone : text.ladderNotDone)
  return (
    <Form c={c} action={`/threads/${matter.thread.id}/measures`} class='stack propose'>
      <p class='help'>{text.proposeLead}</p>
      <dl class='ladder'>
        <dt>{text.ladderExplained}</dt>
        <dd>{said(ladder.explained)}</dd>
        <dt>{text.ladderWarned}</dt>
        <dd>{said(ladder.warned)}</dd>
      </dl>
      {ladder.maySkip && <p class='help'>{text.ladderSkippable}</p>}
      <Choice
        name='kind'
        kind='radio'
        legend={text.ladder}
        options={[
          { value: 'warning', label: text.measureWarning, checked: !ladder.warned },
          { value: 'suspension', label: text.measureSuspension, checked: ladder.warned },
        ]}
      />
      <Field id='measureReason' label={text.reason} help={text.reasonHelp} rows={3} />
      {!ladder.warned && !ladder.maySkip && <Field id='skipWarning' label={text.skipWarning} />}
      {!ladder.explained && !ladder.maySkip && (
        <Field id='skipExplanation' label={text.steps.skipExplanation} />
      )}
      <GateFields c={c} known={known} at='propose' />
      <TermsFields c={c} terms={null} scopeFor='propose' />
      <button type='submit' class='primary'>
        {text.proposeDo}
      </button>
    </Form>
  )
}
