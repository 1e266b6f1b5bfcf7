import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'

/** What queries are typed against, on every engine. Only builders: no raw SQL outside engines. */
export type Db = BaseSQLiteDatabase<'async', unknown>

/** One insert, update or delete that ends in `.returning()`. */
export type Write = PromiseLike<unknown[]>

export type Hit = { readonly messageId: string; readonly threadId: string }

/** All that differs between the databases. */
export type Engine = {
  readonly db: Db
  /**
   * Runs the writes in one transaction. Nothing is read in it: a write that touches no row throws
   * `StaleWrite` and undoes all.
   */
  atomically(work: (tx: Db) => readonly Write[]): Promise<void>
  /** Newest first; `query` is made of terms as `search.ts` makes them. */
  search(query: string, limit: number): Promise<Hit[]>
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
  constructor(path: string) {
    super(
      `${path} was written by a newer version of Mamori: start that version, or restore a backup made with this one`,
    )
    this.name = 'NewerSchema'
  }
}
