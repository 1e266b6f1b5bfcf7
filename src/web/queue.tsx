import type { FC } from 'hono/jsx'
import type { QueueState } from '../domain/matter.ts'
import { may, type Person } from '../domain/person.ts'
import type { QueueItem } from '../store/queue.ts'
import type { Ctx } from './env.ts'
import { FilingList } from './filing.tsx'
import { fragment, page } from './frame.tsx'
import { MailboxTabs } from './one-mailbox.tsx'
import { Empty, Tabs } from './parts/fields.tsx'
import { PickList, pickRoutes } from './picks.tsx'
import { type CountedView, QueueBar } from './queue-bar.tsx'
import {
  type Filters,
  filterFor,
  filtersIn,
  holders,
  isFiling,
  queryOf,
  queuePath,
} from './queue-filter.ts'
import type { Routes } from './routes.ts'
import { savedViewRoutes, savedViewsOf } from './saved-views.ts'
import { ThreadRow, ThreadRows } from './thread-rows.tsx'
import { mailboxesOf, viewOf } from './view.ts'

/** Threads on one page of the queue. */
const pageSize = 50

export function queueRoutes(routes: Routes): void {
  savedViewRoutes(routes)
  pickRoutes(routes)
  routes.get('/', 'enrolling', async (c) => c.redirect(await homeOf(c)))
  routes.get('/queue', 'read', async (c) => {
    const list = await listOf(c)
    if (c.req.header('HX-Request')) return fragment(c, <QueueList c={c} {...list} />)
    const saved = await savedViewsOf(c)
    const shown = { ...list, counts: await counts(c), saved }
    return page(c, c.var.text.queueTitle, <QueuePage c={c} {...shown} />)
  })
}

/** Where a person begins: who can set up an empty house there; who has no role yet at their account. */
async function homeOf({ var: { account, house } }: Ctx): Promise<string> {
  const arranges = may(account, 'manage_mailboxes')
  if (arranges && (await house.store.mailboxes.list()).length === 0) return '/setup'
  if (may(account, 'read')) return '/queue'
  return may(account, 'own_settings') ? '/settings' : '/account'
}

type List = {
  readonly filters: Filters
  readonly items: readonly QueueItem[]
  readonly number: number
  readonly more: boolean
  /** Who gave the one open review of automatic mail, by thread. */
  readonly first: ReadonlyMap<string, string>
  /** Names of staff, where lines name somebody besides who works on them. */
  readonly names: ReadonlyMap<string, string>
  /** The thread that the list stands beside, if it does. */
  readonly beside: string
  /** Who can be handed threads: empty where nothing can be ticked. */
  readonly staff: readonly Person[]
}

async function listOf(c: Ctx): Promise<List> {
  const filters = filtersIn((name) => c.req.query(name))
  const number = Math.max(1, Math.min(10_000, Number(c.req.query('page') ?? 1) || 1))
  const place = { offset: (number - 1) * pageSize, limit: pageSize + 1 }
  const { queue } = viewOf(c)
  const found = await queue.list(filterFor(c, filters), place)
  const items = found.slice(0, pageSize)
  const ids = items.map(({ id }) => id)
  const { view } = filters
  const first = view === 'filed_second' ? await queue.firstReviewers(ids) : new Map()
  const names = view === 'snoozed' ? await c.var.house.store.people.names() : new Map()
  const beside = c.req.query('beside') ?? ''
  const more = found.length > pageSize
  const picking = beside === '' && view !== 'done' && may(c.var.account, 'assign')
  const staff = picking ? (await c.var.house.store.people.list()).filter(isAtWork) : []
  return { filters, number, more, items, first, names, beside, staff }
}

function isAtWork(person: Person): boolean {
  return person.disabledAt === null && may(person, 'assign')
}

type Counts = ReadonlyMap<QueueState | 'snoozed', number>

async function counts(c: Ctx): Promise<Counts> {
  return viewOf(c).queue.counts(c.var.house.now())
}

