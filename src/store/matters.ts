import { asc, eq } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import { apply, type Matter } from '../domain/matter.ts'
import type { Core } from './core.ts'
import { decisionOf, letterOf, measureOf, reviewOf, threadOf } from './rows.ts'
import { measures, senders, threads } from './tables.ts'
import { verdictRows } from './verdicts.ts'
import { type LetterContent, writesOf } from './writes.ts'

/** A matter as it was read, with the version that a commit expects to find unchanged. */
export type Loaded = { readonly matter: Matter; readonly version: number }

export type Matters = {
  /** The sender with every measure ever proposed. */
  sender(id: string): Promise<Matter['sender']>
  /** Everything an act on the thread needs, or null where there is no such thread. */
  find(threadId: string): Promise<Loaded | null>
  /**
   * Saves what happened to a loaded matter: rows and events together, or `StaleWrite` and nothing.
   * `contents` are the words of letters that the events write or rewrite.
   */
  commit(
    loaded: Loaded,
    events: readonly Event[],
    contents?: readonly LetterContent[],
  ): Promise<void>
}

export function mattersIn(core: Core): Matters {
  return {
    sender: (id) => senderOf(core, id),
    find: (threadId) => find(core, threadId),
    async commit(loaded, events, contents = []) {
      const next = events.reduce(apply, loaded.matter)
      await core.commit(events, (tx) => writesOf(tx, loaded, next, events, contents))
    },
  }
}

async function find({ db }: Core, threadId: string): Promise<Loaded | null> {
  const [row] = await db.select().from(threads).where(eq(threads.id, threadId))
  if (!row) return null
  const { given, decided, written } = await verdictRows(db, threadId)
  const ofRevision = given.filter(({ revision }) => revision === row.revision)
  return {
    version: row.version,
    matter: {
      thread: threadOf(row, ofRevision.map(reviewOf), decided.map(decisionOf)),
      letters: written.map(letterOf),
      sender: await senderOf({ db }, row.senderId),
    },
  }
}

async function senderOf({ db }: Pick<Core, 'db'>, id: string): Promise<Matter['sender']> {
  const [row] = await db.select({ proof: senders.proof }).from(senders).where(eq(senders.id, id))
  const all = await db
    .select()
    .from(measures)
    .where(eq(measures.senderId, id))
    .orderBy(asc(measures.id))
  return { id, proof: row?.proof ?? '', measures: all.map(measureOf) }
}
