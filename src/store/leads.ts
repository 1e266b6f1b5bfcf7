import { and, desc, eq, gte, inArray, isNull, max, min } from 'drizzle-orm'
import type { Core } from './core.ts'
import { leads, messages, threads } from './tables.ts'

/** A thread that something in a mail leads to. */
export type Led = { readonly lead: string; readonly threadId: string; readonly senderId: string }

export type SubjectThread = {
  readonly id: string
  readonly senderId: string
  readonly subjectKey: string
  readonly lastAt: string
}

/** Threads by what a mail may name: each answer is one row a sender, however many mails there are. */
export type Leads = {
  /** The oldest thread of each sender that holds a mail with the Message-ID. */
  byMessageIds(ids: readonly string[]): Promise<Led[]>
  /** The newest thread of each sender with mail that awaits the Message-ID, or bears the number. */
  byLeads(wanted: readonly string[]): Promise<Led[]>
  /** Threads at these places of reference codes; whether the code is theirs is not asked here. */
  byReferences(places: readonly string[]): Promise<{ place: string; threadId: string }[]>
  /** Each sender's newest thread on each of these subjects since an instant. */
  bySubjects(
    senderIds: readonly string[],
    subjectKeys: readonly string[],
    since: string,
  ): Promise<SubjectThread[]>
  /** Threads of these senders, newest first, that only machines wrote in since an instant. */
  automatic(senderIds: readonly string[], since: string): Promise<SubjectThread[]>
}

/** SQLite takes 32,766 values in one statement; a page of this size is far below. */
const valuesPerQuery = 5_000

/** Rows of one answer: more senders than this name one Message-ID only to be in the way. */
const rowsMax = 2_000

export function leadsIn({ db }: Core): Leads {
  return {
    byMessageIds: (ids) => inPages(ids, (page) => holding(db, page)),
    byLeads: (wanted) => inPages(wanted, (page) => awaiting(db, page)),
    async byReferences(places) {
      return db
        .select({ place: threads.reference, threadId: threads.id })
        .from(threads)
        .where(inArray(threads.reference, [...places]))
        .limit(rowsMax)
    },
    bySubjects: (senderIds, keys, since) => bySubjects(db, senderIds, keys, since),
    automatic(senderIds, since) {
      const { id, senderId, subjectKey, lastAt, filed, joinedInto } = threads
      return db
        .select({ id, senderId, subjectKey, lastAt })
        .from(threads)
        .where(
          and(
            inArray(senderId, [...senderIds]),
            gte(lastAt, since),
            eq(filed, true),
            isNull(joinedInto),
          ),
        )
        .orderBy(desc(lastAt))
        .limit(rowsMax)
    },
  }
}

async function inPages<Row>(
  values: readonly string[],
  ask: (page: string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (let from = 0; from < values.length; from += valuesPerQuery) {
    rows.push(...(await ask(values.slice(from, from + valuesPerQuery))))
  }
  return rows
}

async function holding(db: Core['db'], ids: string[]): Promise<Led[]> {
  const oldest = min(messages.threadId)
  const rows = await db
    .select({ lead: messages.messageId, senderId: threads.senderId, threadId: oldest })
    .from(messages)
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .where(inArray(messages.messageId, ids))
    .groupBy(messages.messageId, threads.senderId)
    .orderBy(oldest)
    .limit(rowsMax)
  return rows.map(({ lead, senderId, threadId }) => {
    return { lead: lead ?? '', senderId, threadId: threadId ?? '' }
  })
}

async function awaiting(db: Core['db'], wanted: string[]): Promise<Led[]> {
  const newest = max(messages.threadId)
  const rows = await db
    .select({ lead: leads.lead, senderId: threads.senderId, threadId: newest })
    .from(leads)
    .innerJoin(messages, eq(messages.id, leads.messageId))
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .where(inArray(leads.lead, wanted))
    .groupBy(leads.lead, threads.senderId)
    .orderBy(desc(newest))
    .limit(rowsMax)
  return rows.map(({ threadId, ...row }) => ({ ...row, threadId: threadId ?? '' }))
}

async function bySubjects(
  db: Core['db'],
  senderIds: readonly string[],
  subjectKeys: readonly string[],
  since: string,
): Promise<SubjectThread[]> {
  const { id, senderId, subjectKey, lastAt } = threads
  const named = and(inArray(senderId, [...senderIds]), inArray(subjectKey, [...subjectKeys]))
  const newest = await db
    .select({ lastAt: max(lastAt) })
    .from(threads)
    .where(and(named, gte(lastAt, since)))
    .groupBy(senderId, subjectKey)
  const times = [...new Set(newest.map((row) => row.lastAt ?? ''))]
  if (times.length === 0) return []
  const rows = await db
    .select({ id: max(id), senderId, subjectKey, lastAt })
    .from(threads)
    .where(and(named, inArray(lastAt, times)))
    .groupBy(senderId, subjectKey, lastAt)
  return rows.map((row) => ({ ...row, id: row.id ?? '' }))
}
