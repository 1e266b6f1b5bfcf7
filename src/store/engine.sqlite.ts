import { mkdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { addingOn } from './adding.sqlite.ts'
import { lookSqlite, searchSqlite } from './engine.sqlite.search.ts'
import { type Db, type Engine, leaseSecondsMax, StaleWrite, type Tx, type Write } from './engine.ts'
import { dueMigrations, migrationsOf } from './migrations.ts'

/** Milliseconds to wait for another process that writes; a batch of mail takes far less. */
const busyTimeoutMs = 10_000

/** 64 MiB of pages: the queue and its indexes of a large inbox stay in memory. */
const cachePages = -65_536

/** How often commits of other processes on the same file are looked for. */
const watchMs = 500

/**
 * Opens the embedded database, brings its schema up to date and says so.
 * Throws `NewerSchema` where the file is ahead of this program.
 */
export function openSqlite(path: string, say: (words: string) => void): Engine {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const connection = new Database(path, { timeout: busyTimeoutMs })
  try {
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    connection.pragma('foreign_keys = ON')
    // What is erased is written over, not only left to be used again.
    connection.pragma('secure_delete = ON')
    connection.pragma(`cache_size = ${cachePages}`)
    bringUpToDate(connection, path, say)
    keepStatements(connection)
  } catch (error) {
    connection.close()
    throw error
  }
  return engineOn(connection, path)
}

/** Statements that are kept compiled: more than pages and loops have shapes of. */
const keptStatements = 500

/** One with a list of many ids is not soon asked for again. */
const keptLength = 10_000

/**
 * Compiles a statement once. The query builder has its statements compiled anew each time, which
 * for the short ones of a page takes longer than to run them.
 */
function keepStatements(connection: Database.Database): void {
  const compile = connection.prepare.bind(connection)
  const kept = new Map<string, Database.Statement>()
  const prepare = (source: string): Database.Statement => {
    if (source.length > keptLength) return compile(source)
    const known = kept.get(source)
    kept.delete(source)
    // Whoever had it last may have asked for rows as lists.
    const statement = known?.reader ? known.raw(false) : (known ?? compile(source))
    kept.set(source, statement)
    const [oldest] = kept.keys()
    if (kept.size > keptStatements && oldest !== undefined) kept.delete(oldest)
    return statement
  }
  connection.prepare = prepare as typeof connection.prepare
}

function engineOn(connection: Database.Database, path: string): Engine {
  const sync = drizzle(connection, { casing: 'snake_case' })
  const add = addingOn(connection)
  const watchers = new Set<NodeJS.Timeout>()
  return {
    // Builders of the synchronous driver can be awaited: this one line lends them the other type.
    db: sync as unknown as Db,
    async atomically(work) {
      sync.transaction(
        (tx) => {
          for (const [place, write] of work(
            Object.assign(tx, { add }) as unknown as Tx,
          ).entries()) {
            if (rowsOf(write, place).length === 0) throw new StaleWrite(place)
          }
        },
        { behavior: 'immediate' },
      )
    },
    async search(find) {
      return searchSqlite(sync, find)
    },
    async look(find) {
      return lookSqlite(sync, find)
    },
    ...leasesOn(connection),
    async settle() {
      connection.pragma('wal_checkpoint(TRUNCATE)')
    },
    async freeBytes() {
      if (path === ':memory:') return null
      const { bavail, bsize } = await statfs(dirname(path))
      return bavail * bsize
    },
    watch(wake) {
      const timer = watch(connection, wake)
      watchers.add(timer)
      return () => clearInterval(timer)
    },
    async close() {
      for (const timer of watchers) clearInterval(timer)
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

function leasesOn(connection: Database.Database): Pick<Engine, 'claim' | 'release' | 'clock'> {
  const instant = (offset: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', 'now'${offset})`
  const claim = connection.prepare<[string, string, number, string]>(
    `insert into leases (name, holder, until) values (?, ?, ${instant(`, ? || ' seconds'`)})
       on conflict (name) do update set holder = excluded.holder, until = excluded.until
       where leases.holder in (excluded.holder, ?) or leases.until < ${instant('')}
         or leases.until > ${instant(`, '${leaseSecondsMax} seconds'`)}`,
  )
  const held = connection.prepare<[string], { holder: string }>(
    'select holder from leases where name = ?',
  )
  const release = connection.prepare<[string, string]>(
    'delete from leases where name = ? and holder = ?',
  )
  const clock = connection.prepare<[], { now: string }>(`select ${instant('')} as now`)
  return {
    async clock() {
      return clock.get()?.now ?? ''
    },
    async claim({ name, holder, seconds }) {
      const before = held.get(name)?.holder ?? ''
      // All processes of a file are on one machine: one that is gone gives its leases back at once.
      const gone = isGone(before) ? before : holder
      return claim.run(name, holder, seconds, gone).changes === 1
    },
    async release({ name, holder }) {
      release.run(name, holder)
    },
  }
}

/** Whether a holder, `PID@HOST/ID`, was a process of this machine that runs no more. */
function isGone(holder: string): boolean {
  const [, pid, host] = /^(\d+)@([^/]+)\//.exec(holder) ?? []
  if (!pid || host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** `data_version` changes with each commit by another connection. */
function watch(connection: Database.Database, wake: () => void): NodeJS.Timeout {
  const version = () => connection.pragma('data_version', { simple: true })
  let last = version()
  const timer = setInterval(() => {
    const now = version()
    if (now === last) return
    last = now
    wake()
  }, watchMs)
  return timer.unref()
}

function bringUpToDate(
  connection: Database.Database,
  path: string,
  say: (words: string) => void,
): void {
  const migrationsFolder = migrationsOf('sqlite')
  const { due, known } = dueMigrations(migrationsFolder, appliedMigrations(connection), path)
  if (due === 0) return
  migrate(drizzle(connection), { migrationsFolder })
  say(`${path}: schema brought up to date (${due} of ${known} migrations applied)`)
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
