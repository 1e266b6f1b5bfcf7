import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { setAutomatic } from '../flow/assignment.ts'
import { setPaused } from '../flow/mailboxes.ts'
import { type Connection, tryConnection } from '../flow/trying.ts'
import type { Folder } from '../store/folders.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { fragment, page } from './frame.tsx'
import { accessRoutes } from './mailbox-access.tsx'
import { ConnectionView } from './mailbox-connection.tsx'
import { mailboxFormRoutes } from './mailbox-form.tsx'
import { inLanguage, Time } from './parts/chips.tsx'
import { Banner, Empty, Form } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** Where mail comes from and how it fares (受信箱): everybody may look, administrators change. */
export function mailboxRoutes(routes: Routes): void {
  routes.get('/mailboxes', 'see_mailboxes', (c) => listPage(c, null))
  routes.get('/mailboxes/state', 'see_mailboxes', async (c) => {
    const { store } = c.var.house
    const mailboxes = await store.mailboxes.list()
    const automatic = await store.assignments.automatic()
    return fragment(c, <MailboxList c={c} mailboxes={mailboxes} automatic={automatic} />)
  })
  routes.post('/mailboxes/:id/assignment', 'manage_mailboxes', async (c) => {
    const on = (await readForm(c)).text('automatic') === 'yes'
    const outcome = await setAutomatic(c.var.house, c.req.param('id') ?? '', on, c.var.person)
    return answer(c, outcome, '/mailboxes', on ? 'automaticOn' : 'automaticOff')
  })
  accessRoutes(routes)
  mailboxFormRoutes(routes)
  routes.post('/mailboxes/:id/pause', 'manage_mailboxes', (c) => pauseOrResume(c, true))
  routes.post('/mailboxes/:id/resumption', 'manage_mailboxes', (c) => pauseOrResume(c, false))
  routes.post('/mailboxes/:id/connection', 'manage_mailboxes', async (c) => {
    const mailbox = await c.var.house.store.mailboxes.byId(c.req.param('id') ?? '')
    if (!mailbox) throw new Missing()
    const connection = await tryConnection(c.var.house, mailbox)
    return listPage(c, { id: mailbox.id, connection })
  })
}

type Tried = { readonly id: string; readonly connection: Connection }

async function pauseOrResume(c: Ctx, paused: boolean): Promise<Response> {
  const outcome = await setPaused(c.var.house, c.req.param('id') ?? '', paused, c.var.person)
  return answer(c, outcome, '/mailboxes', paused ? 'paused' : 'resumed')
}

async function listPage(c: Ctx, tried: Tried | null): Promise<Response> {
  const { text, house, person } = c.var
  const mailboxes = await house.store.mailboxes.list()
  const automatic = await house.store.assignments.automatic()
  return page(
    c,
    text.mailboxes.title,
    <section>
      <div class='title-row'>
        <h1>{text.mailboxes.title}</h1>
        {may(person, 'manage_mailboxes') && (
          <a class='button' href='/mailboxes/new'>
            {text.mailboxes.add}
          </a>
        )}
      </div>
      <p class='help'>{text.mailboxes.lead}</p>
      {mailboxes.length === 0 && <Empty>{text.mailboxes.empty}</Empty>}
      <MailboxList c={c} mailboxes={mailboxes} automatic={automatic} tried={tried} />
    </section>,
  )
}

/** Asks for itself again every few seconds, but not over what somebody has just tried. */
type ListProps = {
  c: Ctx
  mailboxes: readonly Mailbox[]
  automatic: ReadonlySet<string>
  tried?: Tried | null
}

const MailboxList: FC<ListProps> = (props) => {
  const { c, mailboxes, automatic, tried } = props
  const again = tried
    ? {}
    : { 'hx-get': '/mailboxes/state', 'hx-trigger': 'every 5s', 'hx-swap': 'outerHTML' }
  return (
    <ul class='mailboxes' {...again}>
      {mailboxes.map((mailbox) => (
        <MailboxView
          c={c}
          mailbox={mailbox}
          automatic={automatic.has(mailbox.id)}
          connection={tried?.id === mailbox.id ? tried.connection : null}
        />
      ))}
    </ul>
  )
}

type MailboxProps = {
  c: Ctx
  mailbox: Mailbox
  automatic: boolean
  connection: Connection | null
}

