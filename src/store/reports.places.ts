import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Instant } from '../domain/time.ts'

/**
 * The place among them in which an instant lies, counted from 0: found by halves, as a statement
 * asks it of each row. Rows from before the first one are left out elsewhere.
 */
export function placeIn(starts: readonly Instant[], at: SQLiteColumn): SQL.Aliased<number> {
  return halves(starts, at, 0, Math.max(0, starts.length - 1))
    .mapWith(Number)
    .as('place_in_time') as SQL.Aliased<number>
}

/** What such rows are grouped by. */
export const byPlace = sql.raw('place_in_time')

function halves(starts: readonly Instant[], at: SQLiteColumn, from: number, to: number): SQL {
  const middle = Math.ceil((from + to) / 2)
  if (from === to) return sql.raw(String(from))
  return sql`case when ${at} < ${starts[middle]} then ${halves(starts, at, from, middle - 1)} else ${halves(starts, at, middle, to)} end`
}
