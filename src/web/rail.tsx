import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import type { Ctx } from './env.ts'
import { Icon, type IconName } from './parts/icon.tsx'
import { administration, daily, type Place, type PlaceKey } from './places.ts'
import { LanguageSwitch, SignOut, Who } from './top-bar.tsx'
import { waitingOf } from './waiting.ts'

/**
 * The way to every page, in two groups. On a phone the work of the day is a bar at the bottom, and
 * the rest opens from its last button, without script.
 */
export const Rail: FC<{ c: Ctx }> = async ({ c }) => {
  const { text, site, account } = c.var
  const waiting = await waitingIn(c)
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
        {/* On a phone there is no room for them above the page. */}
        <div class='own'>
          <Who c={c} />
          <LanguageSwitch c={c} />
          <SignOut c={c} />
        </div>
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

type Waiting = { readonly [key in PlaceKey]?: number | undefined }

/** What is counted beside an entry. */
async function waitingIn(c: Ctx): Promise<Waiting> {
  const waiting = await waitingOf(c)
  return {
    forMe: waiting.calls,
    people: waiting.grants,
    rules: waiting.ruleProposals,
    templates: waiting.templateProposals,
    tokens: waiting.tokens,
    incidents: waiting.incidents,
    senders: waiting.joins,
    outbox: waiting.replies,
    consultation: waiting.reports,
    policy: Number(waiting.policyToRead),
    alerts: waiting.alerts,
    measures: waiting.measures,
    disputes: waiting.disputes,
  }
}
