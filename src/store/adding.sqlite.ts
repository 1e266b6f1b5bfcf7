import type Database from 'better-sqlite3'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from './engine.ts'

type Insert = {
  readonly statement: Database.Statement<unknown[]>
  readonly valuesOf: (row: Record<string, unknown>) => unknown[]
}

/**
 * Inserts row by row through one prepared statement a table: for an embedded database that is
 * faster than long statements, which have to be built and prepared anew.
 */
export function addingOn(connection: Database.Database): Tx['add'] {
  const casing = new CasingCache('snake_case')
  const prepared = new Map<SQLiteTable, Insert>()
  return (table, rows) => {
    const insert = prepared.get(table) ?? prepare(connection, casing, table)
    prepared.set(table, insert)
    return rows.length === 0 ? [] : [later(() => runAll(insert, rows))]
  }
}

function prepare(connection: Database.Database, casing: CasingCache, table: SQLiteTable): Insert {
  const columns = Object.entries(getTableColumns(table))
  const names = columns.map(([, column]) => `"${casing.getColumnCasing(column)}"`)
  const places = names.map(() => '?')
  const sql = `insert into "${getTableName(table)}" (${names.join(', ')}) values (${places.join(', ')})`
  return {
    statement: connection.prepare(sql),
    valuesOf: (row) =>
      columns.map(([key, column]) => {
        const value = row[key]
        return value === undefined || value === null ? null : column.mapToDriverValue(value)
      }),
  }
}

function runAll({ statement, valuesOf }: Insert, rows: readonly object[]): unknown[] {
  for (const row of rows) statement.run(valuesOf(row as Record<string, unknown>))
  return [...rows]
}

/** A write as the engine runs it: at once, or where somebody awaits it. */
function later(run: () => unknown[]): PromiseLike<unknown[]> & { all(): unknown[] } {
  return {
    all: run,
    // biome-ignore lint/suspicious/noThenProperty: a write is awaited like the builders' own.
    then: (done, failed) => Promise.resolve().then(run).then(done, failed),
  }
}
