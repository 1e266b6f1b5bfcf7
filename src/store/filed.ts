import { and, desc, eq, inArray } from 'drizzle-orm'
import { canonicalAddress } from '../domain/address.ts'
import type { ExchangeMessage, GistPart } from '../domain/assessment.ts'
import { isSaid } from '../domain/mail.ts'
import type { Matter } from '../domain/matter.ts'
import type { Instant } from '../domain/time.ts'
import type { Db } from './engine.ts'
import { letters, messages, threads } from './tables.ts'
import type { StoredMessage } from './threads.ts'

/** A thread as the next mail finds it. */
export type FiledThread = {
  readonly matter: Matter
  readonly subject: string
  readonly subjectKey: string
  readonly subjectShielded: boolean
  readonly gist: readonly GistPart[]
  readonly messageCount: number
  readonly waitingSince: Instant
  readonly lastAt: Instant
  /** The newest mails that are not muted, oldest first. */
  readonly mails: readonly { readonly id: string; readonly mail: ExchangeMessage }[]
  /** Canonical addresses of everybody who wrote or was written to in the newest mails. */
  readonly participants: readonly string[]
}

/** Threads as they are kept, with everything that was said in them, ours included. */
export async function filedThreads(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Omit<FiledThread, 'matter'>>> {
  const wanted = [...ids]
  const rows = await db.select().from(threads).where(inArray(threads.id, wanted))
  const stored = await newestMails(db, rows)
  const sent = await sentMails(db, wanted, new Set(stored.map(({ messageId }) => messageId)))
  const byThread = Map.groupBy(stored, ({ threadId }) => threadId)
  return new Map(
    rows.map((row) => {
      const mails = byThread.get(row.id) ?? []
      return [row.id, filedThread(row, mails, sent.get(row.id) ?? [])]
    }),
  )
}

/** Mails of a thread that are loaded for the next one: as many as rules read, however long it is. */
export const loadedMax = 200

/** The newest mails of each thread, oldest first; only a long thread costs a query of its own. */
async function newestMails(db: Db, rows: readonly (typeof threads.$inferSelect)[]) {
  const short = rows.filter(({ messageCount }) => messageCount <= loadedMax).map(({ id }) => id)
  const pages = [await db.select(said).from(messages).where(inArray(messages.threadId, short))]
  for (const { id } of rows.filter(({ messageCount }) => messageCount > loadedMax)) {
    const newest = db.select(said).from(messages).where(eq(messages.threadId, id))
    pages.push(await newest.orderBy(desc(messages.sentAt)).limit(loadedMax))
  }
  return pages.flat().toSorted(inOrder)
}

function inOrder(a: Said, b: Said): number {
  if (a.sentAt !== b.sentAt) return a.sentAt < b.sentAt ? -1 : 1
  return a.id < b.id ? -1 : 1
}

/** What a rule reads of a mail; its HTML stays where it is. */
const said = {
  id: messages.id,
  threadId: messages.threadId,
  messageId: messages.messageId,
  direction: messages.direction,
  fromAddress: messages.fromAddress,
  fromName: messages.fromName,
  to: messages.to,
  cc: messages.cc,
  sentAt: messages.sentAt,
  subject: messages.subject,
  text: messages.text,
  nature: messages.nature,
  mutedBy: messages.mutedBy,
}

type Said = Pick<typeof messages.$inferSelect, keyof typeof said>
export type FiledMails = FiledThread['mails']

function filedThread(
  row: typeof threads.$inferSelect,
  stored: readonly Said[],
  sent: FiledMails,
): Omit<FiledThread, 'matter'> {
  const { subject, subjectKey, subjectShielded, gist, messageCount, waitingSince, lastAt } = row
  const heard = stored.filter(({ mutedBy, nature }) => mutedBy === null && isSaid(nature))
  return {
    ...{ subject, subjectKey, subjectShielded, gist, messageCount, waitingSince, lastAt },
    mails: [...heard.map((message) => ({ id: message.id, mail: exchanged(message) })), ...sent],
    participants: stored
      .flatMap(({ fromAddress, to, cc }) => [fromAddress, ...[...to, ...cc].map((a) => a.address)])
      .map(canonicalAddress),
  }
}

/** These mails as rules read them, oldest first; deliveries that failed are no mail of anybody's. */
export async function mailsOf(db: Db, ids: readonly string[]) {
  const rows = await db
    .select(said)
    .from(messages)
    .where(inArray(messages.id, [...ids]))
  return rows
    .filter(({ mutedBy, nature }) => mutedBy === null && isSaid(nature))
    .toSorted(inOrder)
    .map((row) => ({ id: row.id, messageId: row.messageId, mail: exchanged(row) }))
}

/** Our letters that were sent, by thread, unless their copy was found in the mailbox as well. */
export async function sentMails(db: Db, threadIds: string[], known: ReadonlySet<string | null>) {
  const rows = await db
    .select()
    .from(letters)
    .where(and(inArray(letters.threadId, threadIds), eq(letters.state, 'sent')))
  const sent = rows
    .filter(({ messageId }) => !known.has(messageId))
    .map((letter) => ({ threadId: letter.threadId, id: letter.id, mail: sentMail(letter) }))
  return Map.groupBy(sent, ({ threadId }) => threadId)
}

function sentMail(letter: typeof letters.$inferSelect): ExchangeMessage {
  return {
    dir: 'out',
    from: letter.fromAddress,
    fromName: letter.fromName,
    to: [letter.toAddress],
    date: letter.sentAt ?? letter.writtenAt,
    subject: letter.subject,
    body: letter.body,
  }
}

/** A stored mail in the exchange format that rules read. */
export function exchanged(
  message: Pick<
    StoredMessage,
    'direction' | 'fromAddress' | 'fromName' | 'to' | 'sentAt' | 'subject' | 'text'
  >,
): ExchangeMessage {
  const { direction: dir, fromAddress: from, fromName, to, sentAt: date, subject, text } = message
  return { dir, from, fromName, to: to.map(({ address }) => address), date, subject, body: text }
}
