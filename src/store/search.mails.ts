import { and, desc, inArray } from 'drizzle-orm'
import type { Reach } from '../domain/person.ts'
import type { Core } from './core.ts'
import { ofReach } from './reach.ts'
import { assessments, messages } from './tables.ts'
import type { Assessed, StoredMessage, ThreadRecord } from './threads.ts'

/** A mail that was found, as far as a list may look into it. */
export type FoundMail = Pick<
  StoredMessage,
  'id' | 'threadId' | 'fromAddress' | 'fromName' | 'to' | 'subject' | 'sentAt' | 'text' | 'mutedBy'
> & {
  /** What the rules said, for the shield: of the mail, and of its thread as it stands. */
  readonly judged: Pick<ThreadRecord, 'latest' | 'assessments'>
}

const columns = {
  id: messages.id,
  threadId: messages.threadId,
  fromAddress: messages.fromAddress,
  fromName: messages.fromName,
  to: messages.to,
  subject: messages.subject,
  sentAt: messages.sentAt,
  text: messages.text,
  mutedBy: messages.mutedBy,
}

/** Mails by id; what does not exist is left out. */
export async function foundMails(
  { db }: Core,
  messageIds: readonly string[],
  reach: Reach,
): Promise<Map<string, FoundMail>> {
  if (messageIds.length === 0) return new Map()
  const rows = await db
    .select(columns)
    .from(messages)
    .where(and(inArray(messages.id, [...messageIds]), ofReach(db, messages.threadId, reach)))
  const latest = await latestIn(
    db,
    rows.map(({ threadId }) => threadId),
  )
  const results = await resultsOf(db, [...messageIds, ...latest.values()])
  const newestOf = (threadId: string) => results.get(latest.get(threadId) ?? '') ?? null
  const older = await olderIn(
    db,
    rows
      .filter(({ id, threadId }) => !newestOf(threadId)?.read.includes(id))
      .map(({ threadId }) => threadId),
  )
  return new Map(
    rows.map((row) => {
      const own = results.get(row.id)
      const others = older.get(row.threadId) ?? []
      const assessments = new Map([...others, ...(own ? [[row.id, own] as const] : [])])
      return [row.id, { ...row, judged: { latest: newestOf(row.threadId), assessments } }]
    }),
  )
}

/** All that was said in threads that are too long for the newest assessment to speak of every mail. */
async function olderIn(db: Core['db'], threadIds: string[]) {
  if (threadIds.length === 0) return new Map<string, (readonly [string, Assessed])[]>()
  const { threadId, messageId, result, read } = assessments
  const rows = await db
    .select({ threadId, messageId, result, read })
    .from(assessments)
    .where(inArray(threadId, threadIds))
    .orderBy(desc(assessments.revision))
  const byThread = Map.groupBy(rows, (row) => row.threadId)
  return new Map(
    [...byThread].map(([id, said]) => [
      id,
      said.map((row) => [row.messageId, { result: row.result, read: row.read }] as const),
    ]),
  )
}

/** The mail that brought each thread's newest assessment that is not of a muted mail. */
async function latestIn(db: Core['db'], threadIds: string[]): Promise<Map<string, string>> {
  const { threadId, messageId, muted } = assessments
  const rows = await db
    .select({ threadId, messageId, muted })
    .from(assessments)
    .where(inArray(threadId, threadIds))
    .orderBy(desc(assessments.revision))
  const latest = new Map<string, string>()
  for (const row of rows) {
    if (!row.muted && !latest.has(row.threadId)) latest.set(row.threadId, row.messageId)
  }
  return latest
}

async function resultsOf(db: Core['db'], ids: string[]): Promise<Map<string, Assessed>> {
  const { messageId, result, read } = assessments
  const rows = await db
    .select({ messageId, result, read })
    .from(assessments)
    .where(inArray(messageId, ids))
  return new Map(rows.map((row) => [row.messageId, { result: row.result, read: row.read }]))
}
