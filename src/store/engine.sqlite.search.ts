import { type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
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

/** FTS5 goes through what it finds from the newest on and stops at the limit. */
export function searchSqlite(db: BetterSQLite3Database, find: Find): Hit[] {
  if (!isIndexed(find)) return db.all(statementFor(find, holds, mailsFirst))
  const columns = sql`${hitColumns}, search_index.rowid as "at", ${messages.id} as "id"`
  return db.all(indexStatement(find, columns, [...matched(find), ...beside(find)]))
}

/** The mails that the index finds, whether they fulfil the rest or not. */
export function lookSqlite(db: BetterSQLite3Database, find: Find): Seen[] {
  if (!isIndexed(find)) return db.all(seenOf(statementFor(find, holds, mailsFirst)))
  const columns = sql`${messages.threadId} as "threadId", (${all(beside(find))}) as "fits"`
  return db.all(indexStatement(find, columns, matched(find)))
}

/** A cross join keeps its order: threads of one state or mailbox are many, and the mails lead. */
const mailsFirst = { texts: sql`cross join ${ofTexts}`, threads: sql`cross join ${ofThread}` }

function holds(needle: string): SQL {
  return sql`instr(${searchTexts.terms}, ${needle}) > 0`
}

function indexStatement({ limit }: Find, columns: SQL, conditions: readonly SQL[]): SQL {
  // A cross join keeps its order: the index leads, and nothing is sorted.
  return sql`select ${columns}
    from search_index cross join ${searchTexts} on ${searchTexts.place} = search_index.rowid
    cross join ${messages} on ${messages.id} = ${searchTexts.messageId}
    cross join ${threads} on ${threads.id} = ${messages.threadId}
    where ${all(conditions)} order by search_index.rowid desc limit ${limit}`
}

function matched(find: Find): SQL[] {
  const { after } = find
  return [
    sql`search_index match ${matchOf(find)}`,
    ...(after === null ? [] : [sql`search_index.rowid < ${after.at}`]),
  ]
}

function beside(find: Find): SQL[] {
  return [
    ...find.phrases.filter(isLetterEnd).map((phrase) => holds(needleOf(phrase))),
    ...find.without.filter(isLetterEnd).map((phrase) => sql`not (${holds(needleOf(phrase))})`),
    ...restOf(find),
  ]
}

/** Terms are letters and digits only, so nothing in them is a command of FTS5. */
function matchOf({ phrases, without, within }: Find): string {
  const period = within === null ? [] : [`(${within.map((term) => quoted([term])).join(' OR ')})`]
  const wanted = [...phrases.flatMap(matchesOf), ...period].join(' AND ')
  const unwanted = without.filter((phrase) => !isLetterEnd(phrase)).flatMap(matchesOf)
  return unwanted.length === 0 ? wanted : `(${wanted}) NOT (${unwanted.join(' OR ')})`
}

function matchesOf(phrase: Phrase): string[] {
  const { terms, open, letter } = phrase
  // A last letter begins thousands of pairs: the terms of what is found tell whether it stands there.
  if (letter !== null) return [quoted(terms.slice(0, -1)), quoted([letter])]
  return [`${quoted(terms)}${open ? '*' : ''}`]
}

function quoted(terms: readonly string[]): string {
  return `"${terms.join(' ')}"`
}

function isLetterEnd({ letter }: Phrase): boolean {
  return letter !== null
}
