import type { Child, FC } from 'hono/jsx'
import type { Lack } from '../domain/enough-staff.ts'
import { may } from '../domain/person.ts'
import { providerAt } from '../domain/provider.ts'
import type { Failed } from '../flow/trying.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { Ctx } from './env.ts'
import { ConnectionView } from './mailbox-connection.tsx'
import { MailboxState, stateOf } from './mailboxes.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'
import { Preview } from './template-parts.tsx'

/** What there is of a house, by which each step is done or not. */
export type Facts = {
  readonly hasFactor: boolean
  readonly mailboxes: readonly Mailbox[]
  readonly threads: number
  readonly lack: Lack | null
  readonly reviewers: number
  readonly supervisors: number
  /** Who sets it up has read the policy as it is in force. */
  readonly hasRead: boolean
}

type StepKey = 'factor' | 'mailbox' | 'sending' | 'people' | 'policy' | 'templates'
/** A step is done or not; `look` is one that is never in the way. */
export type Step = {
  readonly key: StepKey
  readonly state: 'done' | 'open' | 'look'
  readonly minutes: number
}

/** A step with its state: done, next, or still to come. */
export const StepView: FC<{ c: Ctx; step: Step; next: boolean; children?: Child }> = (props) => {
  const { c, step, next, children } = props
  const { setup } = c.var.text
  const state = step.state === 'open' ? (next ? 'next' : 'later') : step.state
  const tone = { done: 'calm', next: 'accent', later: 'neutral', look: 'neutral' }[state]
  return (
    <li class='card' aria-current={next ? 'step' : undefined}>
      <header class='title-row'>
        <h2>{setup[step.key]}</h2>
        <span>
          {step.state !== 'done' && <small class='faint'>{setup.minutes(step.minutes)}</small>}{' '}
          <span class={`chip ${tone}`}>{setup.state[state]}</span>
        </span>
      </header>
      {children}
    </li>
  )
}

type BodyProps = { c: Ctx; step: Step; facts: Facts; sending: Sending | null }

/** What came of trying to reach the server that takes our mail; null: it took our sign-in. */
export type Sending = { readonly failed: Failed | null }

/** What a step says, and the way to do it. */
export const StepBody: FC<BodyProps> = ({ c, step, facts, sending }) => {
  const { setup } = c.var.text
  switch (step.key) {
    case 'factor':
      return step.state === 'done' ? null : (
        <Task lead={setup.factorLead} href='/account' words={setup.factorDo} />
      )
    case 'mailbox':
      return <MailboxStep c={c} facts={facts} />
    case 'sending':
      return <SendingStep c={c} facts={facts} sending={sending} />
    case 'people':
      return <PeopleStep c={c} facts={facts} />
    case 'policy':
      return <PolicyStep c={c} />
    case 'templates':
      return <TemplateStep c={c} />
  }
}

const Task: FC<{ lead: string; href: string; words: string; children?: Child }> = (props) => (
  <>
    <p class='help'>{props.lead}</p>
    {props.children}
    <p>
      <a class='button' href={props.href}>
        {props.words}
      </a>
    </p>
  </>
)

const MailboxStep: FC<{ c: Ctx; facts: Facts }> = ({ c, facts }) => {
  const { setup } = c.var.text
  if (facts.mailboxes.length > 0) return <Arriving c={c} {...facts} />
  return (
    <form method='get' action='/mailboxes/new' class='stack'>
      {c.var.house.vault.trouble !== null && (
        <Banner tone='caution'>{c.var.text.mailboxes.noKey}</Banner>
      )}
      <p class='help'>{setup.mailboxLead}</p>
      <Field id='address' type='email' label={setup.mailboxAddress} required />
      <button type='submit' class='primary'>
        {setup.mailboxDo}
      </button>
    </form>
  )
}

/** The mailboxes as they fare, and what came in: it asks for itself again every few seconds. */
export const Arriving: FC<Facts & { c: Ctx }> = ({ c, mailboxes, threads }) => {
  const { setup } = c.var.text
  const isLive = mailboxes.some((one) => stateOf(one) === 'live')
  return (
    <div class='stack' hx-get='/setup/mail' hx-trigger='every 5s' hx-swap='outerHTML'>
      {mailboxes.map((mailbox) => (
        <MailboxState c={c} mailbox={mailbox} />
      ))}
      {threads > 0 && <Banner tone='calm'>{setup.mailboxArrived(threads)}</Banner>}
      {threads === 0 && isLive && <p class='help'>{setup.mailboxWaiting}</p>}
      <p>
        <a href='/mailboxes'>{setup.mailboxMore}</a>
      </p>
    </div>
  )
}

