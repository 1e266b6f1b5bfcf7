import { and, asc, desc, eq, gt, inArray, lte, type SQL } from 'drizzle-orm'
import type { Assessment, Bilingual, GistPart } from '../domain/assessment.ts'
import type { Decision } from '../domain/decision.ts'
import type { Letter, LetterFile } from '../domain/letter.ts'
import type {
  Address,
  Attachment,
  Enclosure,
  Ground,
  Identity,
  Nature,
  Protection,
} from '../domain/mail.ts'
import type { ErasedUnder } from '../domain/retention-event.ts'
import type { Review } from '../domain/review.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { type FiledThread, filedThreads } from './filed.ts'
import { decisionOf, letterOf, reviewOf } from './rows.ts'
import {
  assessments,
  attachments,
  type letters,
  mailboxes,
  messages,
  senderAddresses,
  threads,
} from './tables.ts'
import { verdictRows } from './verdicts.ts'

/** A stored mail as a page or a rule reads it. */
export type StoredMessage = {
  readonly id: string
  readonly threadId: string
  readonly direction: 'in' | 'out'
  readonly messageId: string | null
  readonly fromAddress: string
  readonly fromName: string
  readonly to: readonly Address[]
  readonly cc: readonly Address[]
  readonly subject: string
  readonly sentAt: Instant
  readonly receivedAt: Instant
  readonly text: string
  readonly html: string | null
  readonly references: readonly string[]
  readonly identity: Identity
  /** Why; null for mail from before reasons were kept. */
  readonly ground: Ground | null
  readonly nature: Nature
  readonly unreadable: string | null
  readonly header: string | null
  readonly protection: Protection
  readonly enclosures: readonly Enclosure[]
  readonly mutedBy: string | null
  readonly rawSha256: string
  /** When its content was erased, and under which rule. */
  readonly erasedAt: Instant | null
  readonly erasedUnder: ErasedUnder | null
}

/** What the rules said, and the ids of the mails they read, in the order that spans count them. */
export type Assessed = { readonly result: Assessment; readonly read: readonly string[] }

/** A letter with its words. */
export type WrittenLetter = Letter & {
  readonly formatted: boolean
  readonly files: readonly LetterFile[]
  readonly fromAddress: string
  readonly fromName: string
  readonly toAddress: string
  readonly subject: string
  readonly body: string
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly answer: string
  readonly writtenAt: Instant
  readonly sentAt: Instant | null
}

/** Everything of one thread that its page may show; who may see what of it is the page's guard. */
export type ThreadRecord = {
  readonly id: string
  readonly subject: string
  readonly subjectShielded: boolean
  readonly mailbox: {
    readonly id: string
    readonly name: string
    readonly department: Bilingual
    readonly address: string
    /** The name beside the address in our letters; null for the department's. */
    readonly fromName: string | null
  }
  readonly gist: readonly GistPart[]
  readonly senderId: string
  /** The addresses known to be the thread's sender's: a mail from another one is not theirs. */
  readonly senderAddresses: readonly string[]
  readonly messages: readonly StoredMessage[]
  readonly attachments: ReadonlyMap<string, readonly Attachment[]>
  /** By the message that brought them; `latest` is the newest one that is not muted. */
  readonly assessments: ReadonlyMap<string, Assessed>
  readonly latest: Assessed | null
  /** All revisions, oldest first. */
  readonly reviews: readonly (Review & { readonly at: Instant })[]
  readonly decisions: readonly (Decision & { readonly at: Instant })[]
  readonly letters: readonly WrittenLetter[]
}

/** A message with the hash of its original bytes, and the thread that it is in. */
export type StoredHash = {
  readonly id: string
  readonly sha256: string
  readonly threadId: string
}

export type Threads = {
  /** Threads as the next mail finds them, by id; what does not exist is left out. */
  filed(ids: readonly string[]): Promise<Map<string, Omit<FiledThread, 'matter'>>>
  find(id: string): Promise<ThreadRecord | null>
  message(id: string): Promise<StoredMessage | null>
  attachmentsOf(messageId: string): Promise<Attachment[]>
  /** Ids of threads after one of them, up to and with another one; null is the end. */
  ids(after: string, upTo: string | null, limit: number): Promise<string[]>
  /** The messages of these threads, with the hash of their original bytes. */
  hashes(threadIds: readonly string[]): Promise<StoredHash[]>
  /** The same of these messages, wherever they are now. */
  hashesOf(messageIds: readonly string[]): Promise<StoredHash[]>
}

