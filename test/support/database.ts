import { randomUUID } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { inject } from 'vitest'
import { temporaryFolder } from './folder.ts'

/** An empty database of a test's own. */
export type TestDatabase = {
  readonly url: string
  /** Plain SQL, past the product; rejects in the database's own words. */
  sql(statement: string): Promise<Record<string, unknown>[]>
  /** A database of its own with the same in it; nobody may be at this one meanwhile. */
  copy(): Promise<TestDatabase>
  close(): Promise<void>
}

export type TestEngine = 'SQLite' | 'PostgreSQL'

const server = inject('postgres')

const named = process.env.MAMORI_TEST_ENGINE

/** The engine that the whole product is tested on in this run of the tests. */
export const engineOfRun: TestEngine = named === 'PostgreSQL' ? 'PostgreSQL' : 'SQLite'

const both: readonly TestEngine[] = server ? ['SQLite', 'PostgreSQL'] : ['SQLite']

/**
 * What the contract holds on: both, or SQLite alone where PostgreSQL does not start; the engine of
 * this run where it has one.
 */
export const engines: readonly TestEngine[] = named === undefined ? both : [engineOfRun]

/** A database that the product has opened before: it has its tables, and nothing in them. */
export function openMigrated(engine: TestEngine = engineOfRun): Promise<TestDatabase> {
  return engine === 'SQLite' ? openSqliteFile() : openPostgresDatabase(inject('postgresTemplate'))
}

/** `within` is a folder for the embedded database; without it, a temporary one. */
export function openDatabase(
  engine: TestEngine = engineOfRun,
  within?: string,
): Promise<TestDatabase> {
  return engine === 'SQLite' ? openSqliteFile(within) : openPostgresDatabase()
}

async function openSqliteFile(within?: string): Promise<TestDatabase> {
  const folder = within ? { path: within, [Symbol.dispose]: () => undefined } : temporaryFolder()
  const path = join(folder.path, 'mamori.db')
  let connection: Database.Database | undefined
  return {
    url: `file:${path}`,
    async sql(statement) {
      connection ??= openFile(path)
      const prepared = connection.prepare(statement)
      if (prepared.reader) return prepared.all() as Record<string, unknown>[]
      prepared.run()
      return []
    },
    async copy() {
      connection?.close()
      connection = undefined
      const copied = await openSqliteFile()
      copyFileSync(path, copied.url.slice('file:'.length))
      return copied
    },
    async close() {
      connection?.close()
      folder[Symbol.dispose]()
    },
  }
}

function openFile(path: string): Database.Database {
  const connection = new Database(path)
  connection.pragma('foreign_keys = ON')
  return connection
}

async function openPostgresDatabase(template?: string): Promise<TestDatabase> {
  if (!server) throw new Error('PostgreSQL does not start here')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name}${template ? ` template ${template}` : ''}`)
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  let pool: pg.Pool | undefined
  const opened = () => {
    const made = new pg.Pool({ connectionString: url, max: 2 })
    // Dropping the database by force ends connections that are about to end by themselves.
    made.on('error', () => undefined)
    return made
  }
  return {
    url,
    async sql(statement) {
      pool ??= opened()
      return (await pool.query(statement)).rows
    },
    async copy() {
      await pool?.end()
      pool = undefined
      return openPostgresDatabase(name)
    },
    async close() {
      await pool?.end()
      await onServer(server, `drop database ${name} with (force)`)
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
