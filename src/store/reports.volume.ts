import { and, count, gte, ne, sql } from 'drizzle-orm'
import type { Category } from '../domain/category.ts'
import { byPlace, placeIn } from './reports.places.ts'
import type { Scope } from './reports.ts'
import { threads } from './tables.ts'

export type ThreadCount = {
  readonly place: number
  readonly mailboxId: string
  readonly n: number
}

export type CategoryCount = ThreadCount & { readonly category: Category }

export async function volumeOf({ db, since, starts, here }: Scope): Promise<ThreadCount[]> {
  return db
    .select({ place: placeIn(starts, threads.lastAt), mailboxId: threads.mailboxId, n: count() })
    .from(threads)
    .where(and(gte(threads.lastAt, since), ne(threads.state, 'joined'), here))
    .groupBy(byPlace, threads.mailboxId)
}

/** A thread with several categories counts in each of them. */
export async function categoriesOf({ db, since, starts, here }: Scope): Promise<CategoryCount[]> {
  const listed = sql<string>`cast(${threads.categories} as text)`
  const rows = await db
    .select({
      place: placeIn(starts, threads.lastAt),
      mailboxId: threads.mailboxId,
      codes: listed.as('codes'),
      n: count(),
    })
    .from(threads)
    .where(
      and(gte(threads.lastAt, since), ne(threads.state, 'joined'), sql`${listed} <> '[]'`, here),
    )
    .groupBy(byPlace, threads.mailboxId, sql.raw('codes'))
  return rows.flatMap(({ codes, ...counted }) =>
    (JSON.parse(codes) as Category[]).map((category) => ({ ...counted, category })),
  )
}
