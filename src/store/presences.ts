import { and, eq, gt, inArray, isNotNull, lt, max, ne } from 'drizzle-orm'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { StaleWrite } from './engine.ts'
import type { Doing } from './schema.desk.ts'
import { events, presences } from './tables.ts'

/** Somebody who is at a thread; of several pages of theirs the busiest counts. */
export type Presence = { readonly personId: string; readonly doing: Doing }

/** One page that somebody has open. */
export type Seat = { readonly threadId: string; readonly personId: string; readonly tab: string }

/** Who is where at this moment: kept under a lease by the database's clock, and no record. */
export type Presences = {
  at(threadId: string): Promise<Presence[]>
  /** Says that somebody is there for so many seconds, unless they say it again. */
  note(seat: Seat, doing: Doing, seconds: number): Promise<void>
  leave(seat: Seat): Promise<void>
  /** The place in the log of the newest act of other people on the thread; 0 where there is none. */
  newestAct(threadId: string, exceptBy: string): Promise<number>
  /** Calls whenever somebody comes, goes or begins to write, in this process or another one. */
  onChange(threadId: string, listener: () => void): () => void
}

const busyness: readonly Doing[] = ['opened', 'reading', 'writing']

export function presencesIn(core: Core): Presences {
  const watching = watchingOver(core)
  return {
    at: (threadId) => presentAt(core, threadId),
    async note(seat, doing, seconds) {
      const now = await core.clock()
      const { threadId, personId } = seat
      const row = { id: idOf(seat), threadId, personId, doing, until: secondsAfter(now, seconds) }
      // Nothing rests on rows that are over, and whoever is first takes them away.
      await core.db.delete(presences).where(lt(presences.until, now))
      await core.write((tx) => [
        tx
          .insert(presences)
          .values(row)
          .onConflictDoUpdate({ target: presences.id, set: { doing, until: row.until } })
          .returning({ id: presences.id }),
      ])
      await watching.look()
    },
    async leave(seat) {
      await core
        .write((tx) => [
          tx
            .delete(presences)
            .where(eq(presences.id, idOf(seat)))
            .returning({ id: presences.id }),
        ])
        .catch(unlessGone)
      await watching.look()
    },
    newestAct: (threadId, exceptBy) => newestAct(core, threadId, exceptBy),
    onChange: watching.listen,
  }
}

async function newestAct(core: Core, threadId: string, exceptBy: string): Promise<number> {
  const acts = and(
    eq(events.threadId, threadId),
    isNotNull(events.by),
    ne(events.by, exceptBy),
    // What somebody chose to see is theirs.
    ne(events.kind, 'passage_revealed'),
  )
  const [row] = await core.db
    .select({ seq: max(events.seq) })
    .from(events)
    .where(acts)
  return row?.seq ?? 0
}

/** Who is not there any more cannot leave, and that is as well. */
function unlessGone(error: unknown): void {
  if (!(error instanceof StaleWrite)) throw error
}

async function presentAt({ db, clock }: Core, threadId: string): Promise<Presence[]> {
  const there = and(eq(presences.threadId, threadId), gt(presences.until, await clock()))
  return busiest(await db.select().from(presences).where(there))
}

function busiest(rows: readonly Presence[]): Presence[] {
  const byPerson = Map.groupBy(rows, ({ personId }) => personId)
  return [...byPerson].map(([personId, seats]) => ({
    personId,
    doing: busyness.findLast((one) => seats.some(({ doing }) => doing === one)) ?? 'opened',
  }))
}

type Watched = { seen: string; readonly listeners: Set<() => void> }

/** Threads that somebody here has open, and who was at them when it was last looked. */
function watchingOver(core: Core) {
  const watched = new Map<string, Watched>()
  let looking: Promise<void> = Promise.resolve()
  let queued = false

  async function lookNow(): Promise<void> {
    queued = false
    if (watched.size === 0) return
    const now = await core.clock()
    const ids = [...watched.keys()]
    const rows = await core.db
      .select()
      .from(presences)
      .where(and(inArray(presences.threadId, ids), gt(presences.until, now)))
    const byThread = Map.groupBy(rows, ({ threadId }) => threadId)
    for (const [threadId, one] of watched) {
      const seen = signatureOf(busiest(byThread.get(threadId) ?? []))
      if (seen === one.seen) continue
      one.seen = seen
      for (const listener of one.listeners) listener()
    }
  }

  function look(): Promise<void> {
    // One look that has not begun yet sees everything that was written before it.
    if (queued) return looking
    queued = true
    looking = looking.catch(() => undefined).then(lookNow)
    return looking
  }

  core.onWake(() => {
    // Who asks next hears of a database that does not answer; the next commit looks again.
    if (watched.size > 0) look().catch(() => undefined)
  })
  return {
    look,
    listen(threadId: string, listener: () => void) {
      const one = watched.get(threadId) ?? { seen: '', listeners: new Set() }
      watched.set(threadId, one)
      one.listeners.add(listener)
      return () => {
        one.listeners.delete(listener)
        if (one.listeners.size === 0) watched.delete(threadId)
      }
    },
  }
}

function signatureOf(there: readonly Presence[]): string {
  return there
    .map(({ personId, doing }) => `${personId}:${doing}`)
    .sort()
    .join(' ')
}

function idOf({ threadId, personId, tab }: Seat): string {
  return `${threadId}/${personId}/${tab}`
}

function secondsAfter(at: Instant, seconds: number): Instant {
  return new Date(Date.parse(at) + seconds * 1_000).toISOString()
}
