import type { Child, FC } from 'hono/jsx'
import { queueStates } from '../domain/matter.ts'
import { may } from '../domain/person.ts'
import { type Lack, lackOf } from '../domain/staff.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { Ctx } from './env.ts'
import { fragment, page } from './frame.tsx'
import { MailboxState, stateOf } from './mailboxes.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Banner, Field } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { Preview } from './template-parts.tsx'
import { viewOf } from './view.ts'

/** More threads than these are simply many. */
const countMax = 999

/** From nothing to the first mail: what is done, what is next, all on one page (はじめの設定). */
export function setupRoutes(routes: Routes): void {
  routes.get('/setup', 'manage_mailboxes', setupPage)
  routes.get('/setup/mail', 'manage_mailboxes', async (c) =>
    fragment(c, <Arriving c={c} {...(await factsOf(c))} />),
  )
}

type Facts = {
  readonly hasFactor: boolean
  readonly mailboxes: readonly Mailbox[]
  readonly threads: number
  readonly lack: Lack | null
  readonly reviewers: number
  readonly supervisors: number
}

/** Nothing of the way is kept anywhere: each step is done when what it asks for is there. */
async function factsOf(c: Ctx): Promise<Facts> {
  const { house, account } = c.var
  const { store } = house
  const { queue } = viewOf(c, 'manage_mailboxes')
  const staff = (await store.people.list()).filter(({ disabledAt }) => disabledAt === null)
  const { totp, passkeys } = await store.factors.of(account.id)
  return {
    hasFactor: totp || passkeys > 0 || house.secondFactor === 'nobody',
    mailboxes: await store.mailboxes.list(),
    threads: await queue.countUpTo({ states: queueStates }, countMax),
    lack: lackOf(staff),
    reviewers: staff.filter((one) => may(one, 'review')).length,
    supervisors: staff.filter((one) => may(one, 'confirm')).length,
  }
}

type StepKey = 'factor' | 'mailbox' | 'sending' | 'people' | 'policy' | 'templates'
type Step = { readonly key: StepKey; readonly done: boolean; readonly minutes: number }

/** The first step that is open is the next one; a look at policy and notices is never in the way. */
function stepsOf(c: Ctx, facts: Facts): Step[] {
  return [
    { key: 'factor', done: facts.hasFactor, minutes: 1 },
    { key: 'mailbox', done: facts.mailboxes.some((one) => stateOf(one) === 'live'), minutes: 2 },
    { key: 'sending', done: c.var.house.mailsOut, minutes: 1 },
    { key: 'people', done: facts.lack === null, minutes: 1 },
    { key: 'policy', done: true, minutes: 1 },
    { key: 'templates', done: true, minutes: 1 },
  ]
}

async function setupPage(c: Ctx): Promise<Response> {
  const { setup } = c.var.text
  const facts = await factsOf(c)
  const steps = stepsOf(c, facts)
  const done = steps.filter((step) => step.done).length
  const next = steps.find((step) => !step.done)?.key
  return page(
    c,
    setup.title,
    <section class='setup'>
      <h1>{setup.title}</h1>
      <p class='help'>{setup.lead}</p>
      <p>
        <progress max={steps.length} value={done} aria-label={setup.title} />{' '}
        {setup.progress(done, steps.length)}
      </p>
      <ol class='setup-steps'>
        {steps.map((step) => (
          <StepView c={c} step={step} next={step.key === next}>
            <StepBody c={c} step={step} facts={facts} />
          </StepView>
        ))}
      </ol>
      {next === undefined && <Ready c={c} />}
    </section>,
  )
}

/** A step with its state: done, next, or still to come. */
export const StepView: FC<{ c: Ctx; step: Step; next: boolean; children?: Child }> = (props) => {
  const { c, step, next, children } = props
  const { setup } = c.var.text
  const state = step.done ? 'done' : next ? 'next' : 'later'
  const tone = { done: 'calm', next: 'accent', later: 'neutral' }[state]
  return (
    <li class='card' aria-current={next ? 'step' : undefined}>
      <header class='title-row'>
        <h2>{setup[step.key]}</h2>
        <span>
          {!step.done && <small class='faint'>{setup.minutes(step.minutes)}</small>}{' '}
          <span class={`chip ${tone}`}>{setup.state[state]}</span>
        </span>
      </header>
      {children}
    </li>
  )
}

type BodyProps = { c: Ctx; step: Step; facts: Facts }

const StepBody: FC<BodyProps> = ({ c, step, facts }) => {
  const { setup } = c.var.text
  switch (step.key) {
    case 'factor':
      return step.done ? null : (
        <Task lead={setup.factorLead} href='/account' words={setup.factorDo} />
      )
    case 'mailbox':
      return <MailboxStep c={c} facts={facts} />
    case 'sending':
      return <p class='help'>{step.done ? setup.sendingOn : setup.sendingOff}</p>
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
const Arriving: FC<Facts & { c: Ctx }> = ({ c, mailboxes, threads }) => {
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
    <details>
      <summary>{inLanguage(company, language)}</summary>
      <p class='help'>{setup.policyLead}</p>
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
  )
}

const TemplateStep: FC<{ c: Ctx }> = ({ c }) => {
  const { text, house } = c.var
  const names = ['suspension.ja', 'suspension.en'] as const
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

const Ready: FC<{ c: Ctx }> = ({ c }) => {
  const { text, account } = c.var
  const { setup } = text
  const places = [
    ['/queue', 'read'],
    ['/rules', 'see_rules'],
    ['/settings', 'own_settings'],
  ] as const
  return (
    <section class='card'>
      <h2>{setup.ready}</h2>
      <p>{setup.readyLead}</p>
      <ul>
        {places.map(([path, action], at) =>
          may(account, action) ? (
            <li>
              <a href={path}>{setup.readyNext[at]}</a>
            </li>
          ) : null,
        )}
      </ul>
    </section>
  )
}
