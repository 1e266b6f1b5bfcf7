import { and, eq, exists, inArray, not, notInArray, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Reach } from '../domain/person.ts'
import type { Db } from './engine.ts'
import { threads } from './tables.ts'

/** Narrows a list of `threads` to the mailboxes in reach; a single one has its own indexes. */
export function inReach(reach: Reach): SQL | undefined {
  const [only, another] = reach === 'all' ? [] : reach
  if (only !== undefined && another === undefined) return eq(threads.mailboxId, only)
  return alsoInReach(reach)
}

/**
 * The same of threads that something narrower finds. SQLite takes any list for the narrowest: denied
 * twice, it asks each thread found, and does not walk through all those of the mailboxes. PostgreSQL,
 * which has counted them, takes it for what it is.
 */
export function alsoInReach(reach: Reach): SQL | undefined {
  return reach === 'all' ? undefined : not(notInArray(threads.mailboxId, [...reach]))
}

/** Narrows a statement to rows whose thread lies in a mailbox in reach; asked of each row found. */
export function ofReach(db: Db, threadId: SQLiteColumn, reach: Reach): SQL | undefined {
  if (reach === 'all') return undefined
  const own = and(eq(threads.id, threadId), inArray(threads.mailboxId, [...reach]))
  return exists(db.select({ id: threads.id }).from(threads).where(own))
}
