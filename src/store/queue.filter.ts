import {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  like,
  lt,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { Category, Severity } from '../domain/category.ts'
import { type QueueState, rankOutside } from '../domain/matter.ts'
import type { Instant } from '../domain/time.ts'
import { threads } from './tables.ts'

export type QueueFilter = {
  /** `open`: everything that has a place in the queue. */
  readonly states: 'open' | readonly QueueState[]
  readonly mailboxId?: string
  readonly senderId?: string
  /** Of any of these. */
  readonly senderIds?: readonly string[]
  readonly ids?: readonly string[]
  /** Somebody's threads; an empty string for those that nobody has. */
  readonly assignee?: string
  readonly category?: Category
  /** At least so severe. */
  readonly severityFrom?: Severity
  /** With a mail that may not be its sender's, or without any. */
  readonly unverified?: boolean
  /** Without the threads that are put off at this instant, or those alone. */
  readonly snoozed?: { readonly at: Instant; readonly only: boolean }
}

/** By need where everything waits, by return where it was put off, else the newest first. */
export function orderOf({ states, snoozed }: QueueFilter): SQL[] {
  if (snoozed?.only) return [asc(threads.snoozedUntil), asc(threads.id)]
  return states === 'open' ? [asc(threads.rank), asc(threads.waitingSince)] : [desc(threads.lastAt)]
}

/** What a filter asks of each thread. */
export function conditions(filter: QueueFilter): (SQL | undefined)[] {
  const { states, mailboxId, senderId, senderIds, ids, assignee, snoozed } = filter
  const { category, severityFrom, unverified } = filter
  return [
    states === 'open' ? lt(threads.rank, rankOutside) : ofStates(states, category),
    ...(mailboxId ? [eq(threads.mailboxId, mailboxId)] : []),
    ...(senderId ? [eq(threads.senderId, senderId)] : []),
    ...(senderIds ? [inArray(threads.senderId, [...senderIds])] : []),
    ...(ids ? [inArray(threads.id, [...ids])] : []),
    ...(assignee === undefined ? [] : [eq(threads.assignee, assignee)]),
    ...(category ? [like(categoriesAsText, `%"${category}"%`)] : []),
    ...(severityFrom ? [gte(threads.severity, severityFrom)] : []),
    ...(unverified === undefined ? [] : [(unverified ? gt : eq)(threads.unverified, 0)]),
    ...(snoozed ? [putOff(snoozed)] : []),
  ]
}

const categoriesAsText = sql`cast(${threads.categories} as text)`

/**
 * Threads of these states; of a category, those with any are walked by their own index: SQLite
 * would look at every thread of the state, were that not hidden from it by the sign.
 */
function ofStates(states: readonly QueueState[], category: Category | undefined): SQL | undefined {
  if (!category) return inArray(threads.state, [...states])
  return and(inArray(sql`(${threads.state} || '')`, [...states]), ne(categoriesAsText, '[]'))
}

function putOff({ at, only }: { readonly at: Instant; readonly only: boolean }): SQL | undefined {
  return only
    ? gt(threads.snoozedUntil, at)
    : or(isNull(threads.snoozedUntil), lte(threads.snoozedUntil, at))
}
