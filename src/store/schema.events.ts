import { sql } from 'drizzle-orm'
import type { EventKind } from '../domain/event.ts'
import type { Columns } from './columns.sqlite.ts'

/** What happens to suspensions and is counted in reports; an index holds these events alone. */
export const suspensionSteps = [
  'measure_proposed',
  'measure_confirmed',
  'suspension_lifted',
  'suspension_expired',
  'objection_received',
] as const satisfies readonly EventKind[]

/** Letter by letter the condition of that index: a database takes the index for no other words. */
export const isSuspensionStep = sql.raw(
  `kind in (${suspensionSteps.map((kind) => `'${kind}'`).join(', ')})`,
)

/** The same of packages that left the house: of a large log they are a few. */
export const isExport = sql.raw(`kind = 'case_exported'`)

/** What happens at each mail: a log that is read from its end soon comes to one. */
export const eachMailKinds = [
  'message_received',
  'thread_assessed',
] as const satisfies readonly EventKind[]

/** All other kinds, in the words of the index that finds them. */
export const isOfSeldomKind = sql.raw(
  `kind not in (${eachMailKinds.map((kind) => `'${kind}'`).join(', ')})`,
)

/** The append-only log, chained by hash, and its head. */
export function eventTables(c: Columns) {
  const events = c.table(
    'events',
    {
      seq: c.int().primaryKey(),
      at: c.instant().notNull(),
      by: c.text(),
      kind: c.text().$type<EventKind>().notNull(),
      threadId: c.text(),
      senderId: c.text(),
      /** The event in canonical JSON (RFC 8785): what the hash covers, letter by letter. */
      content: c.text().notNull(),
      previousHash: c.text().notNull(),
      hash: c.text().notNull().unique(),
    },
    (t) => [
      c.index('events_by_thread').on(t.threadId, t.seq),
      c.index('events_by_sender').on(t.senderId, t.seq),
      c.index('events_of_suspensions').on(t.at).where(isSuspensionStep),
      c.index('events_of_exports').on(t.at).where(isExport),
      c.index('events_by_kind').on(t.kind, t.seq).where(isOfSeldomKind),
    ],
  )

  /** One row: where the chain ends. Moving it on is what makes two writers take turns. */
  const chain = c.table('chain', {
    id: c.int().primaryKey(),
    seq: c.int().notNull(),
    hash: c.text().notNull(),
  })

  /** Signed statements of how far the log went; each is in an event as well. */
  const checkpoints = c.table('checkpoints', {
    id: c.text().primaryKey(),
    at: c.instant().notNull(),
    events: c.int().notNull(),
    head: c.text().notNull(),
    listSha256: c.text().notNull(),
    publicKey: c.text().notNull(),
    signature: c.text().notNull(),
  })

  /** Who does what only one process may do at a time, and until when unless renewed. */
  const leases = c.table('leases', {
    name: c.text().primaryKey(),
    holder: c.text().notNull(),
    until: c.instant().notNull(),
  })

  return { events, chain, checkpoints, leases }
}