const SendingStep: FC<Omit<BodyProps, 'step'>> = ({ c, facts, sending }) => {
  const { text, house } = c.var
  const { setup } = text
  if (!house.smtp) {
    return (
      <>
        <p class='help'>{setup.sendingOff}</p>
        <pre class='setting'>{settingsFor(facts.mailboxes[0])}</pre>
        <p class='help'>{setup.sendingAfter}</p>
      </>
    )
  }
  const { host, port } = house.smtp
  return (
    <>
      <p class='help'>{setup.sendingOn(`${host}:${port}`)}</p>
      {sending && <SendingTried c={c} sending={sending} />}
      <Form c={c} action='/setup/sending' class='inline'>
        <button type='submit'>{setup.sendingTry}</button>
      </Form>
    </>
  )
}

const SendingTried: FC<{ c: Ctx; sending: Sending }> = ({ c, sending: { failed } }) => {
  const { text } = c.var
  if (failed) return <ConnectionView c={c} connection={failed} />
  return <Banner tone='calm'>{text.setup.sendingWorks}</Banner>
}

/** The lines that the settings lack, as far as the mailbox's own service says them. */
function settingsFor(mailbox: Mailbox | undefined): string {
  const account = mailbox?.account
  const { sending } = (account && providerAt(account)) ?? {}
  return [
    `SMTP_HOST=${sending?.host ?? ''}`,
    `SMTP_PORT=${sending?.port ?? 587}`,
    `SMTP_TLS=${sending?.tls ? 'yes' : 'no'}`,
    `SMTP_USER=${account?.user ?? ''}`,
    'SMTP_PASSWORD=',
  ].join('\n')
}

const PeopleStep: FC<{ c: Ctx; facts: Facts }> = ({ c, facts }) => {
  const { setup } = c.var.text
  const { lack, reviewers, supervisors } = facts
  return (
    <Task lead={setup.peopleLead} href='/people/new' words={setup.peopleDo}>
      <p>
        {setup.peopleNow(reviewers, supervisors)}{' '}
        {lack && <strong>{setup.peopleLack[lack]}</strong>}
      </p>
    </Task>
  )
}

const PolicyStep: FC<{ c: Ctx }> = ({ c }) => {
  const { text, language, house } = c.var
  const { setup } = text
  const { company, version, url, objection, suspension } = house.policy
  const { days, reviewAfterDays } = suspension
  return (
    <Task lead={setup.policyLead} href='/policy' words={setup.policyDo}>
      <details>
        <summary>{inLanguage(company, language)}</summary>
        <dl class='facts'>
          <dt>{setup.policyCompany}</dt>
          <dd>
            {company.ja} / {company.en}
          </dd>
          <dt>{setup.policyVersion}</dt>
          <dd>{version}</dd>
          <dt>{setup.policyUrl}</dt>
          <dd class='address'>{url}</dd>
          <dt>{setup.policyObjection}</dt>
          <dd>{inLanguage(objection, language)}</dd>
          <dt>{setup.policyDays}</dt>
          <dd>{setup.policyDaysOf(days, reviewAfterDays)}</dd>
        </dl>
        {may(c.var.account, 'see_rules') && <a href='/rules'>{setup.policyOpen}</a>}
      </details>
    </Task>
  )
}

const TemplateStep: FC<{ c: Ctx }> = ({ c }) => {
  const { text, house } = c.var
  const kinds = ['warning', 'suspension', 'lifting'] as const
  const names = kinds.map((kind) => `${kind}.${c.var.language}` as const)
  return (
    <details>
      <summary>{text.setup.templatesLead}</summary>
      {names.map((name) => (
        <Preview c={c} name={name} text={house.templates.text(name)} />
      ))}
      <p>
        <a href='/templates'>{text.setup.templatesOpen}</a>
      </p>
    </details>
  )
}