type PageProps = List & { c: Ctx; counts: Counts; saved: readonly CountedView[] }

const QueuePage: FC<PageProps> = async ({ c, counts: by, saved, ...list }) => {
  const { text } = c.var
  const { filters } = list
  const mailboxes = await mailboxesOf(c)
  const href = (over: Partial<Filters>) => queuePath({ ...filters, ...over })
  return (
    <section class='queue'>
      <h1>{text.queueTitle}</h1>
      <Tabs
        label={text.queueTitle}
        tabs={tabsOf(c, by).map(([view, label, n]) => ({
          href: href({ view }),
          label,
          current: view === filters.view,
          count: n,
        }))}
      />
      <div class='narrowing'>
        <div class='sideways'>
          <MailboxTabs
            {...{ c, mailboxes, mailbox: filters.mailbox }}
            href={(mailbox) => href({ mailbox })}
          />
          {!isFiling(filters.view) && (
            <Tabs
              label={text.desk.queue.who}
              tabs={holders.map((who) => ({
                href: href({ who }),
                label: text.desk.queue[who || 'all'],
                current: who === filters.who,
              }))}
            />
          )}
        </div>
        <QueueBar c={c} filters={filters} saved={saved} />
      </div>
      <button class='pill' id='news' type='button' hidden data-template={text.newMail(0)}>
        {text.newMail(0)}
      </button>
      <div id='queue-list'>
        <QueueList c={c} {...list} />
      </div>
    </section>
  )
}

/** The views of the queue, and how much is in them where that is worth knowing. */
function tabsOf({ var: { text } }: Ctx, by: Counts): readonly [string, string, number][] {
  const count = (...states: QueueState[]) => states.reduce((n, one) => n + (by.get(one) ?? 0), 0)
  const open = count('disputed', 'approval', 'second_review', 'new', 'to_answer', 'to_act')
  return [
    ['open', text.queueOpen, open],
    ['second', text.queueMine, count('second_review', 'approval')],
    ['disputed', text.queueDisputed, count('disputed')],
    ['snoozed', text.desk.queue.snoozed, by.get('snoozed') ?? 0],
    ['done', text.queueDone, 0],
    ['filed', text.queueFiled, count('filed')],
    ['filed_second', text.desk.queue.filedSecond, count('filed_second')],
  ]
}

const QueueList: FC<List & { c: Ctx }> = (list) => {
  const { c, items, filters, number, more } = list
  const { text } = c.var
  const { view } = filters
  const url = new URL(c.req.url)
  const toPage = (n: number) => {
    url.searchParams.set('page', String(n))
    return `/queue${url.search}`
  }
  if (items.length === 0) {
    const none = view === 'snoozed' ? text.desk.queue.snoozedEmpty : text.queueEmptyFilter
    const whole = queryOf(filters) === 'view=open'
    return <Empty>{whole ? text.queueEmpty : none}</Empty>
  }
  return (
    <>
      <Lines {...list} />
      {(number > 1 || more) && (
        <nav class='pager' aria-label={text.page(number)}>
          {number > 1 && <a href={toPage(number - 1)}>{text.previousPage}</a>}
          <span>{text.page(number)}</span>
          {more && <a href={toPage(number + 1)}>{text.nextPage}</a>}
        </nav>
      )}
    </>
  )
}

/** The lines, with boxes to tick where something can be done with several at once. */
const Lines: FC<List & { c: Ctx }> = ({ c, items, filters, first, names, beside, staff }) => {
  const { view } = filters
  if (isFiling(view)) {
    const row = (item: QueueItem) => <ThreadRow c={c} item={item} />
    return <FilingList c={c} view={view} items={items} first={first} row={row} />
  }
  if (staff.length === 0) return <ThreadRows c={c} items={items} names={names} beside={beside} />
  return <PickList c={c} items={items} names={names} query={queryOf(filters)} staff={staff} />
}
