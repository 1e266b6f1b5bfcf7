import type { SQL } from 'drizzle-orm'
import type { BaseSQLiteDatabase, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../domain/time.ts'
import type { Phrase } from './terms.ts'

/** What queries are typed against, on every engine. Only builders: no raw SQL outside engines and search. */
export type Db = BaseSQLiteDatabase<'async', unknown>

/** One insert, update or delete that ends in `.returning()`. */
export type Write = PromiseLike<unknown[]>

/** What a transaction writes with. */
export type Tx = Db & {
  /** Inserts of many rows, the fast way of the engine; what a row leaves out is null. */
  add<Table extends SQLiteTable>(
    table: Table,
    rows: readonly Table['$inferInsert'][],
  ): readonly Write[]
}

/** Where a hit stands in its list: newest first, and the place to go on from. */
export type Key = { readonly at: string | number; readonly id: string }

export type Hit = Key & { readonly messageId: string; readonly threadId: string }

/** A mail that was looked at, and whether it fulfils more than its words. */
export type Seen = { readonly threadId: string; readonly fits: boolean | number }

/** What `search` looks for: mails, or threads with their newest mail. */
export type Find = {
  /** The list to go through: mails as they arrived or as they were sent, or threads. */
  readonly list: 'arrived' | 'sent' | 'threads'
  /** Held by the mail, all of them; only in the list `arrived`. */
  readonly phrases: readonly Phrase[]
  /** Held by the mail, none of them; not in the list `threads`. */
  readonly without: readonly Phrase[]
  /** The mail has one of these terms, where it fulfils the rest; null where that is not known. */
  readonly within: readonly string[] | null
  /** On `messages` and `threads`; in the list `threads` on the latter alone. */
  readonly where: readonly SQL[]
  /** Few threads, and no other ones; null for all. */
  readonly threadIds: readonly string[] | null
  readonly seeMuted: boolean
  readonly after: Key | null
  readonly limit: number
}

/** Work that one process does at a time, for as long as it goes on renewing. */
export type Lease = {
  readonly name: string
  readonly holder: string
  /** After so long without a renewal it is anybody's, by the database's own clock. */
  readonly seconds: number
}

/** No lease is longer: one that ends later was made before the clock was put back. */
export const leaseSecondsMax = 300

/** All that differs between the databases. */
export type Engine = {
  readonly db: Db
  /**
   * Runs the writes in one transaction. Nothing is read in it: a write that touches no row throws
   * `StaleWrite` and undoes all.
   */
  atomically(work: (tx: Tx) => readonly Write[]): Promise<void>
  /** The newest first, after the key. */
  search(find: Find): Promise<Hit[]>
  /** The same without narrowing by `where`: how far a search has to go for what it finds. */
  look(find: Find): Promise<Seen[]>
  /** Takes a lease that is free or over, or renews one's own; false where another holds it. */
  claim(lease: Lease): Promise<boolean>
  /** Gives a lease back, if it is still one's own. */
  release(lease: Lease): Promise<void>
  /** The database's own clock, the same for every process. */
  clock(): Promise<Instant>
  /** Lets no copy of what was written over lie in the database's own journal. */
  settle(): Promise<void>
  /** What is left on the disk that the data lies on; null where it is no disk of this machine. */
  freeBytes(): Promise<number | null>
  /** Calls whenever another process has committed, perhaps once too often; returns the end of it. */
  watch(wake: () => void): () => void
  close(): Promise<void>
}

/** Somebody else was faster: what was loaded is no longer so. `write` is the place in the list. */
export class StaleWrite extends Error {
  readonly write: number

  constructor(write: number) {
    super(`the data changed meanwhile (write ${write}): load it again and decide anew`)
    this.name = 'StaleWrite'
    this.write = write
  }
}

/** The database was written by a newer version of the product. */
export class NewerSchema extends Error {
  constructor(where: string) {
    super(
      `${where} was written by a newer version of Mamori: start that version, or restore a backup made with this one`,
    )
    this.name = 'NewerSchema'
  }
}

/** A database that cannot be opened; the message names it without its password. */
export class UnusableDatabase extends Error {
  constructor(url: string, why: string) {
    super(`DATABASE_URL=${withoutPassword(url)}: ${why}`)
    this.name = 'UnusableDatabase'
  }
}

/**
 * What the database said. The query builder's own error repeats the statement's values: customers'
 * words, which belong in no log.
 */
export function databasesOwn(error: unknown): Error & { readonly code?: string } {
  const cause = error instanceof Error && 'params' in error ? error.cause : error
  return cause instanceof Error ? cause : new Error(String(cause))
}

/** A database address as it may be shown and logged. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//…@').replace(/([?&]password=)[^&]*/gi, '$1…')
}
