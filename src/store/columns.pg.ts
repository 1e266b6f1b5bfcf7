import {
  bigint,
  boolean,
  check,
  customType,
  index,
  json,
  pgTable,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Columns } from './columns.sqlite.ts'

/** By code point, as SQLite compares: the same order on both engines, whatever the locale. */
const codePointText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/**
 * The column kit for PostgreSQL: what its tables are made of. Queries are built on the tables of
 * the other kit; their values go in and come out the same (`engine.pg.ts`).
 */
export const pgColumns = {
  table: pgTable,
  id: () => codePointText(),
  text: () => codePointText(),
  instant: () => codePointText(),
  // A UID needs 32 bits without a sign (RFC 9051).
  int: () => bigint({ mode: 'number' }),
  flag: () => boolean(),
  json: () => json(),
  bytes: () => bytea(),
  index,
  unique,
  uniqueIndex,
  check,
} as unknown as Columns
