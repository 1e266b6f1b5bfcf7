import type { FC } from 'hono/jsx'
import type { MailboxFlaw, MailboxSettings } from '../domain/mailbox.ts'
import { hostOf, type Provider, providerAt, providerOf, providers } from '../domain/provider.ts'
import { addMailbox, changeMailbox, type MailboxOutcome } from '../flow/mailboxes.ts'
import { type Connection, trySettings } from '../flow/trying.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { Ctx } from './env.ts'
import { readForm, type Form as Sent } from './forms.ts'
import { page } from './frame.tsx'
import { ConnectionView } from './mailbox-connection.tsx'
import { MailboxFields } from './mailbox-fields.tsx'
import { secretIn, settingsIn } from './mailbox-values.ts'
import { Banner, Field, Form } from './parts/fields.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'

/** Adding a mailbox and changing one: choose the service, fill in what is left. */
export function mailboxFormRoutes(routes: Routes): void {
  routes.get('/mailboxes/new', 'manage_mailboxes', newPage)
  routes.post('/mailboxes', 'manage_mailboxes', add)
  routes.get('/mailboxes/:id', 'manage_mailboxes', async (c) => {
    const mailbox = await mailboxOf(c)
    const folders = mailbox.folders.filter(({ watched }) => watched).map(({ name }) => name)
    const form = { settings: { ...mailbox, folders }, hasSecret: mailbox.secret !== null }
    return formPage(c, { ...form, id: mailbox.id, flaws: [] })
  })
  routes.post('/mailboxes/:id', 'manage_mailboxes', change)
}

type FormState = {
  readonly id: string | null
  readonly settings: MailboxSettings
  readonly hasSecret: boolean
  readonly flaws: readonly MailboxFlaw[]
  /** What came of trying the settings, where that keeps them from being saved. */
  readonly tried?: Connection
  /** Another mailbox has the name. */
  readonly taken?: boolean
}

function newPage(c: Ctx): Response | Promise<Response> {
  const address = (c.req.query('address') ?? '').trim().slice(0, 320).toLowerCase()
  const asked = providers.find(({ code }) => code === c.req.query('provider'))
  const provider = asked ?? providerOf(address)
  if (!provider) return choicePage(c, address)
  const settings = blank(provider, address)
  return formPage(c, { id: null, settings, hasSecret: false, flaws: [] })
}

/** Of most services the address is the user's name, and its first part a name for the mailbox. */
function blank(provider: Provider, address: string): MailboxSettings {
  const { port, security, method } = provider
  return {
    name: address.replace(/@.*/, ''),
    department: { ja: '', en: '' },
    address,
    fromName: null,
    folders: ['INBOX'],
    account: { host: hostOf(provider, address), port, security, user: address, method },
    afterStoring: { kind: 'leave' },
    sentCopies: { kind: 'none' },
    mutedFolder: null,
  }
}

function choicePage(c: Ctx, address: string): Response | Promise<Response> {
  const { mailboxes: text } = c.var.text
  return page(
    c,
    text.add,
    <section class='narrow'>
      <h1>{text.add}</h1>
      <form method='get' action='/mailboxes/new' class='stack'>
        <Field
          id='address'
          type='email'
          label={text.address}
          help={text.addByAddress}
          value={address}
          required
        />
        <button type='submit'>{text.addNext}</button>
      </form>
      <p>{text.addLead}</p>
      <nav class='choices' aria-label={text.chooseProvider}>
        {providers.map(({ code, name }) => (
          <a
            class='button'
            href={`/mailboxes/new?${new URLSearchParams({ provider: code, address })}`}
          >
            {text.providerName[code] ?? name}
          </a>
        ))}
      </nav>
    </section>,
  )
}

async function add(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const settings = settingsIn(form)
  const state = { id: null, settings, hasSecret: false, flaws: [] }
  if (noKeyFor(c, settings)) return formPage(c, state)
  const tried = await failedTry(c, null, settings, form)
  if (tried) return formPage(c, { ...state, tried })
  const { house, person } = c.var
  return concluded(c, await addMailbox(house, settings, secretIn(form), person), state)
}

async function change(c: Ctx): Promise<Response> {
  const mailbox = await mailboxOf(c)
  const form = await readForm(c)
  const settings = settingsIn(form)
  const state = { id: mailbox.id, settings, hasSecret: mailbox.secret !== null, flaws: [] }
  if (noKeyFor(c, settings)) return formPage(c, state)
  const tried = await failedTry(c, mailbox, settings, form)
  if (tried) return formPage(c, { ...state, tried })
  const { house, person } = c.var
  const outcome = await changeMailbox(house, mailbox.id, settings, secretIn(form), person)
  return concluded(c, outcome, state)
}

