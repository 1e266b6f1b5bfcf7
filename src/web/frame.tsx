import { html } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import { type Action, may } from '../domain/person.ts'
import { styles } from './assets.ts'
import type { Ctx } from './env.ts'
import { Icon, type IconName } from './parts/icon.tsx'
import { TopBar } from './top-bar.tsx'
import { viewOf } from './view.ts'

type Entry = {
  readonly path: string
  readonly key:
    | 'queue'
    | 'forMe'
    | 'alerts'
    | 'measures'
    | 'outbox'
    | 'senders'
    | 'incidents'
    | 'mailboxes'
    | 'rules'
    | 'templates'
    | 'webhooks'
    | 'snippets'
    | 'disputes'
    | 'log'
    | 'people'
    | 'settings'
  readonly action: Action
  readonly icon: IconName
}

const entries: readonly Entry[] = [
  { path: '/queue', key: 'queue', action: 'read', icon: 'inbox' },
  { path: '/for-me', key: 'forMe', action: 'read', icon: 'at' },
  { path: '/alerts', key: 'alerts', action: 'see_alerts', icon: 'bell' },
  { path: '/disputes', key: 'disputes', action: 'see_disputes', icon: 'diamond' },
  { path: '/measures', key: 'measures', action: 'read', icon: 'shield' },
  { path: '/outbox', key: 'outbox', action: 'read', icon: 'send' },
  { path: '/senders', key: 'senders', action: 'read', icon: 'person' },
  { path: '/incidents', key: 'incidents', action: 'read', icon: 'flag' },
  { path: '/mailboxes', key: 'mailboxes', action: 'see_mailboxes', icon: 'mail' },
  { path: '/rules', key: 'rules', action: 'see_rules', icon: 'rules' },
  { path: '/templates', key: 'templates', action: 'see_templates', icon: 'page' },
  { path: '/webhooks', key: 'webhooks', action: 'manage_webhooks', icon: 'link' },
  { path: '/snippets', key: 'snippets', action: 'see_snippets', icon: 'page' },
  { path: '/log', key: 'log', action: 'read_log', icon: 'log' },
  { path: '/people', key: 'people', action: 'see_people', icon: 'person' },
  { path: '/settings', key: 'settings', action: 'own_settings', icon: 'settings' },
]

/** A page in its frame, as the answer to a request. */
export function page(
  c: Ctx,
  title: string,
  body: Child,
  status: 200 | 401 | 403 | 404 | 409 | 413 | 429 | 500 = 200,
): Response | Promise<Response> {
  const whole = (
    <Page c={c} title={title}>
      {body}
    </Page>
  )
  return c.html(html`<!doctype html>${whole}`, status)
}

/** A fragment of a page, for a request that fills a place in one. */
export function fragment(c: Ctx, body: Child): Response | Promise<Response> {
  return c.html(html`${body}`)
}

export const Page: FC<{ c: Ctx; title: string; children?: Child }> = ({ c, title, children }) => {
  const { language, text, signedIn, notice } = c.var
  return (
    <html lang={language} data-theme={themeOf(c)}>
      <head>
        <meta charset='utf-8' />
        <meta name='viewport' content='width=device-width, initial-scale=1' />
        <meta name='color-scheme' content='light dark' />
        <meta name='csrf' content={c.var.csrfToken} />
        <title>{`${title} · ${text.product}`}</title>
        <link rel='icon' href='/assets/icon.svg' type='image/svg+xml' />
        {styles.map((name) => (
          <link rel='stylesheet' href={`/assets/${name}.css`} />
        ))}
        <script src='/assets/htmx.js' defer />
        <script src='/assets/app.js' type='module' />
      </head>
      <body
        class={signedIn ? 'framed' : 'plain'}
        data-live={may(c.var.account, 'read') ? 'yes' : undefined}
      >
        <a class='skip' href='#main'>
          {text.skip}
        </a>
        {signedIn && <Rail c={c} />}
        <div class='page'>
          {signedIn && <TopBar c={c} />}
          <p class='banner caution' id='offline' role='status' hidden>
            {text.reconnecting}
          </p>
          <main id='main' tabindex={-1}>
            <div aria-live='polite' id='live'>
              {notice !== '' && (
                <p class='banner calm' role='status'>
                  <Icon name='check' /> {notice}
                </p>
              )}
            </div>
            {children}
          </main>
        </div>
        {signedIn && <KeyHelp c={c} />}
      </body>
    </html>
  )
}

