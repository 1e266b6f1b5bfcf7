import { and, count, desc, eq, inArray, lt, max, or, type SQL } from 'drizzle-orm'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Db } from './engine.ts'
import { inReach } from './reach.ts'
import { threads } from './tables.ts'

/** Senders whose newest mail is before an instant, or from the newest on. */
export type SenderPage = { readonly before: Instant | null; readonly limit: number }

type Newest = { readonly id: string; readonly threads: number; readonly lastAt: Instant }

/** Threads looked through at a time on the way to the senders of the newest mail. */
const threadsAtOnce = 200

/** Senders by their newest mail, which is before an instant: found by walking the threads by time. */
export async function newestSenders(
  db: Db,
  reach: Reach,
  { before, limit }: SenderPage,
): Promise<Newest[]> {
  const found: Newest[] = []
  const seen = new Set<string>()
  let last = before === null ? null : { lastAt: before, id: '' }
  while (found.length < limit) {
    const rows = await db
      .select({ senderId: threads.senderId, lastAt: threads.lastAt, id: threads.id })
      .from(threads)
      .where(and(older(last), inReach(reach)))
      .orderBy(desc(threads.lastAt), desc(threads.id))
      .limit(threadsAtOnce)
    const fresh = [...new Set(rows.map(({ senderId }) => senderId))].filter((id) => !seen.has(id))
    for (const id of fresh) seen.add(id)
    const counted = await db
      .select({ id: threads.senderId, threads: count(), lastAt: max(threads.lastAt) })
      .from(threads)
      .where(and(inArray(threads.senderId, fresh), inReach(reach)))
      .groupBy(threads.senderId)
    for (const { lastAt, ...row } of counted) {
      // One with newer mail stands on an earlier page.
      if (lastAt !== null && (before === null || lastAt < before)) found.push({ ...row, lastAt })
    }
    last = rows.at(-1) ?? null
    if (rows.length < threadsAtOnce) break
  }
  return found.toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1)).slice(0, limit)
}

function older(last: { readonly lastAt: Instant; readonly id: string } | null): SQL | undefined {
  if (last === null) return undefined
  const sameTime = and(eq(threads.lastAt, last.lastAt), lt(threads.id, last.id))
  return or(lt(threads.lastAt, last.lastAt), sameTime)
}
