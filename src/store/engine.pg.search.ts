import { type SQL, sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import {
  all,
  hitColumns,
  isIndexed,
  needleOf,
  ofTexts,
  ofThread,
  restOf,
  seenOf,
  statementFor,
} from './engine.search.ts'
import type { Find, Hit, Seen } from './engine.ts'
import { messages, searchTexts, threads } from './tables.ts'
import type { Phrase } from './terms.ts'

/** Mails that share a term of their own, small stacks and large ones; the trigger names them. */
const small = { mark: '#', size: 2_048 }
const large = { mark: '##', size: 32_768 }

/** Stacks looked through at first, of either size: the newest one may hold a single mail. */
const firstStacks = 2

/** For the beginning of a word GIN gathers all mails with it first, however few are asked for. */
const firstStacksOfOpen = 8

/** Small stacks that are named one by one; as many mails make a large one. */
const namedStacks = 16

/**
 * GIN finds all mails with a word at once, in no order. A common word is found among the newest
 * mails, which have terms of their own; one that is not among them is rare enough to be looked up.
 */
export async function searchPostgres(db: NodePgDatabase, find: Find): Promise<Hit[]> {
  if (!isIndexed(find)) return rowsOf<Hit>(db, statementOf(find))
  const columns = sql`${hitColumns}, found.place as "at", ${messages.id} as "id"`
  return widening(db, find, (near) => indexStatement(find, near, columns, restOf(find)))
}

/** The mails that the index finds, whether they fulfil the rest or not. */
export async function lookPostgres(db: NodePgDatabase, find: Find): Promise<Seen[]> {
  if (!isIndexed(find)) return rowsOf<Seen>(db, seenOf(statementOf(find)))
  const columns = sql`${messages.threadId} as "threadId", (${all(restOf(find))}) as "fits"`
  return widening(db, find, (near) => indexStatement(find, near, columns, []))
}

async function rowsOf<Row extends object>(db: NodePgDatabase, statement: SQL): Promise<Row[]> {
  const { rows } = await db.execute(statement)
  return rows as unknown as Row[]
}

async function widening<Row extends object>(
  db: NodePgDatabase,
  find: Find,
  statement: (near: readonly string[]) => SQL,
): Promise<Row[]> {
  const newest = find.after === null ? await newestPlace(db) : Number(find.after.at)
  const look = async ({ mark, size }: typeof small, n: number) => {
    const top = Math.floor(newest / size)
    const marks = Array.from({ length: n }, (_, down) => `${mark}${top - down}`)
    const rows = await rowsOf<Row>(db, statement(marks))
    return { rows, enough: rows.length === find.limit || top < n }
  }
  const first = find.phrases.some(isOpen) ? firstStacksOfOpen : firstStacks
  const near = await look(small, first)
  if (near.enough) return near.rows
  // What is found is read whole, newest or not: no more mails than are likely to hold enough.
  const likely = Math.ceil((1.5 * first * find.limit) / (near.rows.length + 1))
  const further = likely <= namedStacks ? await look(small, likely) : near
  if (further.enough) return further.rows
  const far = await look(large, firstStacks)
  return far.enough ? far.rows : rowsOf<Row>(db, statement([]))
}

async function newestPlace(db: NodePgDatabase): Promise<number> {
  const last = sql`select coalesce(max(${searchTexts.place}), 0) as place from ${searchTexts}`
  const [row] = await rowsOf<{ place: number }>(db, last)
  return row?.place ?? 0
}

/**
 * Of few threads the terms are read mail by mail: a planner that has not counted the tables yet
 * would read those of every mail there is.
 */
function statementOf(find: Find): SQL {
  const threads = sql`join ${ofThread}`
  if (find.threadIds === null) {
    return statementFor(find, holds, { texts: sql`join ${ofTexts}`, threads })
  }
  const texts = sql`join lateral (select * from ${searchTexts}
    where ${searchTexts.messageId} = ${messages.id} offset 0) as ${searchTexts} on true`
  return statementFor(find, holds, { texts, threads })
}

function holds(needle: string): SQL {
  return sql`strpos(${searchTexts.terms}, ${needle}) > 0`
}

function indexStatement(
  find: Find,
  near: readonly string[],
  columns: SQL,
  conditions: readonly SQL[],
): SQL {
  const { after } = find
  const beside = besideOf(find)
  const texts =
    beside.length === 0 ? sql`` : sql`join ${searchTexts} on ${searchTexts.place} = found.place`
  const own = [sql`${messages.id} = found.message_id`, ...beside, ...conditions]
  // Lateral: from the newest on, one after the other, until there are enough.
  return sql`select hit.* from (select place, message_id from search_found(${queryFor(find, near)}::tsquery)
      ${after === null ? sql`` : sql`where place < ${after.at}`} order by place desc) as found
    cross join lateral (select ${columns} from ${messages} ${texts}
      join ${threads} on ${threads.id} = ${messages.threadId}
      where ${all(own)} offset 0) as hit
    limit ${find.limit}`
}

/** What the index can tell: which terms a mail has, not which of them stand side by side. */
function queryFor({ phrases, without, within }: Find, near: readonly string[]): string {
  return [
    ...phrases.map(queryOf),
    ...[within ?? [], near].filter((some) => some.length > 0).map(anyOf),
    ...without.filter(isOne).map((one) => `!${queryOf(one)}`),
  ].join(' & ')
}

function besideOf({ phrases, without }: Find): SQL[] {
  const beside = (phrase: Phrase) => holds(needleOf(phrase))
  return [
    ...phrases.filter((phrase) => !isOne(phrase)).map(beside),
    ...without.filter((phrase) => !isOne(phrase)).map((phrase) => sql`not (${beside(phrase)})`),
  ]
}

function anyOf(terms: readonly string[]): string {
  return `(${terms.map((term) => `'${term}'`).join(' | ')})`
}

/** Terms are letters and digits only, so that quotation marks are all they need. */
function queryOf(phrase: Phrase): string {
  const { terms, letter } = phrase
  const last = terms.length - 1
  const wanted = letter === null ? terms : [...terms.slice(0, -1), letter]
  const one = (term: string, at: number) => `'${term}'${isOpen(phrase) && at === last ? ':*' : ''}`
  return `(${wanted.map(one).join(' & ')})`
}

/** Whether its last term is only the beginning of one. */
function isOpen({ open, letter }: Phrase): boolean {
  return open && letter === null
}

/** Whether the index alone can tell: nothing has to stand beside anything. */
function isOne({ terms }: Phrase): boolean {
  return terms.length === 1
}
