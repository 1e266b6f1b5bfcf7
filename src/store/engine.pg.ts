import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { listenTo } from './engine.pg.listen.ts'
import { lookPostgres, searchPostgres } from './engine.pg.search.ts'
import {
  type Db,
  databasesOwn,
  type Engine,
  leaseSecondsMax,
  StaleWrite,
  type Tx,
  UnusableDatabase,
  type Write,
  withoutPassword,
} from './engine.ts'
import { dueMigrations, migrationsOf } from './migrations.ts'

/** Connections a process holds at most: pages, pollers and the postman seldom wait for one. */
const connectionsMax = 10

/** A server that is silent for so long is gone: what waits for it fails, and is tried anew. */
const answerMs = 60_000

/** One process at a time brings the schema up to date; the number is ours alone. */
const migrationLock = 721_064_203

/** What other processes listen to, named by each commit. */
const channel = 'mamori_commits'

/**
 * Opens a PostgreSQL database, brings its schema up to date and says so. Throws `NewerSchema`
 * where the database is ahead of this program, `UnusableDatabase` where it cannot be reached.
 */
export async function openPostgres(url: string, say: (words: string) => void): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    keepAlive: true,
    // Queries here are short, and to compile one takes longer than to run it.
    options: '-c jit=off',
    connectionTimeoutMillis: answerMs,
    query_timeout: answerMs,
  })
  // A connection that breaks while nobody uses it is replaced; without a listener it ends us.
  pool.on('error', (error) => say(`${withoutPassword(url)}: a connection broke: ${error.message}`))
  // Nor does one that breaks between two statements, or while it says goodbye: the next one fails.
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await bringUpToDate(pool, url, say)
  } catch (error) {
    await pool.end()
    throw isConnection(error) ? new UnusableDatabase(url, wordsOf(error)) : error
  }
  return engineOn(pool, url, say)
}

// Values come as the tables of `tables.ts` expect them: JSON as text, 64-bit integers as numbers.
// The query builder knows only the driver's common parsers.
pg.types.setTypeParser(pg.types.builtins.JSON, (value) => value)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

function engineOn(pool: pg.Pool, url: string, say: (words: string) => void): Engine {
  const db = drizzle(pool, { casing: 'snake_case' })
  const ends = new Set<() => Promise<void>>()
  return {
    // Both dialects build the same queries from the same tables: this one line lends the type.
    db: db as unknown as Db,
    atomically: (work) => atomically(pool, work),
    search: (find) => searchPostgres(db, find),
    look: (find) => lookPostgres(db, find),
    ...leasesOn(pool),
    // The server's disk is the server's: what it refuses is undone whole and told as trouble.
    // What it keeps of old rows, and for how long, is the server's as well.
    settle: () => Promise.resolve(),
    freeBytes: () => Promise.resolve(null),
    watch(wake) {
      const end = listenTo({ url, channel, wake, say })
      ends.add(end)
      return () => void end()
    },
    async close() {
      await Promise.all([...ends].map((end) => end()))
      await pool.end()
    },
  }
}

async function atomically(pool: pg.Pool, work: (tx: Tx) => readonly Write[]): Promise<void> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    const tx = txOn(drizzle(client, { casing: 'snake_case' }) as unknown as Db)
    await client.query('begin')
    for (const [place, write] of work(tx).entries()) {
      if ((await rowsOf(write, place)).length === 0) throw new StaleWrite(place)
    }
    await client.query(`notify ${channel}`)
    await client.query('commit')
  } catch (error) {
    failure = await undone(client)
    throw error
  } finally {
    // A connection that could not be rolled back is not given to anybody again.
    client.release(failure)
  }
}

/** Rows of one statement: it takes 65,535 values at most, and no table has 100 columns. */
const rowsPerInsert = 500

function txOn(db: Db): Tx {
  return Object.assign(db, {
    add: ((table, rows) => {
      const writes: Write[] = []
      for (let from = 0; from < rows.length; from += rowsPerInsert) {
        const piece = rows.slice(from, from + rowsPerInsert)
        writes.push(db.insert(table).values(piece).returning())
      }
      return writes
    }) satisfies Tx['add'],
  })
}

async function undone(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function rowsOf(write: Write, place: number): Promise<unknown[]> {
  try {
    return await write
  } catch (error) {
    throw isTaken(error) ? new StaleWrite(place) : databasesOwn(error)
  }
}

/** unique_violation: somebody else took the key first, the same as a row that has changed. */
function isTaken(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof pg.DatabaseError && cause.code === '23505'
}

function leasesOn(pool: pg.Pool): Pick<Engine, 'claim' | 'release' | 'clock'> {
  const instant = (offset: string) =>
    `to_char((clock_timestamp() ${offset}) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  const add = `insert into leases (name, holder, until) values ($1, '', '') on conflict do nothing`
  const take = `update leases set holder = $2, until = ${instant(`+ $3 * interval '1 second'`)}
     where name = (select name from leases where name = $1
        and (holder = $2 or until < ${instant('')}
          or until > ${instant(`+ interval '${leaseSecondsMax} seconds'`)}) for update skip locked)`
  return {
    async clock() {
      return (await pool.query(`select ${instant('')} as now`)).rows[0].now
    },
    async claim({ name, holder, seconds }) {
      await pool.query(add, [name])
      const { rowCount } = await pool.query(take, [name, holder, seconds])
      return rowCount === 1
    },
    async release({ name, holder }) {
      await pool.query('delete from leases where name = $1 and holder = $2', [name, holder])
    },
  }
}

async function bringUpToDate(
  pool: pg.Pool,
  url: string,
  say: (words: string) => void,
): Promise<void> {
  const migrationsFolder = migrationsOf('postgres')
  const where = withoutPassword(url)
  const client = await pool.connect()
  let failed = true
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    const { due, known } = dueMigrations(migrationsFolder, await appliedMigrations(client), where)
    if (due > 0) {
      await migrate(drizzle(client), { migrationsFolder })
      say(`${where}: schema brought up to date (${due} of ${known} migrations applied)`)
    }
    await client.query('select pg_advisory_unlock($1)', [migrationLock])
    failed = false
  } finally {
    // Where a migration failed in the middle, the lock goes with its connection.
    client.release(failed)
  }
}

async function appliedMigrations(client: pg.PoolClient): Promise<number[]> {
  const { rows: found } = await client.query(
    `select to_regclass('drizzle.__drizzle_migrations') as name`,
  )
  if (found[0]?.name === null) return []
  const { rows } = await client.query('select created_at from drizzle.__drizzle_migrations')
  return rows.map(({ created_at }) => Number(created_at))
}

/** Errors before the first query: no server, wrong name or password, no such database. */
function isConnection(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^(?:E[A-Z]+|28\w{3}|3D000|08\w{3}|57P03|53300)$/.test(code)
}

function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  return `${words || 'no server answers there'}; check the address, the user and the password`
}
