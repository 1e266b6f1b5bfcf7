import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

// Conditions of partial indexes. SQLite takes such an index only where the query says the very same,
// with no parameter in it, so both take it from here.

/** The rules say something of the thread, and that has not lapsed. */
export function isFlagged(thread: {
  readonly severity: AnyColumn
  readonly categories: AnyColumn
  readonly flags: AnyColumn
}): SQL {
  const { severity, categories, flags } = thread
  return sql`(${severity} > 0 or cast(${categories} as text) <> '[]' or cast(${flags} as text) <> '[]')`
}

export function isHarassment(outcome: AnyColumn): SQL {
  return sql`${outcome} = 'harassment'`
}
