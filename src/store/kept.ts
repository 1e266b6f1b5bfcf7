import { asc, count, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import * as tables from './tables.ts'

export type TableName = keyof typeof tables
export type RowOf<Name extends TableName> = (typeof tables)[Name]['$inferSelect']

/** A table with the column that it is gone through by. */
export type KeptTable = {
  readonly name: TableName
  readonly table: SQLiteTable
  readonly key: SQLiteColumn
}

/** A column of a table that names a row of another one. */
export type Pointer = {
  readonly name: TableName
  readonly column: string
  readonly to: TableName
}

/** Rows as they lie there, for whoever compares them with the log. */
export type Kept = {
  /** Every row in the order of its key, read in pages. */
  rows<Name extends TableName>(name: Name): AsyncIterable<RowOf<Name>>
  /** The rows whose column has one of these values. */
  of<Name extends TableName>(
    name: Name,
    column: keyof RowOf<Name> & string,
    values: readonly string[],
  ): Promise<RowOf<Name>[]>
  /** Keys of rows that point to nothing. */
  strays(pointer: Pointer, limit: number): Promise<string[]>
  /** What several rows name, where each may be named once. */
  twice(pointer: Pointer, limit: number): Promise<string[]>
}

/** Values in one statement: SQLite takes 32,766. */
const valuesPerQuery = 1000

export function keptIn({ db }: Core): Kept {
  return {
    async *rows<Name extends TableName>(name: Name) {
      for await (const page of pagesOf(db, keptAs(name))) yield* page as RowOf<Name>[]
    },
    async of<Name extends TableName>(
      name: Name,
      column: keyof RowOf<Name> & string,
      values: readonly string[],
    ) {
      const { table } = keptAs(name)
      const rows: RowOf<Name>[] = []
      for (let from = 0; from < values.length; from += valuesPerQuery) {
        const some = values.slice(from, from + valuesPerQuery)
        const where = inArray(columnOf(table, column), some)
        rows.push(...((await db.select().from(table).where(where)) as RowOf<Name>[]))
      }
      return rows
    },
    strays: (pointer, limit) => strays(db, pointer, limit),
    async twice({ name, column }, limit) {
      const { table } = keptAs(name)
      const named = columnOf(table, column)
      const rows = await db
        .select({ value: named })
        .from(table)
        .groupBy(named)
        .having(gt(count(), 1))
        .limit(limit)
      return rows.map(({ value }) => String(value))
    },
  }
}

async function strays(db: Db, { name, column, to }: Pointer, limit: number): Promise<string[]> {
  const [from, target] = [keptAs(name), keptAs(to)]
  const rows = await db
    .select({ key: from.key })
    .from(from.table)
    .leftJoin(target.table, eq(target.key, columnOf(from.table, column)))
    .where(isNull(target.key))
    .limit(limit)
  return rows.map(({ key }) => String(key))
}

/** A table by its name, with its key. */
export function keptAs(name: TableName): KeptTable {
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: every table is gone through by name.
  const table = tables[name]
  const key = 'id' in table ? table.id : keys[name]
  if (!key) throw new Error(`table ${name} has no key to be read by`)
  return { name, table, key }
}

/** Keys of the tables whose key has another name than `id`. */
const keys: Partial<Record<TableName, SQLiteColumn>> = {
  totps: tables.totps.personId,
  senderAddresses: tables.senderAddresses.address,
  senderMembers: tables.senderMembers.senderId,
  senderLabels: tables.senderLabels.senderId,
  raws: tables.raws.sha256,
  measureTerms: tables.measureTerms.measureId,
  representatives: tables.representatives.address,
  pictureSenders: tables.pictureSenders.senderId,
  assessments: tables.assessments.messageId,
  searchTexts: tables.searchTexts.messageId,
  ruleReigns: tables.ruleReigns.place,
  policyVersions: tables.policyVersions.place,
  events: tables.events.seq,
  leases: tables.leases.name,
}

/** Rows read at a time; original mails are large, so that memory stays flat. */
const pageSize = 200
const bytesPageSize = 20

/** Tables whose rows hold whole files. */
const withBytes: readonly TableName[] = ['raws', 'uploads', 'incidentPictures', 'ruleFiles']

/** Every row of a table in the order of its key, in pages. */
export async function* pagesOf(
  db: Db,
  { name, table, key }: KeptTable,
): AsyncIterable<Record<string, unknown>[]> {
  const limit = withBytes.includes(name) ? bytesPageSize : pageSize
  for (let last: unknown = null; ; ) {
    const page = (await db
      .select()
      .from(table)
      .where(last === null ? undefined : gt(key, last))
      .orderBy(asc(key))
      .limit(limit)) as Record<string, unknown>[]
    if (page.length === 0) return
    yield page
    last = page.at(-1)?.[propertyOf(table, key)]
  }
}

/** The name that a column's value has in a row. */
export function propertyOf(table: SQLiteTable, key: SQLiteColumn): string {
  const found = Object.entries(table).find(([, column]) => column === key)
  if (!found) throw new Error(`column ${key.name} is not in its table`)
  return found[0]
}

function columnOf(table: SQLiteTable, property: string): SQLiteColumn {
  const column = (table as unknown as Record<string, SQLiteColumn>)[property]
  if (!column) throw new Error(`there is no column ${property} in its table`)
  return column
}
