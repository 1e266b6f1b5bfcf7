import { and, asc, desc, eq, gt, lt } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Core } from './core.ts'
import { chain, events } from './tables.ts'

/** An event as it stands in the log. */
export type LoggedEvent = {
  readonly seq: number
  readonly event: Event
  readonly content: string
  readonly previousHash: string
  readonly hash: string
}

export type Log = {
  /** Newest first; `before` is a number of the log to go on from. */
  list(
    filter: { readonly threadId?: string; readonly senderId?: string; readonly before?: number },
    limit: number,
  ): Promise<LoggedEvent[]>
  /** Everything in order, in batches, without holding it all in memory. */
  all(): AsyncIterable<LoggedEvent[]>
  head(): Promise<{ readonly seq: number; readonly hash: string }>
}

/** Events read at a time when the whole log is gone through. */
const batchSize = 1000

export function logIn({ db }: Core): Log {
  return {
    async list({ threadId, senderId, before }, limit) {
      const rows = await db
        .select()
        .from(events)
        .where(
          and(
            threadId ? eq(events.threadId, threadId) : undefined,
            senderId ? eq(events.senderId, senderId) : undefined,
            before ? lt(events.seq, before) : undefined,
          ),
        )
        .orderBy(desc(events.seq))
        .limit(limit)
      return rows.map(loggedOf)
    },
    async *all() {
      for (let last = 0; ; ) {
        const rows = await db
          .select()
          .from(events)
          .where(gt(events.seq, last))
          .orderBy(asc(events.seq))
          .limit(batchSize)
        const newest = rows.at(-1)
        if (!newest) return
        yield rows.map(loggedOf)
        last = newest.seq
      }
    },
    async head() {
      const [row] = await db.select({ seq: chain.seq, hash: chain.hash }).from(chain)
      return row ?? { seq: 0, hash: '' }
    },
  }
}

function loggedOf(row: typeof events.$inferSelect): LoggedEvent {
  const { seq, content, previousHash, hash } = row
  return { seq, event: JSON.parse(content) as Event, content, previousHash, hash }
}
