import { aliasedTable, and, count, eq, gte, lt, lte, max, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Category } from '../domain/category.ts'
import type { Pair, Said } from '../domain/report.ts'
import type { Scope, Time } from './reports.ts'
import { messages, reviews } from './tables.ts'

/** Seconds that the customer's newest mail had waited at reviews, the shortest first, by place. */
export type Waits = Readonly<Record<1 | 2, Float64Array>>

export function waitsOf(scope: Scope): Promise<Waits[]> {
  return scope.eachTime('waits', (time) => waitsWithin(scope, time))
}

async function waitsWithin({ db, ofThread }: Scope, time: Time): Promise<Waits> {
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
      person: reviews.place,
      at: reviews.at,
      cameAt: sql<string | null>`${newest}`.as('came_at'),
    })
    .from(reviews)
    .where(and(isWithin(reviews.at, time), ofThread(reviews.threadId)))
  // Where its mail was moved to another thread by hand, nobody waited for that review.
  const waited = rows.flatMap(({ person, at, cameAt }) =>
    cameAt === null ? [] : [{ person, seconds: (Date.parse(at) - Date.parse(cameAt)) / 1000 }],
  )
  const by = (which: 1 | 2) =>
    Float64Array.from(
      waited.filter(({ person }) => person === which),
      ({ seconds }) => seconds,
    ).sort()
  return { 1: by(1), 2: by(2) }
}

export async function pairsOf(scope: Scope): Promise<Pair[]> {
  return (await scope.eachTime('pairs', (time) => pairsWithin(scope, time))).flat()
}

/** Grouped by what both say, so that the many who agree on ordinary mail are one row. */
async function pairsWithin({ db, ofThread }: Scope, time: Time): Promise<Pair[]> {
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
      first: kindOf(reviews).as('first_kind'),
      firstCodes: codesOf(reviews).as('first_codes'),
      second: kindOf(second).as('second_kind'),
      secondCodes: codesOf(second).as('second_codes'),
      times: count(),
    })
    .from(second)
    .innerJoin(reviews, sameRevision)
    .where(and(eq(second.place, 2), isWithin(second.at, time), ofThread(second.threadId)))
    .groupBy(sql.raw('first_kind, first_codes, second_kind, second_codes'))
  return rows.map(({ first, firstCodes, second: other, secondCodes, times }) => ({
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
