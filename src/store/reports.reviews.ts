import { aliasedTable, and, count, eq, gte, lte, max, sql } from 'drizzle-orm'
import type { Category } from '../domain/category.ts'
import type { Pair, Said } from '../domain/report.ts'
import { placeIn } from './reports.places.ts'
import type { Scope } from './reports.ts'
import { messages, reviews } from './tables.ts'

/** How long the customer's newest mail had waited when it was reviewed. */
export type Waited = {
  readonly place: number
  readonly person: 1 | 2
  readonly seconds: number
}

export async function waitsOf({ db, since, starts, ofThread }: Scope): Promise<Waited[]> {
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
      place: placeIn(starts, reviews.at),
      person: reviews.place,
      at: reviews.at,
      cameAt: sql<string | null>`${newest}`.as('came_at'),
    })
    .from(reviews)
    .where(and(gte(reviews.at, since), ofThread(reviews.threadId)))
  // Where its mail was moved to another thread by hand, nobody waited for that review.
  return rows.flatMap(({ cameAt, at, ...one }) =>
    cameAt === null ? [] : [{ ...one, seconds: (Date.parse(at) - Date.parse(cameAt)) / 1000 }],
  )
}

/** Grouped by what both say, so that the many who agree on ordinary mail are one row. */
export async function pairsOf({ db, since, ofThread }: Scope): Promise<Pair[]> {
  const second = aliasedTable(reviews, 'second')
  const kindOf = (one: typeof reviews) => sql<Said['kind']>`${one.verdict} ->> 'kind'`
  const codesOf = (one: typeof reviews) => sql<string | null>`${one.verdict} ->> 'categories'`
  const rows = await db
    .select({
      first: kindOf(reviews).as('first_kind'),
      firstCodes: codesOf(reviews).as('first_codes'),
      second: kindOf(second).as('second_kind'),
      secondCodes: codesOf(second).as('second_codes'),
      times: count(),
    })
    .from(second)
    .innerJoin(
      reviews,
      and(
        eq(reviews.threadId, second.threadId),
        eq(reviews.revision, second.revision),
        eq(reviews.place, 1),
      ),
    )
    .where(and(eq(second.place, 2), gte(second.at, since), ofThread(second.threadId)))
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
