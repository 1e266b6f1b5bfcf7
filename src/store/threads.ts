import { asc, desc, eq, inArray } from 'drizzle-orm'
import type { Assessment, Bilingual, GistPart } from '../domain/assessment.ts'
import type { Decision } from '../domain/decision.ts'
import type { Letter } from '../domain/letter.ts'
import type {
  Address,
  Attachment,
  Enclosure,
  Identity,
  Nature,
  Protection,
} from '../domain/mail.ts'
import type { Review } from '../domain/review.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { type FiledThread, filedThreads } from './filed.ts'
import { decisionOf, letterOf, reviewOf } from './rows.ts'
import { assessments, attachments, type letters, mailboxes, messages, threads } from './tables.ts'
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
  readonly nature: Nature
  readonly unreadable: string | null
  readonly header: string | null
  readonly protection: Protection
  readonly enclosures: readonly Enclosure[]
  readonly mutedBy: string | null
  readonly rawSha256: string
}

/** What the rules said, and the ids of the mails they read, in the order that spans count them. */
export type Assessed = { readonly result: Assessment; readonly read: readonly string[] }

/** A letter with its words. */
export type WrittenLetter = Letter & {
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
  }
  readonly gist: readonly GistPart[]
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

export type Threads = {
  /** Threads as the next mail finds them, by id; what does not exist is left out. */
  filed(ids: readonly string[]): Promise<Map<string, Omit<FiledThread, 'matter'>>>
  find(id: string): Promise<ThreadRecord | null>
  message(id: string): Promise<StoredMessage | null>
  attachmentsOf(messageId: string): Promise<Attachment[]>
  /** Every message's id with the hash of its original bytes. */
  hashes(): Promise<[string, string][]>
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
    async hashes() {
      const rows = await db.select({ id: messages.id, sha256: messages.rawSha256 }).from(messages)
      return rows.map(({ id, sha256 }) => [id, sha256])
    },
    filed: (ids) => filedThreads(db, ids),
  }
}

async function find({ db }: Core, id: string): Promise<ThreadRecord | null> {
  const [row] = await db
    .select({ thread: threads, mailbox: mailboxes })
    .from(threads)
    .innerJoin(mailboxes, eq(mailboxes.id, threads.mailboxId))
    .where(eq(threads.id, id))
  if (!row) return null
  const { subject, subjectShielded, gist } = row.thread
  const { id: mailboxId, name, department, address } = row.mailbox
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
    mailbox: { id: mailboxId, name, department, address },
    messages: stored,
    attachments: await attachmentsIn(db, stored),
    assessments: new Map(
      assessed.map(({ messageId, result, read }) => [messageId, { result, read }]),
    ),
    latest: assessed.find(({ muted }) => !muted) ?? null,
    ...(await verdictsIn(db, id)),
  }
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
  const { answer, writtenAt, sentAt } = row
  const words = { fromAddress, fromName, toAddress, subject, body, inReplyTo, references }
  return { ...letterOf(row), ...words, answer, writtenAt, sentAt }
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
