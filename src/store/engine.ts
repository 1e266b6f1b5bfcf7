import type { SQL } from 'drizzle-orm'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'

/** What queries are typed against, on every engine. Only builders: no raw SQL outside engines. */
export type Db = BaseSQLiteDatabase<'async', unknown>

/** One insert, update or delete that ends in `.returning()`. */
export type Write = PromiseLike<unknown[]>

export type Hit = { readonly messageId: string; readonly threadId: string }

/** Terms that stand side by side; `open` where the last one may go on (a word's beginning). */
export type Phrase = { readonly terms: readonly string[]; readonly open: boolean }

/** Mails that hold every phrase and fulfil the condition on `messages` and `threads`. */
export type Find = {
  readonly phrases: readonly Phrase[]
  readonly where: SQL | undefined
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
  atomically(work: (tx: Db) => readonly Write[]): Promise<void>
  /** Newest mail first. */
  search(find: Find): Promise<Hit[]>
  /** Takes a lease that is free or over, or renews one's own; false where another holds it. */
  claim(lease: Lease): Promise<boolean>
  /** Gives a lease back, if it is still one's own. */
  release(lease: Lease): Promise<void>
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
