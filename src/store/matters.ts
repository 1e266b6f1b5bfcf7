import { asc, inArray } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import { apply, type Matter } from '../domain/matter.ts'
import type { Sender } from '../domain/sender.ts'
import type { Core } from './core.ts'
import { membersIn } from './joins.ts'
import type { Beside } from './letter-versions.ts'
import { besideOf } from './measure-terms.ts'
import { decisionOf, letterOf, measureOf, reviewOf, threadOf } from './rows.ts'
import { measures, senders, threads } from './tables.ts'
import { type VerdictRows, verdictRows } from './verdicts.ts'
import { type LetterContent, writesOf } from './writes.ts'

/** A matter as it was read, with the version that a commit expects to find unchanged. */
export type Loaded = { readonly matter: Matter; readonly version: number }

export type Matters = {
  /** Senders with every measure ever proposed against them or whom people joined with them. */
  senders(ids: readonly string[]): Promise<(id: string) => Sender>
  /** Everything an act on the thread needs, or null where there is no such thread. */
  find(threadId: string): Promise<Loaded | null>
  /** The same for many threads at once, by id. */
  findAll(threadIds: readonly string[]): Promise<Map<string, Loaded>>
  /**
   * Saves what happened to a loaded matter: rows and events together, or `StaleWrite` and nothing.
   * `contents` are the words of letters that the events write or rewrite, `beside` what else is
   * kept with them.
   */
  commit(
    loaded: Loaded,
    events: readonly Event[],
    contents?: readonly LetterContent[],
    beside?: Beside,
  ): Promise<void>
}

export function mattersIn(core: Core): Matters {
  return {
    senders: (ids) => sendersBy(core.db, ids),
    findAll: (threadIds) => findAll(core, threadIds),
    async find(threadId) {
      return (await findAll(core, [threadId])).get(threadId) ?? null
    },
    async commit(loaded, events, contents = [], beside = {}) {
      const next = events.reduce(apply, loaded.matter)
      await core.commit(events, (tx) => writesOf(tx, loaded, next, events, contents, beside))
    },
  }
}

async function findAll({ db }: Core, threadIds: readonly string[]): Promise<Map<string, Loaded>> {
  const rows = await db
    .select()
    .from(threads)
    .where(inArray(threads.id, [...threadIds]))
  const [verdictsOf, sendersOf] = await Promise.all([
    verdictRows(db, threadIds),
    sendersBy(
      db,
      rows.map(({ senderId }) => senderId),
    ),
  ])
  return new Map(rows.map((row) => [row.id, loadedOf(row, verdictsOf(row.id), sendersOf)]))
}

/** A thread's row with what people did on it and who its sender is. */
export function loadedOf(
  row: typeof threads.$inferSelect,
  { given, decided, written }: VerdictRows,
  senderOf: (id: string) => Sender,
): Loaded {
  const ofRevision = given.filter(({ revision }) => revision === row.revision)
  const thread = threadOf(row, ofRevision.map(reviewOf), decided.map(decisionOf))
  const matter = { thread, letters: written.map(letterOf), sender: senderOf(row.senderId) }
  return { version: row.version, matter }
}

/** Senders with every measure of their identity; one that is not kept yet has none. */
export async function sendersBy(
  db: Core['db'],
  senderIds: readonly string[],
): Promise<(id: string) => Sender> {
  const ids = [...senderIds]
  const [rows, membersOf] = await Promise.all([
    db
      .select({ id: senders.id, proof: senders.proof })
      .from(senders)
      .where(inArray(senders.id, ids)),
    membersIn(db, ids),
  ])
  const all = await db
    .select()
    .from(measures)
    .where(inArray(measures.senderId, [...new Set(ids.flatMap(membersOf))]))
    .orderBy(asc(measures.id))
  const beside = await besideOf(
    db,
    all.map(({ id }) => id),
  )
  const proofs = new Map(rows.map(({ id, proof }) => [id, proof]))
  const bySender = Map.groupBy(all, ({ senderId }) => senderId)
  const measuresOf = (id: string) =>
    membersOf(id)
      .flatMap((member) => bySender.get(member) ?? [])
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return (id) => ({
    id,
    proof: proofs.get(id) ?? '',
    measures: measuresOf(id).map((row) => measureOf(row, beside(row.id))),
  })
}
