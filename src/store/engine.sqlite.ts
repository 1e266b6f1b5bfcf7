import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { type Db, type Engine, type Hit, NewerSchema, StaleWrite, type Write } from './engine.ts'

/** Milliseconds to wait for another process that writes; a batch of mail takes far less. */
const busyTimeoutMs = 10_000

/** 64 MiB of pages: the queue and its indexes of a large inbox stay in memory. */
const cachePages = -65_536

/**
 * Opens the embedded database, brings its schema up to date and says so.
 * Throws `NewerSchema` where the file is ahead of this program.
 */
export function openSqlite(
  path: string,
  migrationsFolder: string,
  say: (words: string) => void,
): Engine {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const connection = new Database(path, { timeout: busyTimeoutMs })
  try {
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    connection.pragma('foreign_keys = ON')
    connection.pragma(`cache_size = ${cachePages}`)
    bringUpToDate(connection, path, migrationsFolder, say)
  } catch (error) {
    connection.close()
    throw error
  }
  return engineOn(connection)
}

function engineOn(connection: Database.Database): Engine {
  const sync = drizzle(connection, { casing: 'snake_case' })
  const find = connection.prepare<[string, number], Hit>(
    `select t.message_id as messageId, t.thread_id as threadId
       from search_index i join search_texts t on t.rowid = i.rowid
      where search_index match ? order by i.rowid desc limit ?`,
  )
  return {
    // Builders of the synchronous driver can be awaited: this one line lends them the other type.
    db: sync as unknown as Db,
    async atomically(work) {
      sync.transaction(
        (tx) => {
          for (const [place, write] of work(tx as unknown as Db).entries()) {
            if (rowsOf(write, place).length === 0) throw new StaleWrite(place)
          }
        },
        { behavior: 'immediate' },
      )
    },
    async search(query, limit) {
      return find.all(query, limit)
    },
    async close() {
      connection.close()
    },
  }
}

/** Runs a write at once: no other work can slip in between, as nothing here awaits. */
function rowsOf(write: Write, place: number): unknown[] {
  try {
    return (write as unknown as { all(): unknown[] }).all()
  } catch (error) {
    throw isTaken(error) ? new StaleWrite(place) : error
  }
}

/** A unique key that somebody else took first is the same as a row that has changed. */
function isTaken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
}

function bringUpToDate(
  connection: Database.Database,
  path: string,
  migrationsFolder: string,
  say: (words: string) => void,
): void {
  const known = knownMigrations(migrationsFolder)
  const before = appliedMigrations(connection)
  const newest = before.at(-1) ?? 0
  if (newest > (known.at(-1) ?? 0)) throw new NewerSchema(path)
  const due = known.filter((when) => when > newest).length
  if (due === 0) return
  migrate(drizzle(connection), { migrationsFolder })
  say(`${path}: schema brought up to date (${due} of ${known.length} migrations applied)`)
}

function knownMigrations(folder: string): number[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  return journal.entries.map(({ when }) => when).sort((a, b) => a - b)
}

function appliedMigrations(connection: Database.Database): number[] {
  const table = connection
    .prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`)
    .get()
  if (!table) return []
  const rows = connection
    .prepare<[], { created_at: number }>('select created_at from __drizzle_migrations order by 1')
    .all()
  return rows.map(({ created_at }) => Number(created_at))
}
