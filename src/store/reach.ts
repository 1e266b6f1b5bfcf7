import { inArray, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Reach } from '../domain/person.ts'
import type { Db } from './engine.ts'
import { threads } from './tables.ts'

/** Narrows a statement on `threads` to the mailboxes in reach. */
export function inReach(reach: Reach): SQL | undefined {
  return reach === 'all' ? undefined : inArray(threads.mailboxId, [...reach])
}

/** Narrows a statement to rows whose thread lies in a mailbox in reach. */
export function ofReach(db: Db, threadId: SQLiteColumn, reach: Reach): SQL | undefined {
  if (reach === 'all') return undefined
  const within = db.select({ id: threads.id }).from(threads).where(inReach(reach))
  return inArray(threadId, within)
}
