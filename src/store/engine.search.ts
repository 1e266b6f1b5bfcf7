import { inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Find, Key } from './engine.ts'
import { messages, searchTexts, threads } from './tables.ts'
import type { Phrase } from './terms.ts'

/** Whether the terms of a mail hold a string: all that these statements differ in. */
export type Holds = (needle: string) => SQL

/** How the rows beside a mail are found, in the words of an engine. */
export type Joins = { readonly texts: SQL; readonly threads: SQL }

/** What a search asks of an engine without its full-text index: lists, and mails of few threads. */
export function statementFor(find: Find, holds: Holds, joins: Joins): SQL {
  if (find.list === 'threads') return threadStatement(find)
  const byArrival = find.list === 'arrived'
  const { at, id } = byArrival ? arrivedKey : sentKey
  const texts = byArrival || find.without.length > 0 ? joins.texts : sql``
  const conditions = [
    ...(find.threadIds ? [inArray(messages.threadId, [...find.threadIds])] : []),
    ...find.phrases.map((phrase) => holds(needleOf(phrase))),
    ...find.without.map((phrase) => sql`not (${holds(needleOf(phrase))})`),
    ...restOf(find),
    ...(find.after === null ? [] : [byArrival ? earlier(find.after) : before(at, id, find.after)]),
  ]
  return sql`select ${hitColumns}, ${at} as "at", ${id} as "id" from ${messages} ${texts}
    ${joins.threads} where ${all(conditions)} order by ${at} desc, ${id} desc limit ${find.limit}`
}

/** Whether the full-text index is asked: not for few threads, whose mails are read one by one. */
export function isIndexed({ list, threadIds }: Find): boolean {
  return list === 'arrived' && threadIds === null
}

/** What was found by other ways than the index fits in every case. */
export function seenOf(statement: SQL): SQL {
  return sql`select seen."threadId", 1 as "fits" from (${statement}) as seen`
}

/** What every hit names. */
export const hitColumns = sql`${messages.id} as "messageId", ${messages.threadId} as "threadId"`

/** What must hold of a mail beside its words; who may not read muted mail does not find it. */
export function restOf({ where, seeMuted }: Find): SQL[] {
  return [...(seeMuted ? [] : [isNull(messages.mutedBy)]), ...where]
}

/** A phrase as it stands in the terms of a mail that holds it. */
export function needleOf({ terms, open }: Phrase): string {
  return ` ${terms.join(' ')}${open ? '' : ' '}`
}

export function all(conditions: readonly SQL[]): SQL {
  return conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `)
}

/** Goes on after a place of the list `arrived`. */
export function earlier({ at }: Key): SQL {
  return sql`${searchTexts.place} < ${at}`
}

/** What joins the terms of a mail, and its thread. */
export const ofTexts = sql`${searchTexts} on ${searchTexts.messageId} = ${messages.id}`
export const ofThread = sql`${threads} on ${threads.id} = ${messages.threadId}`

const arrivedKey = { at: sql`${searchTexts.place}`, id: sql`${messages.id}` }
const sentKey = { at: sql`${messages.sentAt}`, id: sql`${messages.id}` }

function before(at: SQL, id: SQL, key: Key): SQL {
  return sql`(${at}, ${id}) < (${key.at}, ${key.id})`
}

/** Threads by their newest mail; each is found as its newest mail that may be read. */
function threadStatement({ where, threadIds, seeMuted, after, limit }: Find): SQL {
  const [at, id] = [sql`${threads.lastAt}`, sql`${threads.id}`]
  const conditions = [
    ...(threadIds ? [inArray(threads.id, [...threadIds])] : []),
    ...(seeMuted ? [] : [sql`not ${threads.muted}`]),
    ...where,
    ...(after ? [before(at, id, after)] : []),
  ]
  const readable = seeMuted ? sql`` : sql`and ${messages.mutedBy} is null`
  return sql`select ${id} as "threadId", ${at} as "at", ${id} as "id",
    (select ${messages.id} from ${messages} where ${messages.threadId} = ${threads.id} ${readable}
      order by ${messages.sentAt} desc, ${messages.id} desc limit 1) as "messageId"
    from ${threads} where ${all(conditions)} order by ${at} desc, ${id} desc limit ${limit}`
}
