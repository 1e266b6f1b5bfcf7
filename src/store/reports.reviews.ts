import { aliasedTable, and, count, eq, gte, lt, lte, max, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Category } from '../domain/category.ts'
import type { Pair, Said } from '../domain/report.ts'
import type { Db } from './engine.ts'
import { eachTime, type Past } from './reports.past.ts'
import type { Scope, Time } from './reports.ts'
import { messages, reviews, threads } from './tables.ts'

/** Seconds that the customer's newest mail had waited at reviews, the shortest first, by place. */
export type Waits = Readonly<Record<1 | 2, Float64Array>>

type InMailbox<T> = T & { readonly mailboxId: string }

export async function waitsOf(scope: Scope): Promise<Waits[]> {
  const times = await eachTime(scope, waitsWithin)
  return times.map((all) => {
    const some = all.filter(({ mailboxId }) => scope.isHere(mailboxId))
    return { 1: together(some.map((one) => one[1])), 2: together(some.map((one) => one[2])) }
  })
}

export async function pairsOf(scope: Scope): Promise<Pair[]> {
  const times = await eachTime(scope, pairsWithin)
  return times.flat().filter(({ mailboxId }) => scope.isHere(mailboxId))
}

/** Sorted values together, in order. */
export function together(some: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(some.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const one of some) {
    all.set(one, at)
    at += one.length
  }
  return all.sort()
}

export function waitsWithin(db: Db, past: Past, time: Time): Promise<InMailbox<Waits>[]> {
  return past.of('waits', time, () => countWaits(db, time))
}

export function pairsWithin(db: Db, past: Past, time: Time): Promise<InMailbox<Pair>[]> {
  return past.of('pairs', time, () => countPairs(db, time))
}

async function countWaits(db: Db, time: Time): Promise<InMailbox<Waits>[]> {
  const newest = db
    .select({ at: max(messages.receivedAt) })
    .from(messages)
    .where(
      and(
        eq(messages.threadId, reviews.threadId),
        eq(messages.direction, 'in'),
        lte(messages.receivedAt, reviews.at),
      ),
    )
  const rows = await db
    .select({
      mailboxId: threads.mailboxId,
      person: reviews.place,
      at: reviews.at,
      cameAt: sql<string | null>`${newest}`.as('came_at'),
    })
    .from(reviews)
    .innerJoin(threads, eq(threads.id, reviews.threadId))
    .where(isWithin(reviews.at, time))
  // Where its mail was moved to another thread by hand, nobody waited for that review.
  const waited = rows.flatMap(({ at, cameAt, ...of }) =>
    cameAt === null ? [] : [{ ...of, seconds: (Date.parse(at) - Date.parse(cameAt)) / 1000 }],
  )
  return [...Map.groupBy(waited, ({ mailboxId }) => mailboxId)].map(([mailboxId, some]) => {
    const by = (place: 1 | 2) =>
      Float64Array.from(
        some.filter(({ person }) => person === place),
        ({ seconds }) => seconds,
      ).sort()
    return { mailboxId, 1: by(1), 2: by(2) }
  })
}

/** Grouped by what both say, so that the many who agree on ordinary mail are one row. */
async function countPairs(db: Db, time: Time): Promise<InMailbox<Pair>[]> {
  const second = aliasedTable(reviews, 'second')
  const kindOf = (one: typeof reviews) => sql<Said['kind']>`${one.verdict} ->> 'kind'`
  const codesOf = (one: typeof reviews) => sql<string | null>`${one.verdict} ->> 'categories'`
  const sameRevision = and(
    eq(reviews.threadId, second.threadId),
    eq(reviews.revision, second.revision),
    eq(reviews.place, 1),
  )
  const rows = await db
    .select({
      mailboxId: threads.mailboxId,
      first: kindOf(reviews).as('first_kind'),
      firstCodes: codesOf(reviews).as('first_codes'),
      second: kindOf(second).as('second_kind'),
      secondCodes: codesOf(second).as('second_codes'),
      times: count(),
    })
    .from(second)
    .innerJoin(reviews, sameRevision)
    .innerJoin(threads, eq(threads.id, second.threadId))
    .where(and(eq(second.place, 2), isWithin(second.at, time)))
    .groupBy(threads.mailboxId, sql.raw('first_kind, first_codes, second_kind, second_codes'))
  return rows.map(({ mailboxId, first, firstCodes, second: other, secondCodes, times }) => ({
    mailboxId,
    first: said(first, firstCodes),
    second: said(other, secondCodes),
    times,
  }))
}

function said(kind: Said['kind'], codes: string | null): Said {
  return { kind, categories: codes === null ? [] : (JSON.parse(codes) as Category[]) }
}

function isWithin(at: SQLiteColumn, { start, end }: Time): SQL | undefined {
  return and(gte(at, start), end === null ? undefined : lt(at, end))
}
