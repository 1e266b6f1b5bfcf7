import { and, asc, eq } from 'drizzle-orm'
import { canonicalAddress } from '../domain/address.ts'
import type { ExchangeMessage, GistPart } from '../domain/assessment.ts'
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
  /** Mails that are not muted, oldest first. */
  readonly mails: readonly { readonly id: string; readonly mail: ExchangeMessage }[]
  /** Canonical addresses of everybody who wrote or was written to. */
  readonly participants: readonly string[]
}

/** The thread as it is kept, with everything that was said in it, ours included. */
export async function filedThread(db: Db, id: string): Promise<Omit<FiledThread, 'matter'> | null> {
  const [row] = await db.select().from(threads).where(eq(threads.id, id))
  if (!row) return null
  const stored = await db
    .select()
    .from(messages)
    .where(eq(messages.threadId, id))
    .orderBy(asc(messages.sentAt), asc(messages.id))
  const { subject, subjectKey, subjectShielded, gist, messageCount, waitingSince, lastAt } = row
  return {
    subject,
    subjectKey,
    subjectShielded,
    gist,
    messageCount,
    waitingSince,
    lastAt,
    mails: [
      ...stored
        .filter(({ mutedBy, nature }) => mutedBy === null && nature !== 'bounce')
        .map((message) => ({ id: message.id, mail: exchanged(message) })),
      ...(await sentMails(db, id, new Set(stored.map(({ messageId }) => messageId)))),
    ],
    participants: stored
      .flatMap(({ fromAddress, to, cc }) => [fromAddress, ...[...to, ...cc].map((a) => a.address)])
      .map(canonicalAddress),
  }
}

/** Our letters that were sent, unless their copy was found in the mailbox as well. */
async function sentMails(db: Db, threadId: string, known: ReadonlySet<string | null>) {
  const rows = await db
    .select()
    .from(letters)
    .where(and(eq(letters.threadId, threadId), eq(letters.state, 'sent')))
  return rows
    .filter(({ messageId }) => !known.has(messageId))
    .map((letter) => ({
      id: letter.id,
      mail: {
        dir: 'out' as const,
        from: letter.fromAddress,
        fromName: letter.fromName,
        to: [letter.toAddress],
        date: letter.sentAt ?? letter.writtenAt,
        subject: letter.subject,
        body: letter.body,
      },
    }))
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