const MailboxView: FC<MailboxProps> = ({ c, mailbox, automatic, connection }) => {
  const { text, language, person } = c.var
  const read = mailbox.folders.filter(({ watched }) => watched)
  return (
    <li class='card' id={`mailbox-${mailbox.id}`}>
      <header class='title-row'>
        <h2>{mailbox.name}</h2>
        <StateChip c={c} mailbox={mailbox} />
      </header>
      <p>
        {inLanguage(mailbox.department, language)} · <span class='address'>{mailbox.address}</span>
      </p>
      {mailbox.pausedAt !== null && <p class='help'>{text.mailboxes.pausedLead}</p>}
      {read.map((folder) => (
        <FolderView c={c} folder={folder} paused={mailbox.pausedAt !== null} />
      ))}
      {connection && <ConnectionView c={c} connection={connection} />}
      <p class='help'>{automatic ? text.desk.automatic.on : text.desk.automatic.off}</p>
      {may(person, 'manage_mailboxes') && <Acts c={c} mailbox={mailbox} automatic={automatic} />}
    </li>
  )
}

const Acts: FC<Omit<MailboxProps, 'connection'>> = ({ c, mailbox, automatic }) => {
  const { text } = c.var
  const paused = mailbox.pausedAt !== null
  const path = `/mailboxes/${mailbox.id}`
  const { account } = mailbox
  const consents = account?.method.kind === 'oauth' && account.method.grant === 'refresh_token'
  return (
    <div class='buttons'>
      <a class='button' href={path}>
        {text.mailboxes.edit}
      </a>
      <Form c={c} action={`${path}/connection`} class='inline'>
        <button type='submit'>{text.mailboxes.test}</button>
      </Form>
      {consents && (
        <Form c={c} action={`${path}/authorization`} class='inline'>
          <button type='submit'>{text.mailboxes.authorize}</button>
        </Form>
      )}
      <Form c={c} action={`${path}/${paused ? 'resumption' : 'pause'}`} class='inline'>
        <button type='submit'>{paused ? text.mailboxes.resume : text.mailboxes.pause}</button>
      </Form>
      <Form c={c} action={`${path}/assignment`} class='inline'>
        <input type='hidden' name='automatic' value={automatic ? 'no' : 'yes'} />
        <button type='submit' title={text.desk.automatic.lead}>
          {automatic ? text.desk.automatic.stop : text.desk.automatic.start}
        </button>
      </Form>
    </div>
  )
}

const tones = {
  live: 'calm',
  syncing: 'accent',
  waiting: 'neutral',
  paused: 'neutral',
  trouble: 'caution',
  unused: 'neutral',
} as const

/** The mailbox as a whole, by its worst folder. */
export function stateOf({ pausedAt, folders }: Mailbox): keyof typeof tones {
  const read = folders.filter(({ watched }) => watched)
  if (read.length === 0) return 'unused'
  if (pausedAt !== null) return 'paused'
  if (read.some(({ trouble }) => trouble !== null)) return 'trouble'
  if (read.some(({ lastContactAt, cursor }) => lastContactAt === null && cursor === null)) {
    return 'waiting'
  }
  return read.some(({ remaining, firstSyncedAt }) => remaining > 0 || firstSyncedAt === null)
    ? 'syncing'
    : 'live'
}

/** A mailbox in short: how it fares, and what is wrong with it in words. */
export const MailboxState: FC<{ c: Ctx; mailbox: Mailbox }> = ({ c, mailbox }) => (
  <div>
    <p>
      <span class='address'>{mailbox.address}</span> <StateChip c={c} mailbox={mailbox} />
    </p>
    {mailbox.folders
      .filter(({ watched }) => watched)
      .map((folder) => (
        <FolderView c={c} folder={folder} paused={mailbox.pausedAt !== null} />
      ))}
  </div>
)

const StateChip: FC<{ c: Ctx; mailbox: Mailbox }> = ({ c, mailbox }) => {
  const state = stateOf(mailbox)
  return <span class={`chip ${tones[state]}`}>{c.var.text.mailboxes.state[state]}</span>
}

const FolderView: FC<{ c: Ctx; folder: Folder; paused: boolean }> = ({ c, folder, paused }) => {
  const { text } = c.var
  const { name, remaining, lastContactAt, lagSeconds, trouble } = folder
  return (
    <div class='folder'>
      <p class='folder-line'>
        <strong>{name}</strong>
        {remaining > 0 && <span>{text.mailboxes.remaining(remaining)}</span>}
        <span class='faint'>
          {text.mailboxes.contact}{' '}
          {lastContactAt ? <Time c={c} at={lastContactAt} /> : text.mailboxes.never}
        </span>
        {lagSeconds !== null && <span class='faint'>{text.mailboxes.lag(lagSeconds)}</span>}
      </p>
      {trouble && !paused && (
        <Banner tone='caution'>
          <p>{text.mailboxes.trouble[trouble.kind]}</p>
          <details>
            <summary>{text.mailboxes.details}</summary>
            <p class='help' lang='en'>
              {trouble.words}
            </p>
          </details>
        </Banner>
      )}
    </div>
  )
}
