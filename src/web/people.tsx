import type { FC } from 'hono/jsx'
import { may, type Person } from '../domain/person.ts'
import type { Grant } from '../domain/staff.ts'
import { inviteMember } from '../flow/invitation.ts'
import { declineRights, secondRights } from '../flow/staff.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'
import { invitedPage, writing } from './people-mail.tsx'
import { RightsFields, rightsIn } from './people-rights.tsx'
import { personRoutes } from './person.tsx'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** Everybody who works here: seen by those who answer for it, changed by two administrators. */
export function peopleRoutes(routes: Routes): void {
  routes.get('/people', 'see_people', listPage)
  routes.get('/people/new', 'manage_people', newPage)
  routes.post('/people', 'manage_people', add)
  routes.post('/grants/:id/approval', 'manage_people', async (c) => {
    const outcome = await secondRights(c.var.house, c.req.param('id') ?? '', c.var.person)
    return answer(c, outcome, '/people', 'rightsGranted')
  })
  routes.post('/grants/:id/refusal', 'object_to_rights', async (c) => {
    const outcome = await declineRights(c.var.house, c.req.param('id') ?? '', c.var.person)
    return answer(c, outcome, '/people', 'rightsDeclined')
  })
  personRoutes(routes)
}

async function add(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const { house, person } = c.var
  const given = {
    name: form.text('name', 200),
    email: form.text('email', 254),
    rights: rightsIn(form),
  }
  const outcome = await inviteMember(house, given, person, writing)
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, '/people/new')
  return invitedPage(c, outcome, given.email)
}

async function newPage(c: Ctx): Promise<Response> {
  const { text, house } = c.var
  const { invite } = text.people
  const mailboxes = await house.store.mailboxes.list()
  return page(
    c,
    invite.title,
    <section class='narrow'>
      <h1>{invite.title}</h1>
      <p class='help'>{invite.lead}</p>
      <Form c={c} action='/people'>
        <Field id='name' label={invite.name} required />
        <Field id='email' label={text.email} type='email' required />
        <RightsFields c={c} mailboxes={mailboxes} rights={{ roles: ['reviewer'], within: {} }} />
        <button type='submit' class='primary'>
          {invite.do}
        </button>
      </Form>
    </section>,
  )
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house, person } = c.var
  const { staff } = await house.store.staff.load()
  const mailboxes = await house.store.mailboxes.list()
  const invited = new Set(await house.store.people.withoutPassword())
  return page(
    c,
    text.people.title,
    <section>
      <div class='title-row'>
        <h1>{text.people.title}</h1>
        {may(person, 'manage_people') && (
          <a class='button' href='/people/new'>
            {text.people.add}
          </a>
        )}
      </div>
      <p class='help'>{text.people.lead}</p>
      {staff.waiting.map((grant) => (
        <Waiting c={c} grant={grant} people={staff.people} mailboxes={mailboxes} />
      ))}
      <ol class='threads'>
        {staff.people.map((one) => (
          <li>
            <PersonRow c={c} one={one} mailboxes={mailboxes} invited={invited.has(one.id)} />
          </li>
        ))}
      </ol>
    </section>,
  )
}

type RowProps = { c: Ctx; one: Person; mailboxes: readonly Mailbox[]; invited: boolean }

const PersonRow: FC<RowProps> = ({ c, one, mailboxes, invited }) => {
  const { text, person } = c.var
  const row = (
    <>
      <span class='who'>{one.name}</span>
      <span class='subject address'>{one.email}</span>
      <span class='gist'>{rightsWords(c, one, mailboxes)}</span>
      <span class='chips'>
        {one.disabledAt !== null && <span class='chip neutral'>{text.people.state.disabled}</span>}
        {one.disabledAt === null && invited && (
          <span class='chip accent'>{text.people.state.invited}</span>
        )}
      </span>
      <span class='when' />
    </>
  )
  if (!may(person, 'manage_people')) return <div class='thread-row'>{row}</div>
  return (
    <a class='thread-row' href={`/people/${one.id}`}>
      {row}
    </a>
  )
}

type WaitingProps = {
  c: Ctx
  grant: Grant
  people: readonly Person[]
  mailboxes: readonly Mailbox[]
}

/** Roles that wait, and who can do something about it. */
const Waiting: FC<WaitingProps> = ({ c, grant, people, mailboxes }) => {
  const { text, person } = c.var
  const { waiting } = text.people
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? id
  const own = grant.proposedBy === person.id
  const mayGive = may(person, 'manage_people') && !own && grant.personId !== person.id
  return (
    <section class='card' aria-label={waiting.title}>
      <Banner tone='caution'>
        {waiting.wants(nameOf(grant.proposedBy), nameOf(grant.personId))}
      </Banner>
      <p>{rightsWords(c, grant, mailboxes)}</p>
      <p class='help'>
        {grant.effectiveAt === null ? waiting.needs : waiting.until(grant.effectiveAt)}
      </p>
      <div class='buttons'>
        {mayGive && (
          <Form c={c} action={`/grants/${grant.id}/approval`} class='inline'>
            <button type='submit' class='primary'>
              {waiting.second}
            </button>
          </Form>
        )}
        {may(person, 'object_to_rights') && (
          <Form c={c} action={`/grants/${grant.id}/refusal`} class='inline'>
            <button type='submit'>{own ? waiting.withdraw : waiting.decline}</button>
          </Form>
        )}
      </div>
    </section>
  )
}

/** Roles with their mailboxes, in one line. */
export function rightsWords(
  c: Ctx,
  { roles, within }: Pick<Person, 'roles' | 'within'>,
  mailboxes: readonly Mailbox[],
): string {
  const { text, language } = c.var
  if (roles.length === 0) return text.people.noRoles
  const named = (ids: readonly string[]) =>
    mailboxes
      .filter(({ id }) => ids.includes(id))
      .map(({ department }) => inLanguage(department, language))
      .join('・')
  return roles
    .map((role) => {
      const ids = within[role]
      return ids === undefined ? text.role[role] : `${text.role[role]}（${named(ids)}）`
    })
    .join('、')
}
