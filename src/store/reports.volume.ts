import { and, count, eq, gte, lt, ne, sql } from 'drizzle-orm'
import type { Category } from '../domain/category.ts'
import { byPlace, placeIn } from './reports.places.ts'
import type { Scope } from './reports.ts'
import { mailboxes, threads } from './tables.ts'

export type ThreadCount = {
  readonly place: number
  readonly mailboxId: string
  readonly n: number
}

export type CategoryCount = ThreadCount & { readonly category: Category }

/**
 * Each figure is the length of a range of an index, whatever lies in it; the few threads that were
 * joined into others by hand are taken off.
 */
export async function volumeOf(scope: Scope): Promise<ThreadCount[]> {
  const { db, starts, since, hereIn } = scope
  const lengths = starts.map((start, at) => {
    const end = starts[at + 1]
    const within = and(
      eq(threads.mailboxId, mailboxes.id),
      gte(threads.lastAt, start),
      end === undefined ? undefined : lt(threads.lastAt, end),
    )
    const length = db.select({ n: count() }).from(threads).where(within)
    return [String(at), sql<number>`${length}`.mapWith(Number).as(`at_${at}`)] as const
  })
  const rows = await db
    .select({ mailboxId: mailboxes.id, ...Object.fromEntries(lengths) })
    .from(mailboxes)
    .where(hereIn(mailboxes.id))
  const joined = await db
    .select({ place: placeIn(starts, threads.lastAt), mailboxId: threads.mailboxId, n: count() })
    .from(threads)
    .where(and(eq(threads.state, 'joined'), gte(threads.lastAt, since), hereIn(threads.mailboxId)))
    .groupBy(byPlace, threads.mailboxId)
  const counted = rows.flatMap(({ mailboxId, ...of }) =>
    starts.map((_, place) => {
      const off = joined.find((one) => one.mailboxId === mailboxId && one.place === place)
      const length = (of as Record<string, number>)[place] ?? 0
      return { place, mailboxId, n: length - (off?.n ?? 0) }
    }),
  )
  return counted.filter(({ n }) => n > 0)
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
