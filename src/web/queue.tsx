import type { FC } from 'hono/jsx'
import type { QueueState } from '../domain/matter.ts'
import { may } from '../domain/person.ts'
import type { QueueFilter, QueueItem } from '../store/queue.ts'
import type { Ctx } from './env.ts'
import { FilingList } from './filing.tsx'
import { fragment, page } from './frame.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Empty, Tabs } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { ThreadRow, ThreadRows } from './thread-rows.tsx'
import { mailboxesOf, viewOf } from './view.ts'

/** Threads on one page of the queue. */
const pageSize = 50

const views: Record<string, 'open' | readonly QueueState[]> = {
  open: 'open',
  second: ['second_review', 'approval'],
  disputed: ['disputed'],
  done: ['done'],
  filed: ['filed'],
  filed_second: ['filed_second'],
  snoozed: 'open',
}

/** Views that what was put off is left out of. */
const waiting = ['open', 'second', 'disputed']

const isFiling = (view: string) => view === 'filed' || view === 'filed_second'

/** Of whom the threads are: `mine`, `nobody`, or everybody's. */
const holders = ['', 'mine', 'nobody'] as const

export function queueRoutes(routes: Routes): void {
  routes.get('/', 'enrolling', (c) => c.redirect(homeOf(c)))
  routes.get('/queue', 'read', async (c) => {
    const list = await listOf(c)
    if (c.req.header('HX-Request')) return fragment(c, <QueueList c={c} {...list} />)
    return page(c, c.var.text.queueTitle, <QueuePage c={c} {...list} counts={await counts(c)} />)
  })
}

/** Where a person begins; who has no role yet sees their own account. */
function homeOf({ var: { account } }: Ctx): string {
  if (may(account, 'read')) return '/queue'
  return may(account, 'own_settings') ? '/settings' : '/account'
}

type List = {
  readonly view: string
  readonly items: readonly QueueItem[]
  readonly mailboxId: string
  readonly holder: (typeof holders)[number]
  readonly number: number
  readonly more: boolean
  /** Who gave the one open review of automatic mail, by thread. */
  readonly first: ReadonlyMap<string, string>
  /** Names of staff, where lines name somebody besides who works on them. */
  readonly names: ReadonlyMap<string, string>
  /** The thread that the list stands beside, if it does. */
  readonly beside: string
}

async function listOf(c: Ctx): Promise<List> {
  const asked = c.req.query('view') ?? 'open'
  const view = Object.hasOwn(views, asked) ? asked : 'open'
  const mailboxId = c.req.query('mailbox') ?? ''
  const holder = holders.find((one) => one === c.req.query('who')) ?? ''
  const number = Math.max(1, Math.min(10_000, Number(c.req.query('page') ?? 1) || 1))
  const place = { offset: (number - 1) * pageSize, limit: pageSize + 1 }
  const { queue } = viewOf(c)
  const found = await queue.list(filterFor(c, view, mailboxId, holder), place)
  const items = found.slice(0, pageSize)
  const ids = items.map(({ id }) => id)
  const first = view === 'filed_second' ? await queue.firstReviewers(ids) : new Map()
  const names = view === 'snoozed' ? await c.var.house.store.people.names() : new Map()
  const beside = c.req.query('beside') ?? ''
  const more = found.length > pageSize
  return { view, mailboxId, holder, number, more, items, first, names, beside }
}

function filterFor(c: Ctx, view: string, mailboxId: string, holder: List['holder']): QueueFilter {
  const at = c.var.house.now()
  const only = view === 'snoozed'
  return {
    states: views[view] ?? 'open',
    ...(mailboxId === '' ? {} : { mailboxId }),
    ...(holder === '' ? {} : { assignee: holder === 'mine' ? c.var.account.id : '' }),
    ...(only || waiting.includes(view) ? { snoozed: { at, only } } : {}),
  }
}

type Counts = ReadonlyMap<QueueState | 'snoozed', number>

async function counts(c: Ctx): Promise<Counts> {
  return viewOf(c).queue.counts(c.var.house.now())
}

const QueuePage: FC<List & { c: Ctx; counts: Counts }> = async ({ c, counts: by, ...list }) => {
  const { text, language } = c.var
  const mailboxes = await mailboxesOf(c)
  const href = (view: string, mailbox = list.mailboxId, holder: string = list.holder) =>
    `/queue?view=${view}${mailbox === '' ? '' : `&mailbox=${mailbox}`}${holder === '' ? '' : `&who=${holder}`}`
  return (
    <section class='queue'>
      <h1>{text.queueTitle}</h1>
      <Tabs
        label={text.queueTitle}
        tabs={tabsOf(c, by).map(([view, label, n]) => ({
          href: href(view),
          label,
          current: view === list.view,
          count: n,
        }))}
      />
      {mailboxes.length > 1 && (
        <Tabs
          label={text.allMailboxes}
          tabs={[
            { id: '', department: { ja: text.allMailboxes, en: text.allMailboxes } },
            ...mailboxes,
          ].map(({ id, department }) => ({
            href: href(list.view, id),
            label: inLanguage(department, language),
            current: id === list.mailboxId,
          }))}
        />
      )}
      {!isFiling(list.view) && (
        <Tabs
          label={text.desk.queue.who}
          tabs={holders.map((holder) => ({
            href: href(list.view, list.mailboxId, holder),
            label: text.desk.queue[holder || 'all'],
            current: holder === list.holder,
          }))}
        />
      )}
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
  const { c, items, view, number, more, first, names, beside } = list
  const { text } = c.var
  const url = new URL(c.req.url)
  const toPage = (n: number) => {
    url.searchParams.set('page', String(n))
    return `/queue${url.search}`
  }
  if (items.length === 0) {
    const none = view === 'snoozed' ? text.desk.queue.snoozedEmpty : text.queueEmptyFilter
    return <Empty>{view === 'open' ? text.queueEmpty : none}</Empty>
  }
  return (
    <>
      {isFiling(view) ? (
        <FilingList
          c={c}
          view={view}
          items={items}
          first={first}
          row={(item) => <ThreadRow c={c} item={item} />}
        />
      ) : (
        <ThreadRows c={c} items={items} names={names} beside={beside} />
      )}
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
