import {
  blob,
  check,
  index,
  integer,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'

/**
 * The column kit for SQLite. The schema is written once over a kit like this; PostgreSQL gets one
 * with the same names. Instants are ISO 8601 text in UTC, which sorts in time order.
 */
export const sqliteColumns = {
  table: sqliteTable,
  id: () => text(),
  text: () => text(),
  instant: () => text(),
  int: () => integer(),
  flag: () => integer({ mode: 'boolean' }),
  json: <T>() => text({ mode: 'json' }).$type<T>(),
  bytes: () => blob({ mode: 'buffer' }),
  index,
  unique,
  uniqueIndex,
  check,
}

export type Columns = typeof sqliteColumns
