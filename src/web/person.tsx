import type { FC } from 'hono/jsx'
import type { Person } from '../domain/person.ts'
import type { Factors } from '../domain/session.ts'
import { inviteAgain } from '../flow/invitation.ts'
import { resetFactors } from '../flow/second-factor.ts'
import { disablePerson, endSessionsOf, proposeRights } from '../flow/staff.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Form } from './parts/fields.tsx'
import { rightsWords } from './people.tsx'
import { invitedPage, writing } from './people-mail.tsx'
import { RightsFields, rightsIn } from './people-rights.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** One account, for administrators: what the person may do, and how they come in. */
export function personRoutes(routes: Routes): void {
  routes.get('/people/:id', 'manage_people', personPage)
  routes.post('/people/:id/rights', 'manage_people', async (c) => {
    const wanted = rightsIn(await readForm(c))
    const outcome = await proposeRights(c.var.house, id(c), wanted, c.var.person, writing.notice)
    return answer(c, outcome, '/people', 'rightsProposed')
  })
  routes.post('/people/:id/invitation', 'manage_people', async (c) => {
    const outcome = await inviteAgain(c.var.house, id(c), c.var.person, writing)
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, back(c))
    return invitedPage(c, outcome, (await personOf(c)).email)
  })
  routes.post('/people/:id/factors/removal', 'manage_people', async (c) =>
    answer(c, await resetFactors(c.var.house, id(c), c.var.person), back(c), 'factorsReset'),
  )
  routes.post('/people/:id/sessions/ending', 'manage_people', async (c) =>
    answer(c, await endSessionsOf(c.var.house, id(c), c.var.person), back(c), 'sessionsEnded'),
  )
  routes.post('/people/:id/disabling', 'manage_people', async (c) =>
    answer(c, await disablePerson(c.var.house, id(c), c.var.person), '/people', 'personDisabled'),
  )
}

async function personPage(c: Ctx): Promise<Response> {
  const { text, house, person: self } = c.var
  const one = await personOf(c)
  const mailboxes = await house.store.mailboxes.list()
  const factors = await house.store.factors.of(one.id)
  const words = text.people.person
  const path = `/people/${one.id}`
  return page(
    c,
    one.name,
    <section class='narrow'>
      <h1>{one.name}</h1>
      <p class='address'>{one.email}</p>
      <p>{rightsWords(c, one, mailboxes)}</p>
      <p class='chips'>
        <State c={c} one={one} factors={factors} />
      </p>
      {one.disabledAt === null && (
        <>
          <section class='card' aria-labelledby='rights-title'>
            <h2 id='rights-title'>{words.rights}</h2>
            <p class='help'>{words.rightsLead}</p>
            <Form c={c} action={`${path}/rights`}>
              <RightsFields c={c} mailboxes={mailboxes} rights={one} />
              <button type='submit'>{words.propose}</button>
            </Form>
          </section>
          {one.id !== self.id && (
            <>
              <Act c={c} action={`${path}/invitation`} label={words.again} lead={words.againLead} />
              {(factors.totp || factors.passkeys > 0) && (
                <Act
                  c={c}
                  action={`${path}/factors/removal`}
                  label={words.resetFactors}
                  lead={words.resetLead}
                />
              )}
            </>
          )}
          <Act c={c} action={`${path}/sessions/ending`} label={words.signOut} />
          <Act c={c} action={`${path}/disabling`} label={words.disable} lead={words.disableLead} />
        </>
      )}
    </section>,
  )
}

const State: FC<{ c: Ctx; one: Person; factors: Factors }> = ({ c, one, factors }) => {
  const { state } = c.var.text.people
  if (one.disabledAt !== null) return <span class='chip neutral'>{state.disabled}</span>
  const strong = factors.totp || factors.passkeys > 0
  return <span class='chip neutral'>{strong ? state.strong : state.weak}</span>
}

const Act: FC<{ c: Ctx; action: string; label: string; lead?: string }> = (props) => (
  <details class='card'>
    <summary>{props.label}</summary>
    <Form c={props.c} action={props.action}>
      {props.lead && <p class='help'>{props.lead}</p>}
      <button type='submit'>{props.label}</button>
    </Form>
  </details>
)

async function personOf(c: Ctx): Promise<Person> {
  const one = await c.var.house.store.people.find(id(c))
  if (!one) throw new Missing()
  return one
}

function id(c: Ctx): string {
  return c.req.param('id') ?? ''
}

function back(c: Ctx): string {
  return `/people/${id(c)}`
}