export function threadsIn(core: Core): Threads {
  const { db } = core
  return {
    find: (id) => find(core, id),
    async message(id) {
      const [row] = await db.select().from(messages).where(eq(messages.id, id))
      return row ?? null
    },
    async attachmentsOf(messageId) {
      const rows = await db
        .select()
        .from(attachments)
        .where(eq(attachments.messageId, messageId))
        .orderBy(asc(attachments.place))
      return rows.map(attachmentOf)
    },
    async ids(after, upTo, limit) {
      const within = and(gt(threads.id, after), upTo === null ? undefined : lte(threads.id, upTo))
      const rows = await db
        .select({ id: threads.id })
        .from(threads)
        .where(within)
        .orderBy(asc(threads.id))
        .limit(limit)
      return rows.map(({ id }) => id)
    },
    hashes: (threadIds) => hashesWhere(db, inArray(messages.threadId, [...threadIds])),
    hashesOf: (messageIds) => hashesWhere(db, inArray(messages.id, [...messageIds])),
    filed: (ids) => filedThreads(db, ids),
  }
}

function hashesWhere(db: Core['db'], where: SQL | undefined): Promise<StoredHash[]> {
  const { id, rawSha256: sha256, threadId } = messages
  return Promise.resolve(db.select({ id, sha256, threadId }).from(messages).where(where))
}

async function find({ db }: Core, id: string): Promise<ThreadRecord | null> {
  const [row] = await db
    .select({ thread: threads, mailbox: mailboxes })
    .from(threads)
    .innerJoin(mailboxes, eq(mailboxes.id, threads.mailboxId))
    .where(eq(threads.id, id))
  if (!row) return null
  const { subject, subjectShielded, gist } = row.thread
  const { id: mailboxId, name, department, address, fromName } = row.mailbox
  const stored = await db
    .select()
    .from(messages)
    .where(eq(messages.threadId, id))
    .orderBy(asc(messages.sentAt), asc(messages.id))
  const assessed = await db
    .select()
    .from(assessments)
    .where(eq(assessments.threadId, id))
    .orderBy(desc(assessments.revision))
  return {
    id,
    subject,
    subjectShielded,
    gist,
    mailbox: { id: mailboxId, name, department, address, fromName },
    senderId: row.thread.senderId,
    senderAddresses: await addressesOf(db, row.thread.senderId),
    messages: stored,
    attachments: await attachmentsIn(db, stored),
    assessments: new Map(
      assessed.map(({ messageId, result, read }) => [messageId, { result, read }]),
    ),
    latest: assessed.find(({ muted }) => !muted) ?? null,
    ...(await verdictsIn(db, id)),
  }
}

async function addressesOf(db: Core['db'], senderId: string): Promise<string[]> {
  const rows = await db
    .select({ address: senderAddresses.address })
    .from(senderAddresses)
    .where(eq(senderAddresses.senderId, senderId))
  return rows.map(({ address }) => address)
}

async function verdictsIn(db: Core['db'], threadId: string) {
  const { given, decided, written } = (await verdictRows(db, [threadId]))(threadId)
  return {
    reviews: given.map((row) => ({ ...reviewOf(row), at: row.at })),
    decisions: decided.map((row) => ({ ...decisionOf(row), at: row.at })),
    letters: written.map(writtenLetterOf),
  }
}

/** A letter's row with its words. */
export function writtenLetterOf(row: typeof letters.$inferSelect): WrittenLetter {
  const { fromAddress, fromName, toAddress, subject, body, inReplyTo, references } = row
  const { answer, writtenAt, sentAt, formatted, files } = row
  const words = { fromAddress, fromName, toAddress, subject, body, inReplyTo, references }
  return { ...letterOf(row), ...words, formatted, files, answer, writtenAt, sentAt }
}

async function attachmentsIn(db: Core['db'], stored: readonly { id: string }[]) {
  const ids = stored.map(({ id }) => id)
  const rows = await db.select().from(attachments).where(inArray(attachments.messageId, ids))
  const byMessage = Map.groupBy(rows, ({ messageId }) => messageId)
  return new Map([...byMessage].map(([id, parts]) => [id, parts.map(attachmentOf)]))
}

function attachmentOf(row: typeof attachments.$inferSelect): Attachment {
  const { place: index, filename, contentType, size, sha256, inline } = row
  return { index, filename, contentType, size, sha256, inline }
}
