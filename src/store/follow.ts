import { asc, gt } from 'drizzle-orm'
import type { SealedEvent } from '../domain/chain.ts'
import type { Event } from '../domain/event.ts'
import type { Db } from './engine.ts'
import { events } from './tables.ts'

export type Listener = (events: readonly Event[]) => void

/** Tells listeners of every event once and in order, whichever process committed it. */
export type Follower = {
  listen(listener: Listener): () => void
  /** Events of this process, as they were just committed. */
  committed(sealed: readonly SealedEvent[]): Promise<void>
  /** Another process may have committed. */
  catchUp(): Promise<void>
}

/** Events read at a time where another process has committed many. */
const pageSize = 500

/** Follows the chain from a place on. */
export function followFrom(db: Db, seq: number): Follower {
  const listeners = new Set<Listener>()
  let told = seq
  let reading: Promise<void> = Promise.resolve()

  function tell(news: readonly Event[], last: number): void {
    told = last
    for (const listener of listeners) listener(news)
  }

  async function readOn(): Promise<void> {
    for (;;) {
      const rows = await eventsAfter(db, told)
      // What this process committed meanwhile was told already.
      const news = rows.filter((row) => row.seq > told)
      const last = news.at(-1)
      if (!last) return
      tell(
        news.map(({ content }) => JSON.parse(content) as Event),
        last.seq,
      )
    }
  }

  function catchUp(): Promise<void> {
    const mine = reading.then(readOn)
    reading = mine.catch(() => undefined)
    return mine
  }

  return {
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async committed(sealed) {
      const [first] = sealed
      const last = sealed.at(-1)
      if (!first || !last || last.seq <= told) return
      if (first.seq !== told + 1) return catchUp()
      tell(
        sealed.map(({ event }) => event),
        last.seq,
      )
    },
    catchUp,
  }
}

function eventsAfter(db: Db, seq: number) {
  return db
    .select({ seq: events.seq, content: events.content })
    .from(events)
    .where(gt(events.seq, seq))
    .orderBy(asc(events.seq))
    .limit(pageSize)
}
