import type { FC } from 'hono/jsx'
import { lackOf } from '../domain/enough-staff.ts'
import { queueStates } from '../domain/matter.ts'
import { may } from '../domain/person.ts'
import { hasToRead } from '../flow/policy.ts'
import { trySending } from '../flow/trying.ts'
import type { Ctx } from './env.ts'
import { fragment, page } from './frame.tsx'
import { stateOf } from './mailboxes.tsx'
import type { Routes } from './routes.ts'
import {
  Arriving,
  type Facts,
  type Sending,
  type Step,
  StepBody,
  StepView,
} from './setup-steps.tsx'
import { viewOf } from './view.ts'

/** More threads than these are simply many. */
const countMax = 999

/** From nothing to the first mail: what is done, what is next, all on one page (はじめの設定). */
export function setupRoutes(routes: Routes): void {
  routes.get('/setup', 'manage_mailboxes', (c) => setupPage(c))
  routes.post('/setup/sending', 'manage_mailboxes', async (c) =>
    setupPage(c, { failed: await trySending(c.var.house) }),
  )
  routes.get('/setup/mail', 'manage_mailboxes', async (c) =>
    fragment(c, <Arriving c={c} {...(await factsOf(c))} />),
  )
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
    hasRead: !(await hasToRead(house, account)),
  }
}

/** The first step that is open is the next one; a look at notices is never in the way. */
function stepsOf(c: Ctx, facts: Facts): Step[] {
  const isLive = facts.mailboxes.some((one) => stateOf(one) === 'live')
  const stateIf = (done: boolean) => (done ? 'done' : 'open')
  return [
    { key: 'factor', state: stateIf(facts.hasFactor), minutes: 1 },
    { key: 'mailbox', state: stateIf(isLive), minutes: 2 },
    { key: 'sending', state: stateIf(c.var.house.smtp !== null), minutes: 1 },
    { key: 'people', state: stateIf(facts.lack === null), minutes: 1 },
    { key: 'policy', state: stateIf(facts.hasRead), minutes: 2 },
    { key: 'templates', state: 'look', minutes: 1 },
  ]
}

async function setupPage(c: Ctx, sending: Sending | null = null): Promise<Response> {
  const { setup } = c.var.text
  const facts = await factsOf(c)
  const steps = stepsOf(c, facts)
  const done = steps.filter(({ state }) => state === 'done').length
  const all = steps.filter(({ state }) => state !== 'look').length
  const next = steps.find(({ state }) => state === 'open')?.key
  return page(
    c,
    setup.title,
    <section class='setup'>
      <h1>{setup.title}</h1>
      <p class='help'>{setup.lead}</p>
      <p>
        <progress max={all} value={done} aria-label={setup.title} /> {setup.progress(done, all)}
      </p>
      <ol class='setup-steps'>
        {steps.map((step) => (
          <StepView c={c} step={step} next={step.key === next}>
            <StepBody c={c} step={step} facts={facts} sending={sending} />
          </StepView>
        ))}
      </ol>
      {next === undefined && <Ready c={c} />}
    </section>,
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