/** Settings that do not work are not saved by mistake, but by a button that says so. */
async function failedTry(
  c: Ctx,
  mailbox: Mailbox | null,
  settings: MailboxSettings,
  form: Sent,
): Promise<Connection | null> {
  if (form.text('untried') === 'yes') return null
  const tried = await trySettings(c.var.house, mailbox, settings, secretIn(form))
  return tried?.kind === 'connected' && tried.missing.length === 0 ? null : tried
}

/** While no mailbox brings mail, the way leads back to setting up. */
async function afterKept(c: Ctx): Promise<string> {
  const mailboxes = await c.var.house.store.mailboxes.list()
  const isSetUp = mailboxes.some((one) => one.folders.some(({ firstSyncedAt }) => firstSyncedAt))
  return `${isSetUp ? '/mailboxes' : '/setup'}?done=mailboxKept`
}

async function concluded(c: Ctx, outcome: MailboxOutcome, state: FormState): Promise<Response> {
  switch (outcome.kind) {
    case 'kept':
      return c.redirect(await afterKept(c), 303)
    case 'flawed':
      return formPage(c, { ...state, flaws: outcome.flaws })
    case 'refused':
      if (outcome.reason === 'mailbox_taken') return formPage(c, { ...state, taken: true })
      throw new Refused(outcome.reason, '/mailboxes')
  }
}

/** Without a key nothing secret can be kept: said before anything is lost. */
function noKeyFor(c: Ctx, { account }: MailboxSettings): boolean {
  return account !== null && c.var.house.vault.trouble !== null
}

async function mailboxOf(c: Ctx) {
  const mailbox = await c.var.house.store.mailboxes.byId(c.req.param('id') ?? '')
  if (!mailbox) throw new Missing()
  return mailbox
}

function formPage(c: Ctx, state: FormState): Response | Promise<Response> {
  const { text } = c.var
  const title = state.id === null ? text.mailboxes.add : text.mailboxes.edit
  const isRefused = state.flaws.length > 0 || state.tried !== undefined || state.taken
  const status = isRefused ? 409 : 200
  const { account } = state.settings
  const provider = account && providerAt(account)
  const need = provider && text.mailboxes.providerNeed[provider.code]
  return page(
    c,
    title,
    <section class='narrow'>
      <h1>{title}</h1>
      <Flaws c={c} flaws={state.flaws} />
      <Trouble c={c} state={state} />
      {noKeyFor(c, state.settings) && <Banner tone='caution'>{text.mailboxes.noKey}</Banner>}
      <Form c={c} action={state.id === null ? '/mailboxes' : `/mailboxes/${state.id}`}>
        {need && <aside class='card'>{need}</aside>}
        <MailboxFields
          c={c}
          settings={state.settings}
          hasSecret={state.hasSecret}
          folded={state.id === null && state.flaws.length === 0}
        />
        <div class='buttons'>
          <button class='primary' type='submit'>
            {account ? text.mailboxes.saveTried : text.save}
          </button>
          {state.tried && (
            <button type='submit' name='untried' value='yes'>
              {text.mailboxes.saveAnyway}
            </button>
          )}
          <a class='button' href='/mailboxes'>
            {text.back}
          </a>
        </div>
      </Form>
    </section>,
    status,
  )
}

const Flaws: FC<{ c: Ctx; flaws: readonly MailboxFlaw[] }> = ({ c, flaws }) => {
  if (flaws.length === 0) return null
  return (
    <Banner tone='grave'>
      <ul>
        {flaws.map((flaw) => (
          <li>{c.var.text.mailboxes.flaw[flaw]}</li>
        ))}
      </ul>
    </Banner>
  )
}

/** Why nothing is saved yet; what was typed stands below, all but what is secret. */
const Trouble: FC<{ c: Ctx; state: FormState }> = ({ c, state }) => {
  const { text } = c.var
  if (state.taken) return <Banner tone='grave'>{text.refused.mailbox_taken}</Banner>
  if (!state.tried) return null
  return (
    <>
      <p role='alert'>
        {state.tried.kind === 'failed' ? text.mailboxes.tryFailed : text.mailboxes.tryMissing}{' '}
        {text.mailboxes.tryAgainSecret}
      </p>
      <ConnectionView c={c} connection={state.tried} />
    </>
  )
}
