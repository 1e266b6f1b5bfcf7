import { type Category, categories, type Severity } from '../domain/category.ts'
import type { QueueState } from '../domain/matter.ts'
import type { QueueFilter } from '../store/queue.ts'
import type { Ctx } from './env.ts'

/** Which threads each view of the queue holds. */
export const views: Readonly<Record<string, 'open' | readonly QueueState[]>> = {
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

/** Of whom the threads are: `mine`, `nobody`, or everybody's. */
export const holders = ['', 'mine', 'nobody'] as const

/** Whether every mail of the thread is known to be its sender's. */
export const identities = ['verified', 'unverified'] as const

/** Least severities that one asks for; under them everything is shown. */
export const severities = [1, 2, 3] as const

/** What the queue is asked for: each is one parameter of its address, empty where not asked. */
export type Filters = {
  readonly view: string
  readonly mailbox: string
  readonly who: (typeof holders)[number]
  readonly category: Category | ''
  readonly severity: '' | '1' | '2' | '3'
  readonly sender: '' | (typeof identities)[number]
}

/** Reads the filters of an address or of a form; what is not known counts as not asked. */
export function filtersIn(given: (name: string) => string | undefined): Filters {
  const view = given('view') ?? 'open'
  const severity = severities.find((one) => String(one) === given('severity'))
  return {
    view: Object.hasOwn(views, view) ? view : 'open',
    mailbox: given('mailbox') ?? '',
    who: holders.find((one) => one === given('who')) ?? '',
    category: categories.find((one) => one === given('category')) ?? '',
    severity: severity === undefined ? '' : (`${severity}` as const),
    sender: identities.find((one) => one === given('sender')) ?? '',
  }
}

/** The filters as an address has them, always in the same order. */
export function queryOf(filters: Filters): string {
  const { view, mailbox, who, category, severity, sender } = filters
  const all = Object.entries({ view, mailbox, who, category, severity, sender })
  return new URLSearchParams(all.filter(([, value]) => value !== '')).toString()
}

/** Where the queue is seen so. */
export function queuePath(filters: Filters): string {
  return `/queue?${queryOf(filters)}`
}

/** What the store is asked for. */
export function filterFor(c: Ctx, filters: Filters): QueueFilter {
  const { view, mailbox, who, category, severity, sender } = filters
  const at = c.var.house.now()
  const only = view === 'snoozed'
  return {
    states: views[view] ?? 'open',
    ...(mailbox === '' ? {} : { mailboxId: mailbox }),
    ...(who === '' ? {} : { assignee: who === 'mine' ? c.var.account.id : '' }),
    ...(category === '' ? {} : { category }),
    ...(severity === '' ? {} : { severityFrom: Number(severity) as Severity }),
    ...(sender === '' ? {} : { unverified: sender === 'unverified' }),
    ...(only || waiting.includes(view) ? { snoozed: { at, only } } : {}),
  }
}

/** Views of automatic mail, which is filed by two people instead of reviewed. */
export function isFiling(view: string): boolean {
  return view === 'filed' || view === 'filed_second'
}