const Rail: FC<{ c: Ctx }> = async ({ c }) => {
  const { text, account, site } = c.var
  const waiting = await waitingFor(c)
  const here = new URL(c.req.url).pathname
  const shown = entries.filter(({ action }) => may(account, action))
  return (
    <nav class='rail' aria-label={text.product}>
      <a class='brand' href='/queue'>
        <span class='mark' aria-hidden='true'>
          守
        </span>
        {text.product}
      </a>
      <ul>
        {shown.map(({ path, key, icon }) => (
          <li>
            <a href={path} aria-current={here.startsWith(path) ? 'page' : undefined}>
              <Icon name={icon} />
              <span>{text.nav[key]}</span>
              {waiting[key] ? <span class='count'>{waiting[key]}</span> : null}
            </a>
          </li>
        ))}
      </ul>
      {site.demo && (
        <ul class='extra'>
          <li>
            <a href='/demo/sent' aria-current={here === '/demo/sent' ? 'page' : undefined}>
              <Icon name='mail' />
              <span>{text.nav.sent}</span>
            </a>
          </li>
          <li>
            <a href='/design' aria-current={here === '/design' ? 'page' : undefined}>
              <Icon name='grid' />
              <span>{text.nav.design}</span>
            </a>
          </li>
        </ul>
      )}
    </nav>
  )
}

/** What waits for this person, by entry: alerts to see and proposals to confirm. */
async function waitingFor(c: Ctx): Promise<Partial<Record<Entry['key'], number>>> {
  const { account, house } = c.var
  const forMe = may(account, 'read') ? await viewOf(c).forMe.calls(account.id) : 0
  const people = may(account, 'object_to_rights') ? await house.store.staff.waiting() : 0
  const rules = may(account, 'approve_rules') ? await house.store.ruleProposals.open() : 0
  const templates = may(account, 'approve_templates')
    ? await house.store.templateProposals.open()
    : 0
  const settings = may(account, 'approve_tokens')
    ? await house.store.apiTokens.waiting(account.id)
    : 0
  const open = may(account, 'review') ? await viewOf(c, 'review').incidents.counts() : new Map()
  const incidents = [...open.values()].reduce((sum, n) => sum + n, 0)
  if (!may(account, 'confirm')) return { forMe, people, rules, templates, incidents, settings }
  const [alerts, measures, states] = await Promise.all([
    viewOf(c, 'see_alerts').queue.openAlerts(),
    viewOf(c, 'confirm').queue.openMeasures(),
    viewOf(c, 'settle').queue.counts(house.now()),
  ])
  const disputes = states.get('disputed') ?? 0
  return { forMe, alerts, measures, disputes, people, rules, templates, incidents, settings }
}

const KeyHelp: FC<{ c: Ctx }> = ({ c }) => {
  const { keys, keyboard, close } = c.var.text
  const rows: [string, string][] = [
    ['j', keys.next],
    ['k', keys.previous],
    ['o', keys.open],
    ['/', keys.search],
    ['x', c.var.text.desk.keys.select],
    ['e', c.var.text.desk.keys.file],
    ['Esc', keys.hide],
    ['?', keys.help],
  ]
  return (
    <dialog id='keys' aria-labelledby='keys-title'>
      <h2 id='keys-title'>{keyboard}</h2>
      <dl class='keys'>
        {rows.map(([key, does]) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method='dialog'>
        <button type='submit'>{close}</button>
      </form>
    </dialog>
  )
}

function themeOf(c: Ctx): string | undefined {
  const cookie = c.req.header('Cookie') ?? ''
  const [, theme] = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(cookie) ?? []
  return theme
}
