import type { FC } from 'hono/jsx'
import type { QueueState } from '../domain/matter.ts'
import { may } from '../domain/person.ts'
import type { QueueItem } from '../store/queue.ts'
import type { Ctx } from './env.ts'
import { fragment, page } from './frame.tsx'
import {
  CategoryChips,
  FlagChips,
  gistWords,
  inLanguage,
  SeverityChip,
  StateChip,
  Time,
} from './parts/chips.tsx'
import { Empty, Tabs } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'
import type { Routes } from './routes.ts'
import { mailboxesOf, viewOf } from './view.ts'

/** Threads on one page of the queue. */
const pageSize = 50

const views: Record<string, 'open' | readonly QueueState[]> = {
  open: 'open',
  second: ['second_review', 'approval'],
  disputed: ['disputed'],
  done: ['done'],
  filed: ['filed'],
}

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
  readonly number: number
  readonly more: boolean
}

async function listOf(c: Ctx): Promise<List> {
  const view = c.req.query('view') ?? 'open'
  const states = (Object.hasOwn(views, view) && views[view]) || 'open'
  const mailboxId = c.req.query('mailbox') ?? ''
  const number = Math.max(1, Math.min(10_000, Number(c.req.query('page') ?? 1) || 1))
  const filter = mailboxId === '' ? { states } : { states, mailboxId }
  const place = { offset: (number - 1) * pageSize, limit: pageSize + 1 }
  const items = await viewOf(c).queue.list(filter, place)
  const more = items.length > pageSize
  return { view, mailboxId, number, more, items: items.slice(0, pageSize) }
}

async function counts(c: Ctx): Promise<ReadonlyMap<QueueState, number>> {
  return viewOf(c).queue.counts()
}

const QueuePage: FC<List & { c: Ctx; counts: ReadonlyMap<QueueState, number> }> = async ({
  c,
  counts: by,
  ...list
}) => {
  const { text, language } = c.var
  const mailboxes = await mailboxesOf(c)
  const count = (...states: QueueState[]) => states.reduce((n, one) => n + (by.get(one) ?? 0), 0)
  const href = (view: string, mailbox = list.mailboxId) =>
    `/queue?view=${view}${mailbox === '' ? '' : `&mailbox=${mailbox}`}`
  const open = count('disputed', 'approval', 'second_review', 'new', 'to_answer', 'to_act')
  const tabs = [
    ['open', text.queueOpen, open],
    ['second', text.queueMine, count('second_review', 'approval')],
    ['disputed', text.queueDisputed, count('disputed')],
    ['done', text.queueDone, 0],
    ['filed', text.queueFiled, count('filed')],
  ] as const
  return (
    <section class='queue'>
      <h1>{text.queueTitle}</h1>
      <Tabs
        label={text.queueTitle}
        tabs={tabs.map(([view, label, n]) => ({
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
      <button class='pill' id='news' type='button' hidden data-template={text.newMail(0)}>
        {text.newMail(0)}
      </button>
      <div id='queue-list'>
        <QueueList c={c} {...list} />
      </div>
    </section>
  )
}

const QueueList: FC<List & { c: Ctx }> = ({ c, items, view, number, more }) => {
  const { text } = c.var
  const url = new URL(c.req.url)
  const toPage = (n: number) => {
    url.searchParams.set('page', String(n))
    return `/queue${url.search}`
  }
  if (items.length === 0) {
    return <Empty>{view === 'open' ? text.queueEmpty : text.queueEmptyFilter}</Empty>
  }
  return (
    <>
      <ThreadRows c={c} items={items} />
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

/** Threads as lines: why here, how far, since when, without a harmful word. */
export const ThreadRows: FC<{ c: Ctx; items: readonly QueueItem[] }> = ({ c, items }) => (
  <ol class='threads'>
    {items.map((item) => (
      <li class={item.urgent ? 'urgent' : undefined}>
        <ThreadRow c={c} item={item} />
      </li>
    ))}
  </ol>
)

const ThreadRow: FC<{ c: Ctx; item: QueueItem }> = ({ c, item }) => {
  const { text, language } = c.var
  const subject = item.subject === null ? text.shieldedSubject : item.subject || text.noSubject
  return (
    <a class='thread-row' href={`/threads/${item.id}`}>
      <span class='who'>{item.senderName || text.unknownSender}</span>
      <span class={item.subject === null ? 'subject faint' : 'subject'}>{subject}</span>
      <span class='gist'>{gistWords(item.gist, text).join(' · ')}</span>
      <span class='chips'>
        {item.urgent && item.severity < 3 && (
          <span class='chip grave'>
            <Icon name='alert' />
            {text.urgent}
          </span>
        )}
        <StateChip text={text} state={item.state} />
        {item.severity > 0 && <SeverityChip text={text} severity={item.severity} />}
        <CategoryChips text={text} codes={item.categories} />
        <FlagChips text={text} codes={item.flags} />
      </span>
      <span class='when'>
        <Time c={c} at={item.waitingSince} />
        <small>
          {inLanguage(item.department, language)}
          {item.messageCount > 1 && ` · ${text.mails(item.messageCount)}`}
        </small>
      </span>
    </a>
  )
}
