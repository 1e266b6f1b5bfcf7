import { eq, inArray } from 'drizzle-orm'
import type { Core } from './core.ts'
import { mailboxesOfSenders } from './placing.ts'
import { alerts, incidents, letters, measures, messages, notes, threads } from './tables.ts'

/** In which mailbox things lie: what a person may do with them depends on it. */
export type Places = {
  /** Ids of the mailboxes: one, or all that a sender has to do with; none where there is no such thing. */
  of(kind: PlacedKind, id: string): Promise<string[]>
  /** Those that each of these senders has to do with. */
  ofSenders(ids: readonly string[]): Promise<(senderId: string) => readonly string[]>
  /** The mailbox of each of these threads. */
  ofThreads(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
}

export type PlacedKind =
  | 'thread'
  | 'letter'
  | 'message'
  | 'measure'
  | 'alert'
  | 'sender'
  | 'incident'
  | 'note'

export function placesIn({ db }: Core): Places {
  const place = { id: threads.mailboxId }
  const statements = {
    thread: (id) => db.select(place).from(threads).where(eq(threads.id, id)),
    incident: (id) =>
      db.select({ id: incidents.mailboxId }).from(incidents).where(eq(incidents.id, id)),
    letter: (id) => joined(letters, id),
    message: (id) => joined(messages, id),
    measure: (id) => joined(measures, id),
    alert: (id) => joined(alerts, id),
    note: (id) => joined(notes, id),
  } satisfies Record<Exclude<PlacedKind, 'sender'>, (id: string) => PromiseLike<{ id: string }[]>>

  type Placed = typeof letters | typeof messages | typeof measures | typeof alerts | typeof notes
  function joined(table: Placed, id: string) {
    const own = eq(threads.id, table.threadId)
    return db.select(place).from(table).innerJoin(threads, own).where(eq(table.id, id))
  }

  return {
    async of(kind, id) {
      if (kind === 'sender') return [...(await mailboxesOfSenders(db, [id]))(id)]
      return (await statements[kind](id)).map((row) => row.id)
    },
    ofSenders: (ids) => mailboxesOfSenders(db, ids),
    async ofThreads(ids) {
      const rows = await db
        .select({ id: threads.id, mailboxId: threads.mailboxId })
        .from(threads)
        .where(inArray(threads.id, [...ids]))
      return new Map(rows.map(({ id, mailboxId }) => [id, mailboxId]))
    },
  }
}
