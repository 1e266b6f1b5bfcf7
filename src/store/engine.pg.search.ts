import { type SQL, sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { all, earlier, hitColumns, needleOf, restOf, statementFor } from './engine.search.ts'
import type { Find, Hit } from './engine.ts'
import { messages, searchTexts, threads } from './tables.ts'
import type { Phrase } from './terms.ts'

/** Mails looked at one by one, from the newest on, before the index is asked for all. */
const nearMax = 1_500

/**
 * GIN finds all mails with a word at once, in no order. A common word is found sooner by going
 * through the newest mails; one that is not among them is rare enough to be looked up.
 */
export async function searchPostgres(db: NodePgDatabase, find: Find): Promise<Hit[]> {
  const run = async (statement: SQL) => (await db.execute<Hit>(statement)).rows
  if (find.list !== 'arrived' || find.threadIds) return run(statementFor(find, holds))
  const near = await run(nearStatement(find))
  return near.length < find.limit ? run(farStatement(find)) : near
}

function holds(needle: string): SQL {
  return sql`strpos(${searchTexts.terms}, ${needle}) > 0`
}

function nearStatement(find: Find): SQL {
  const top = find.after
    ? sql`${find.after.at}::bigint`
    : sql`(select max(${searchTexts.place}) + 1 from ${searchTexts})`
  const conditions = [
    sql`${searchTexts.place} >= ${top} - ${nearMax}::bigint`,
    sql`${searchTexts.place} < ${top}`,
    ...wordsOf(find),
    ...restOf(find),
  ]
  return sql`select ${hitColumns}, ${searchTexts.place} as "at", ${messages.id} as "id"
    from ${searchTexts} join ${messages} on ${messages.id} = ${searchTexts.messageId}
    join ${threads} on ${threads.id} = ${messages.threadId}
    where ${all(conditions)} order by ${searchTexts.place} desc limit ${find.limit}`
}

function farStatement(find: Find): SQL {
  const words = [...wordsOf(find), ...(find.after ? [earlier(find.after)] : [])]
  // Materialized: the planner, which knows little of rare words, must not go through all mails.
  return sql`with found as materialized (select place, message_id from ${searchTexts}
      where ${all(words)})
    select ${hitColumns}, found.place as "at", ${messages.id} as "id"
    from found join ${messages} on ${messages.id} = found.message_id
    join ${threads} on ${threads.id} = ${messages.threadId}
    where ${all(restOf(find))} order by found.place desc limit ${find.limit}`
}

function wordsOf({ phrases, without }: Find): SQL[] {
  const query = [...phrases.map(queryOf), ...without.filter(isOne).map((one) => `!${queryOf(one)}`)]
  return [
    sql`search_texts.vector @@ ${query.join(' & ')}::tsquery`,
    ...phrases.filter((phrase) => !isOne(phrase)).map((phrase) => holds(needleOf(phrase))),
    ...without
      .filter((phrase) => !isOne(phrase))
      .map((phrase) => sql`not (${holds(needleOf(phrase))})`),
  ]
}

/** Terms are letters and digits only, so that quotation marks are all they need. */
function queryOf({ terms, open, letter }: Phrase): string {
  const last = terms.length - 1
  const wanted = letter === null ? terms : [...terms.slice(0, -1), letter]
  const one = (term: string, at: number) =>
    `'${term}'${open && letter === null && at === last ? ':*' : ''}`
  return `(${wanted.map(one).join(' & ')})`
}

/** Whether the index alone can tell: nothing has to stand beside anything. */
function isOne({ terms }: Phrase): boolean {
  return terms.length === 1
}
