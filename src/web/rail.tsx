import type { FC } from 'hono/jsx'
import { seesOnDesk } from '../domain/consultation.ts'
import { isCarer, may } from '../domain/person.ts'
import { hasToRead } from '../flow/policy.ts'
import { joinsToAnswer } from '../flow/senders.ts'
import type { Ctx } from './env.ts'
import { Icon, type IconName } from './parts/icon.tsx'
import { administration, daily, type Place, type PlaceKey } from './places.ts'
import { viewOf } from './view.ts'

/**
 * The way to every page, in two groups. On a phone the work of the day is a bar at the bottom, and
 * the rest opens from its last button, without script.
 */
export const Rail: FC<{ c: Ctx }> = async ({ c }) => {
  const { text, site, account } = c.var
  const waiting = await waitingFor(c)
  const here = placeOf(new URL(c.req.url).pathname)
  const more = administration.reduce((sum, { key }) => sum + (waiting[key] ?? 0), 0)
  return (
    <nav class='rail' aria-label={text.product}>
      <a class='brand' href='/queue'>
        <span class='mark' aria-hidden='true'>
          守
        </span>
        {text.product}
      </a>
      {daily.some(({ action }) => may(account, action)) && (
        <>
          <h2 class='hidden' id='rail-daily'>
            {text.nav.daily}
          </h2>
          <Entries c={c} entries={daily} here={here} waiting={waiting} labelledBy='rail-daily' />
        </>
      )}
      <button type='button' class='more' popovertarget='rail-more'>
        <Icon name='grid' />
        <span>{text.nav.more}</span>
        {more > 0 && <span class='count'>{more}</span>}
      </button>
      <div class='rest' id='rail-more' popover='auto'>
        <h2 id='rail-rest'>{text.nav.administration}</h2>
        <Entries
          c={c}
          entries={administration}
          here={here}
          waiting={waiting}
          labelledBy='rail-rest'
        />
        {site.demo && (
          <ul class='extra'>
            <Line path='/demo/sent' icon='mail' label={text.nav.sent} here={here} />
            <Line path='/design' icon='grid' label={text.nav.design} here={here} />
          </ul>
        )}
      </div>
    </nav>
  )
}

const Entries: FC<{
  c: Ctx
  entries: readonly Place[]
  here: string
  waiting: Waiting
  labelledBy: string
}> = ({ c, entries, here, waiting, labelledBy }) => (
  <ul aria-labelledby={labelledBy}>
    {entries
      .filter(({ action }) => may(c.var.account, action))
      .map(({ path, key, icon }) => (
        <Line
          path={path}
          icon={icon}
          label={c.var.text.nav[key]}
          here={here}
          count={waiting[key] ?? 0}
        />
      ))}
  </ul>
)

const Line: FC<{ path: string; icon: IconName; label: string; here: string; count?: number }> = ({
  path,
  icon,
  label,
  here,
  count = 0,
}) => (
  <li>
    <a href={path} aria-current={here === path ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{label}</span>
      {count > 0 && <span class='count'>{count}</span>}
    </a>
  </li>
)

/** The entry that a path belongs to: the one that names it most exactly. */
function placeOf(path: string): string {
  const paths = [...daily, ...administration].map((entry) => entry.path)
  const within = paths.filter((one) => path === one || path.startsWith(`${one}/`))
  return within.toSorted((one, other) => other.length - one.length)[0] ?? path
}

type Waiting = Partial<Record<PlaceKey, number>>

/** What waits for this person, by entry: alerts to see and proposals to confirm. */
async function waitingFor(c: Ctx): Promise<Waiting> {
  const { account, house } = c.var
  const forMe = may(account, 'read') ? await viewOf(c).forMe.calls(account.id) : 0
  const people = may(account, 'object_to_rights') ? await house.store.staff.waiting() : 0
  const rules = may(account, 'approve_rules') ? await house.store.ruleProposals.open() : 0
  const templates = may(account, 'approve_templates')
    ? await house.store.templateProposals.open()
    : 0
  const tokens = may(account, 'approve_tokens')
    ? await house.store.apiTokens.waiting(account.id)
    : 0
  const open = may(account, 'review') ? await viewOf(c, 'review').incidents.counts() : new Map()
  const incidents = [...open.values()].reduce((sum, n) => sum + n, 0)
  const senders = may(account, 'join_senders') ? (await joinsToAnswer(house, account)).length : 0
  const outbox = may(account, 'approve')
    ? await viewOf(c, 'approve').letters.toApprove(account.id)
    : 0
  const consultation = isCarer(account) ? await reportsWaiting(c) : 0
  const policy = (await hasToRead(house, account)) ? 1 : 0
  const everyday = {
    policy,
    consultation,
    forMe,
    people,
    rules,
    templates,
    incidents,
    tokens,
    senders,
    outbox,
  }
  if (!may(account, 'confirm')) return everyday
  const [alerts, measures, states] = await Promise.all([
    viewOf(c, 'see_alerts').queue.openAlerts(),
    viewOf(c, 'confirm').queue.openMeasures(),
    viewOf(c, 'settle').queue.counts(house.now()),
  ])
  const disputes = states.get('disputed') ?? 0
  return { ...everyday, alerts, measures, disputes }
}

/** Reports that nobody at the desk has taken. */
async function reportsWaiting(c: Ctx): Promise<number> {
  const { account, house } = c.var
  const all = await house.store.consultations.list(house.now())
  const open = all.filter(({ state, assignee }) => state === 'open' && assignee === null)
  return open.filter((one) => seesOnDesk(one, account)).length
}
