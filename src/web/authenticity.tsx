import type { FC } from 'hono/jsx'
import { distrustServer, examineServers, trustServer } from '../flow/authenticity.ts'
import type { Findings, ServerSeen } from '../mail/authserv.ts'
import type { TrustedServer } from '../store/trusted-servers.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Empty, Form } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'

const path = '/settings/authenticity'

/** Which receiving servers are believed, and which could be: for admins, without a word of mail. */
export function authenticityRoutes(routes: Routes): void {
  routes.get(path, 'manage_mailboxes', authenticityPage)
  routes.post(`${path}/trusted`, 'manage_mailboxes', async (c) => {
    const { house, person } = c.var
    const outcome = await trustServer(house, (await readForm(c)).text('server', 255), person)
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, path)
    return c.redirect(`${path}?done=trusted`, 303)
  })
  routes.post(`${path}/removed`, 'manage_mailboxes', async (c) => {
    const { house, person } = c.var
    const outcome = await distrustServer(house, (await readForm(c)).text('server', 255), person)
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, path)
    return c.redirect(`${path}?done=distrusted`, 303)
  })
}

async function authenticityPage(c: Ctx): Promise<Response> {
  const { house, text } = c.var
  const [found, accepted, names] = await Promise.all([
    examineServers(house),
    house.store.trustedServers.list(),
    house.store.people.names(),
  ])
  const { title, lead, dkimOn, dkimOff } = text.authenticity
  return page(
    c,
    title,
    <section class='narrow'>
      <h1>{title}</h1>
      <p class='help'>{lead}</p>
      <Trusted c={c} accepted={accepted} names={names} />
      <p class='help'>{house.dkim ? dkimOn : dkimOff}</p>
      {found && <Proposals c={c} found={found} accepted={accepted} />}
    </section>,
  )
}

const Trusted: FC<{
  c: Ctx
  accepted: readonly TrustedServer[]
  names: ReadonlyMap<string, string>
}> = ({ c, accepted, names }) => {
  const { text, house } = c.var
  const set = house.trustedAuthservIds
  const words = text.authenticity
  return (
    <section class='card' aria-labelledby='trusted-title'>
      <h2 id='trusted-title'>{words.trusted}</h2>
      {set.length + accepted.length === 0 && <p>{words.trustedNone}</p>}
      <ul class='servers'>
        {set.map((id) => (
          <li>
            <strong>{id}</strong>
            <small>{words.bySettings}</small>
          </li>
        ))}
        {accepted.map(({ id, acceptedBy }) => (
          <li>
            <strong>{id}</strong>
            <small>{words.acceptedBy(names.get(acceptedBy) ?? '')}</small>
            <Form c={c} action={`${path}/removed`} class='inline'>
              <input type='hidden' name='server' value={id} />
              <button type='submit' class='quiet'>
                {words.remove}
              </button>
            </Form>
          </li>
        ))}
      </ul>
      {accepted.length > 0 && <p class='help'>{words.recheck}</p>}
    </section>
  )
}

const Proposals: FC<{ c: Ctx; found: Findings; accepted: readonly TrustedServer[] }> = (props) => {
  const { c, found, accepted } = props
  const { text, house } = c.var
  const words = text.authenticity
  const trusted = new Set([...house.trustedAuthservIds, ...accepted.map(({ id }) => id)])
  return (
    <section aria-labelledby='proposals-title'>
      <h2 id='proposals-title'>{words.proposals}</h2>
      <p class='help'>
        {words.looked(found.looked)} {words.without(found.without)}
      </p>
      {found.nameless > 0 && <p class='help'>{words.nameless(found.nameless)}</p>}
      {found.servers.length === 0 && <Empty>{words.none}</Empty>}
      {found.servers.map((server) => (
        <Server c={c} server={server} looked={found.looked} trusted={trusted.has(server.id)} />
      ))}
    </section>
  )
}

const Server: FC<{ c: Ctx; server: ServerSeen; looked: number; trusted: boolean }> = (props) => {
  const { c, server, looked, trusted } = props
  const words = c.var.text.authenticity
  const { id, proposed, mails, senders, pros, cons } = server
  return (
    <section class='card server' aria-label={id}>
      <h3>
        {id}
        <span class={`chip ${proposed ? 'calm' : 'neutral'}`}>
          {proposed ? words.proposed : words.doubtful}
        </span>
      </h3>
      <p>{words.seen(mails, looked, senders)}</p>
      <ul class='weighed'>
        {pros.map((code) => (
          <li class='pro'>
            <Icon name='check' />
            <span>{words.pro[code]}</span>
          </li>
        ))}
        {cons.map((code) => (
          <li class='con'>
            <Icon name='alert' />
            <span>{words.con[code]}</span>
          </li>
        ))}
      </ul>
      <Example c={c} server={server} />
      {proposed && !trusted && (
        <Form c={c} action={`${path}/trusted`} class='inline'>
          <input type='hidden' name='server' value={id} />
          <button type='submit' class='primary'>
            {words.accept}
          </button>
        </Form>
      )}
    </section>
  )
}

/** In words: the header itself holds addresses of customers, which are not an admin's to read. */
const Example: FC<{ c: Ctx; server: ServerSeen }> = ({ c, server }) => {
  const { example, method } = c.var.text.authenticity
  const { pass, fail, other } = method
  const word = (result: string) =>
    result === 'pass' ? pass : result === 'fail' ? fail : other(result)
  if (server.example.length === 0) return null
  const said = server.example.map(
    (one) => `${one.method.toUpperCase()} ${word(one.result)}${one.about && ` (${one.about})`}`,
  )
  return <p class='help'>{example(said.join(' · '))}</p>
}
