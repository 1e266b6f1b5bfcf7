import {
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  notInArray,
  or,
  type SQL,
} from 'drizzle-orm'
import type { Event, EventKind } from '../domain/event.ts'
import type { Reach } from '../domain/person.ts'
import type { Core } from './core.ts'
import { alsoInReach } from './reach.ts'
import { eachMailKinds, isOfSeldomKind } from './schema.events.ts'
import { chain, events, threads } from './tables.ts'

/** An event's place in the chain, its content unread. */
export type Link = {
  readonly seq: number
  readonly content: string
  readonly previousHash: string
  readonly hash: string
}

/** What lists go by, beside the content that the hash covers. */
export type KeptLink = Link & Pick<typeof events.$inferSelect, KeptColumn>
type KeptColumn = 'at' | 'by' | 'kind' | 'threadId' | 'senderId'

/** An event as it stands in the log. */
export type LoggedEvent = Link & { readonly event: Event }

/** The event that a link holds; null where it is none, which whoever bent the log may have written. */
export function eventIn(content: string): Event | null {
  try {
    return JSON.parse(content) as Event
  } catch {
    // What is no JSON is no event; the caller says so, or leaves it to `verify`.
    return null
  }
}

export type LogFilter = {
  readonly threadId?: string
  readonly senderId?: string
  readonly kind?: EventKind
  /** A number of the log to go on from. */
  readonly before?: number
}

export type Log = {
  /** Newest first. */
  list(filter: LogFilter, limit: number): Promise<LoggedEvent[]>
  /** Everything in order, in batches, read. */
  all(): AsyncIterable<LoggedEvent[]>
  /** Everything in order and unread, in batches, without holding it all in memory. */
  links(): AsyncIterable<KeptLink[]>
  /** Ids of threads that events name, in the order of the ids, after one of them. */
  threadIds(after: string, limit: number): Promise<string[]>
  /** Everything that happened to these threads, in order. */
  ofThreads(ids: readonly string[]): Promise<LoggedEvent[]>
  /** Everything that changed these senders, in order; mail alone changes none. */
  ofSenders(ids: readonly string[]): Promise<LoggedEvent[]>
  /** The last event of a kind. */
  lastOf(kind: EventKind): Promise<LoggedEvent | null>
  head(): Promise<{ readonly seq: number; readonly hash: string }>
}

/** Events read at a time when the whole log is gone through. */
const batchSize = 1000

export function logIn({ db }: Core, reach: Reach = 'all'): Log {
  return {
    list: (filter, limit) => list(db, reach, filter, limit),
    all: () => all(db),
    links: () => links(db),
    async threadIds(after, limit) {
      const rows = await db
        .selectDistinct({ id: events.threadId })
        .from(events)
        .where(and(isNotNull(events.threadId), gt(events.threadId, after)))
        .orderBy(asc(events.threadId))
        .limit(limit)
      return rows.flatMap(({ id }) => (id === null ? [] : [id]))
    },
    async ofThreads(ids) {
      const rows = await db
        .select()
        .from(events)
        .where(inArray(events.threadId, [...ids]))
        .orderBy(asc(events.seq))
      return rows.map(loggedOf)
    },
    async ofSenders(ids) {
      const rows = await db
        .select()
        .from(events)
        .where(and(inArray(events.senderId, [...ids]), notInArray(events.kind, mailKinds)))
        .orderBy(asc(events.seq))
      return rows.map(loggedOf)
    },
    async lastOf(kind) {
      const rows = await db
        .select()
        .from(events)
        .where(ofKind(kind))
        .orderBy(desc(events.seq))
        .limit(1)
      return rows[0] ? loggedOf(rows[0]) : null
    },
    async head() {
      const [row] = await db.select({ seq: chain.seq, hash: chain.hash }).from(chain)
      return row ?? { seq: 0, hash: '' }
    },
  }
}

async function list(
  db: Core['db'],
  reach: Reach,
  { threadId, senderId, kind, before }: LogFilter,
  limit: number,
): Promise<LoggedEvent[]> {
  const rows = await db
    .select({ event: events })
    .from(events)
    .leftJoin(threads, eq(threads.id, events.threadId))
    .where(
      and(
        threadId ? eq(events.threadId, threadId) : undefined,
        senderId ? eq(events.senderId, senderId) : undefined,
        kind ? ofKind(kind) : undefined,
        before ? lt(events.seq, before) : undefined,
        reach === 'all' ? undefined : ofNoThreadOr(alsoInReach(reach), reach),
      ),
    )
    .orderBy(desc(events.seq))
    .limit(limit)
  return rows.map(({ event }) => loggedOf(event))
}

function ofKind(kind: EventKind): SQL | undefined {
  const seldom = eachMailKinds.every((one) => one !== kind)
  return and(eq(events.kind, kind), seldom ? isOfSeldomKind : undefined)
}

/** Of a sender beside mail: what names no mailbox in reach is not there. */
function ofNoThreadOr(seen: SQL | undefined, reach: readonly string[]): SQL | undefined {
  // The content is canonical JSON: a quotation mark in anybody's words stands behind a stroke.
  const named = reach.map((id) => like(events.content, `%"mailboxId":"${id}"%`))
  const inNone = and(isNull(events.threadId), isNull(events.senderId))
  return or(seen, inNone, and(isNull(events.threadId), or(...named)))
}

async function* all(db: Core['db']): AsyncIterable<LoggedEvent[]> {
  for await (const batch of links(db)) {
    yield batch.map((link) => ({ ...link, event: JSON.parse(link.content) as Event }))
  }
}

const linkColumns = {
  seq: events.seq,
  content: events.content,
  previousHash: events.previousHash,
  hash: events.hash,
  at: events.at,
  by: events.by,
  kind: events.kind,
  threadId: events.threadId,
  senderId: events.senderId,
}

async function* links(db: Core['db']): AsyncIterable<KeptLink[]> {
  for (let last = 0; ; ) {
    const rows = await db
      .select(linkColumns)
      .from(events)
      .where(gt(events.seq, last))
      .orderBy(asc(events.seq))
      .limit(batchSize)
    const newest = rows.at(-1)
    if (!newest) return
    yield rows
    last = newest.seq
  }
}

/** Mail by itself changes no sender. */
const mailKinds: EventKind[] = ['message_received', 'own_message_recorded']

function loggedOf(row: typeof events.$inferSelect): LoggedEvent {
  const { seq, content, previousHash, hash } = row
  return { seq, event: JSON.parse(content) as Event, content, previousHash, hash }
}
