import { and, asc, eq, gt, inArray, lte, type SQL } from 'drizzle-orm'
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
import type { Db } from './engine.ts'
import { type FiledThread, filedThreads } from './filed.ts'
import {
  attachmentOf,
  heldBy,
  type OpenedThread,
  openThread,
  recordOf,
  threadRow,
} from './records.ts'
import { attachments, messages, threads } from './tables.ts'
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
  /** The same with what an act on the thread needs, of one reading. */
  open(id: string): Promise<OpenedThread | null>
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
    async find(id) {
      const row = await threadRow(db, id)
      if (!row) return null
      const [held, verdictsOf] = await Promise.all([heldBy(db, row.thread), verdictRows(db, [id])])
      return recordOf(row, held, verdictsOf(id))
    },
    open: (id) => openThread(db, id),
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

function hashesWhere(db: Db, where: SQL | undefined): Promise<StoredHash[]> {
  const { id, rawSha256: sha256, threadId } = messages
  return Promise.resolve(db.select({ id, sha256, threadId }).from(messages).where(where))
}
