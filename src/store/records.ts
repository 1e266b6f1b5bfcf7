import { asc, desc, eq, inArray } from 'drizzle-orm'
import type { Attachment } from '../domain/mail.ts'
import type { Db } from './engine.ts'
import { type Loaded, loadedOf, sendersBy } from './matters.ts'
import { decisionOf, reviewOf, writtenLetterOf } from './rows.ts'
import {
  assessments,
  attachments,
  mailboxes,
  messages,
  senderAddresses,
  threads,
} from './tables.ts'
import type { ThreadRecord } from './threads.ts'
import { type VerdictRows, verdictRows } from './verdicts.ts'

/** A thread's own row, with that of the mailbox that it lies in. */
export type ThreadRow = {
  readonly thread: typeof threads.$inferSelect
  readonly mailbox: typeof mailboxes.$inferSelect
}

export async function threadRow(db: Db, id: string): Promise<ThreadRow | null> {
  const [row] = await db
    .select({ thread: threads, mailbox: mailboxes })
    .from(threads)
    .innerJoin(mailboxes, eq(mailboxes.id, threads.mailboxId))
    .where(eq(threads.id, id))
  return row ?? null
}

/** A thread as its page shows it, and as an act on it needs it: of the same rows. */
export type OpenedThread = { readonly loaded: Loaded; readonly record: ThreadRecord }

export async function openThread(db: Db, id: string): Promise<OpenedThread | null> {
  const row = await threadRow(db, id)
  if (!row) return null
  const [held, verdictsOf, senderOf] = await Promise.all([
    heldBy(db, row.thread),
    verdictRows(db, [id]),
    sendersBy(db, [row.thread.senderId]),
  ])
  const verdicts = verdictsOf(id)
  return {
    loaded: loadedOf(row.thread, verdicts, senderOf),
    record: recordOf(row, held, verdicts),
  }
}

type Held = Awaited<ReturnType<typeof heldBy>>

/** What a thread holds besides its row and what people did on it. */
export async function heldBy(db: Db, { id, senderId }: { id: string; senderId: string }) {
  const [stored, assessed, addresses] = await Promise.all([
    db
      .select()
      .from(messages)
      .where(eq(messages.threadId, id))
      .orderBy(asc(messages.sentAt), asc(messages.id)),
    db
      .select()
      .from(assessments)
      .where(eq(assessments.threadId, id))
      .orderBy(desc(assessments.revision)),
    db
      .select({ address: senderAddresses.address })
      .from(senderAddresses)
      .where(eq(senderAddresses.senderId, senderId)),
  ])
  return {
    messages: stored,
    attachments: await attachmentsIn(db, stored),
    assessments: new Map(
      assessed.map(({ messageId, result, read }) => [messageId, { result, read }]),
    ),
    latest: assessed.find(({ muted }) => !muted) ?? null,
    senderAddresses: addresses.map(({ address }) => address),
  }
}

export function recordOf(
  { thread, mailbox }: ThreadRow,
  held: Held,
  { given, decided, written }: VerdictRows,
): ThreadRecord {
  const { id, subject, subjectShielded, gist, senderId } = thread
  const { id: mailboxId, name, department, address, fromName } = mailbox
  return {
    ...{ id, subject, subjectShielded, gist, senderId },
    mailbox: { id: mailboxId, name, department, address, fromName },
    ...held,
    reviews: given.map((row) => ({ ...reviewOf(row), at: row.at })),
    decisions: decided.map((row) => ({ ...decisionOf(row), at: row.at })),
    letters: written.map(writtenLetterOf),
  }
}

async function attachmentsIn(db: Db, stored: readonly { id: string }[]) {
  const ids = stored.map(({ id }) => id)
  const rows = await db.select().from(attachments).where(inArray(attachments.messageId, ids))
  const byMessage = Map.groupBy(rows, ({ messageId }) => messageId)
  return new Map([...byMessage].map(([id, parts]) => [id, parts.map(attachmentOf)]))
}

export function attachmentOf(row: typeof attachments.$inferSelect): Attachment {
  const { place: index, filename, contentType, size, sha256, inline } = row
  return { index, filename, contentType, size, sha256, inline }
}
