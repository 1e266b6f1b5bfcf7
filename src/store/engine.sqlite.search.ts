import { type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { all, hitColumns, needleOf, restOf, statementFor } from './engine.search.ts'
import type { Find, Hit } from './engine.ts'
import { messages, searchTexts, threads } from './tables.ts'
import type { Phrase } from './terms.ts'

/** FTS5 goes through what it finds from the newest on and stops at the limit. */
export function searchSqlite(db: BetterSQLite3Database, find: Find): Hit[] {
  const indexed = find.list === 'arrived' && find.threadIds === null
  return db.all(indexed ? indexStatement(find) : statementFor(find, holds))
}

function holds(needle: string): SQL {
  return sql`instr(${searchTexts.terms}, ${needle}) > 0`
}

function indexStatement(find: Find): SQL {
  const conditions = [
    sql`search_index match ${matchOf(find)}`,
    ...(find.after ? [sql`search_index.rowid < ${find.after.at}`] : []),
    ...find.phrases.filter(isLetterEnd).map((phrase) => holds(needleOf(phrase))),
    ...find.without.filter(isLetterEnd).map((phrase) => sql`not (${holds(needleOf(phrase))})`),
    ...restOf(find),
  ]
  // A cross join keeps its order: the index leads, and nothing is sorted.
  return sql`select ${hitColumns}, search_index.rowid as "at", ${messages.id} as "id"
    from search_index cross join ${searchTexts} on ${searchTexts.place} = search_index.rowid
    cross join ${messages} on ${messages.id} = ${searchTexts.messageId}
    cross join ${threads} on ${threads.id} = ${messages.threadId}
    where ${all(conditions)} order by search_index.rowid desc limit ${find.limit}`
}

/** Terms are letters and digits only, so nothing in them is a command of FTS5. */
function matchOf({ phrases, without }: Find): string {
  const wanted = phrases.flatMap(matchesOf).join(' AND ')
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
