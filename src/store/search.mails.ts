import { desc, inArray } from 'drizzle-orm'
import type { Core } from './core.ts'
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
): Promise<Map<string, FoundMail>> {
  if (messageIds.length === 0) return new Map()
  const rows = await db
    .select(columns)
    .from(messages)
    .where(inArray(messages.id, [...messageIds]))
  const latest = await latestIn(
    db,
    rows.map(({ threadId }) => threadId),
  )
  const results = await resultsOf(db, [...messageIds, ...latest.values()])
  return new Map(
    rows.map((row) => {
      const own = results.get(row.id)
      const newest = results.get(latest.get(row.threadId) ?? '') ?? null
      const judged = { latest: newest, assessments: new Map(own ? [[row.id, own]] : []) }
      return [row.id, { ...row, judged }]
    }),
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
