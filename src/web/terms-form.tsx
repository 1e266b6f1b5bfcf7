import type { FC } from 'hono/jsx'
import { type Action, reachOf } from '../domain/person.ts'
import {
  answerDaysMax,
  answerDaysMin,
  digestRhythms,
  openTopics,
  type Terms,
} from '../domain/terms.ts'
import type { Ctx } from './env.ts'
import type { Form } from './forms.ts'
import { Choice, Field, Select } from './parts/fields.tsx'

type TermsProps = {
  c: Ctx
  terms: Terms | null
  /** Null where the scope is not to be chosen any more. */
  scopeFor: Action | null
}

/** What a suspension covers and leaves open. */
export const TermsFields: FC<TermsProps> = ({ c, terms, scopeFor }) => {
  const { steps: text } = c.var.text
  const open = terms?.openTopics ?? openTopics
  return (
    <fieldset class='terms'>
      <legend>{text.terms}</legend>
      <p class='help'>{text.termsLead}</p>
      {scopeFor && <ScopeChoice c={c} action={scopeFor} />}
      <Choice
        name='openTopic'
        kind='checkbox'
        legend={text.openTopics}
        options={openTopics.map((value) => ({
          value,
          label: text.topic[value],
          checked: open.includes(value),
        }))}
      />
      <Field id='openLine' label={text.openLine} value={terms?.openLine ?? ''} />
      <Field id='openAddress' label={text.openAddress} value={terms?.openAddress ?? ''} />
      <Select
        id='digest'
        label={text.digestLabel}
        options={digestRhythms.map((value) => ({
          value,
          label: text.digestRhythm[value],
          checked: value === (terms?.digest ?? 'weekly'),
        }))}
      />
      <div class='field'>
        <label for='answerDays'>{text.answerDays}</label>
        <p class='help' id='answerDays-help'>
          {text.answerDaysHelp}
        </p>
        <input
          id='answerDays'
          name='answerDays'
          type='number'
          min={answerDaysMin}
          max={answerDaysMax}
          value={terms?.answerDays ?? ''}
          aria-describedby='answerDays-help'
        />
      </div>
    </fieldset>
  )
}

const ScopeChoice: FC<{ c: Ctx; action: Action }> = ({ c, action }) => {
  const { steps: text } = c.var.text
  const everywhere = reachOf(c.var.account, action) === 'all'
  const offered = everywhere ? (['mailbox', 'all'] as const) : (['mailbox'] as const)
  return (
    <>
      <Choice
        name='scope'
        kind='radio'
        legend={text.scopeLabel}
        options={offered.map((value) => ({
          value,
          label: text.scope[value],
          checked: value === 'mailbox',
        }))}
      />
      {!everywhere && <p class='help'>{text.scopeOnlyHere}</p>}
    </>
  )
}

/** The terms that a form states; the domain says what is wrong with them. */
export function termsIn(form: Form): Terms {
  const days = form.text('answerDays', 8)
  return {
    scope: form.text('scope') === 'all' ? 'all' : 'mailbox',
    mailboxId: null,
    openTopics: openTopics.filter((topic) => form.all('openTopic').includes(topic)),
    openLine: form.text('openLine', 400),
    openAddress: form.text('openAddress', 400),
    digest: digestRhythms.find((one) => one === form.text('digest')) ?? 'off',
    answerDays: days === '' ? null : Number(days),
  }
}

/** The terms in words. */
export const TermsFacts: FC<{ c: Ctx; terms: Terms }> = ({ c, terms }) => {
  const { steps: text } = c.var.text
  const { scope, openLine, openAddress, digest, answerDays } = terms
  return (
    <dl class='facts stacked'>
      <dt>{text.scopeLabel}</dt>
      <dd>{text.scope[scope]}</dd>
      <dt>{text.openTopics}</dt>
      <dd>
        <ul>
          {terms.openTopics.map((topic) => (
            <li>{text.topic[topic]}</li>
          ))}
          {openLine && <li>{openLine}</li>}
          {openAddress && <li>{text.notice.address(openAddress)}</li>}
        </ul>
      </dd>
      <dt>{text.digestLabel}</dt>
      <dd>{text.digestRhythm[digest]}</dd>
      <dt>{text.answerPreview}</dt>
      <dd>{answerDays === null ? text.answerNever : text.answerEvery(answerDays)}</dd>
    </dl>
  )
}
