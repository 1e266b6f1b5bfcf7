import { and, count, desc, eq, inArray, lt, max, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Db } from './engine.ts'
import { alsoInReach, inReach } from './reach.ts'
import { senderAddresses, senders, threads } from './tables.ts'

/** A place in a list by time: where several stand at one instant, their ids tell them apart. */
export type ByTime = { readonly at: Instant; readonly id: string }

/** Senders by their newest mail: from a place on, which is not in it, or from the newest. */
export type SenderPage = {
  readonly before: ByTime | null
  readonly limit: number
  /** A part of their name or of an address; everybody without. */
  readonly words?: string
}

/** Whether one stands behind the other, the newest first. */
export function isBehind(one: ByTime, other: ByTime): boolean {
  return one.at < other.at || (one.at === other.at && one.id < other.id)
}

type Newest = { readonly id: string; readonly threads: number; readonly lastAt: Instant }

/** Threads looked through at a time on the way to the senders of the newest mail. */
const threadsAtOnce = 200

/** Senders by their newest mail, which is before an instant: found by walking the threads by time. */
export async function newestSenders(
  db: Db,
  reach: Reach,
  { before, limit, words = '' }: SenderPage,
): Promise<Newest[]> {
  if (words !== '') {
    const all = await countsOf(db, reach, await namedLike(db, words))
    return ordered(
      all.filter((one) => before === null || isBehind(placeOf(one), before)),
      limit,
    )
  }
  const found: Newest[] = []
  const seen = new Set<string>()
  // Threads of that very instant too: whose senders were shown is told by the senders' ids.
  let last = before === null ? null : { lastAt: before.at, id: '~' }
  while (found.length < limit) {
    const rows = await db
      .select({ senderId: threads.senderId, lastAt: threads.lastAt, id: threads.id })
      .from(threads)
      .where(and(older(last), inReach(reach)))
      .orderBy(desc(threads.lastAt), desc(threads.id))
      .limit(threadsAtOnce)
    const fresh = [...new Set(rows.map(({ senderId }) => senderId))].filter((id) => !seen.has(id))
    for (const id of fresh) seen.add(id)
    // One with newer mail stands on an earlier page.
    for (const one of await countsOf(db, reach, fresh)) {
      if (before === null || isBehind(placeOf(one), before)) found.push(one)
    }
    last = rows.at(-1) ?? null
    if (rows.length < threadsAtOnce) break
  }
  return ordered(found, limit)
}

function ordered(some: readonly Newest[], limit: number): Newest[] {
  return some.toSorted((a, b) => (isBehind(placeOf(a), placeOf(b)) ? 1 : -1)).slice(0, limit)
}

/** Senders looked at for one word: whoever finds more goes on writing. */
const namedMax = 1_000

/** Ids of senders with that in their name or in one of their addresses; A to Z in either case. */
async function namedLike(db: Db, words: string): Promise<string[]> {
  const literal = words.replace(/[\\%_]/g, String.raw`\$&`)
  const part = `%${literal.replace(/[A-Z]/g, (letter) => letter.toLowerCase())}%`
  const holds = (column: SQLiteColumn) => sql`lower(${column}) like ${part} escape '\\'`
  const [names, addresses] = await Promise.all([
    db.select({ id: senders.id }).from(senders).where(holds(senders.name)).limit(namedMax),
    db
      .selectDistinct({ id: senderAddresses.senderId })
      .from(senderAddresses)
      .where(holds(senderAddresses.address))
      .limit(namedMax),
  ])
  return [...new Set([...names, ...addresses].map(({ id }) => id))]
}

function placeOf({ lastAt: at, id }: Newest): ByTime {
  return { at, id }
}

async function countsOf(db: Db, reach: Reach, ids: readonly string[]): Promise<Newest[]> {
  const rows = await db
    .select({ id: threads.senderId, threads: count(), lastAt: max(threads.lastAt) })
    .from(threads)
    .where(and(inArray(threads.senderId, [...ids]), alsoInReach(reach)))
    .groupBy(threads.senderId)
  return rows.map(({ lastAt, ...row }) => ({ ...row, lastAt: lastAt ?? '' }))
}

function older(last: { readonly lastAt: Instant; readonly id: string } | null): SQL | undefined {
  if (last === null) return undefined
  const sameTime = and(eq(threads.lastAt, last.lastAt), lt(threads.id, last.id))
  return or(lt(threads.lastAt, last.lastAt), sameTime)
}
