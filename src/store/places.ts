import { eq, inArray } from 'drizzle-orm'
import type { Core } from './core.ts'
import { alerts, letters, measures, messages, notes, threads } from './tables.ts'

/** In which mailbox things lie: what a person may do with them depends on it. */
export type Places = {
  /** Ids of the mailboxes: one, or all that a sender wrote to; none where there is no such thing. */
  of(kind: PlacedKind, id: string): Promise<string[]>
  /** The mailbox of each of these threads. */
  ofThreads(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
}

export type PlacedKind = 'thread' | 'letter' | 'message' | 'measure' | 'alert' | 'sender' | 'note'

export function placesIn({ db }: Core): Places {
  const place = { id: threads.mailboxId }
  const statements = {
    thread: (id) => db.select(place).from(threads).where(eq(threads.id, id)),
    sender: (id) => db.selectDistinct(place).from(threads).where(eq(threads.senderId, id)),
    letter: (id) => joined(letters, id),
    message: (id) => joined(messages, id),
    measure: (id) => joined(measures, id),
    alert: (id) => joined(alerts, id),
    note: (id) => joined(notes, id),
  } satisfies Record<PlacedKind, (id: string) => PromiseLike<{ id: string }[]>>

  type Placed = typeof letters | typeof messages | typeof measures | typeof alerts | typeof notes
  function joined(table: Placed, id: string) {
    const own = eq(threads.id, table.threadId)
    return db.select(place).from(table).innerJoin(threads, own).where(eq(table.id, id))
  }

  return {
    async of(kind, id) {
      return (await statements[kind](id)).map((row) => row.id)
    },
    async ofThreads(ids) {
      const rows = await db
        .select({ id: threads.id, mailboxId: threads.mailboxId })
        .from(threads)
        .where(inArray(threads.id, [...ids]))
      return new Map(rows.map(({ id, mailboxId }) => [id, mailboxId]))
    },
  }
}
