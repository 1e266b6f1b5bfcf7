import { isNotNull } from 'drizzle-orm'
import type { Assessment, GistPart } from '../domain/assessment.ts'
import type { Category, Flag, Severity } from '../domain/category.ts'
import type { Address, Enclosure, Identity, Nature, Protection } from '../domain/mail.ts'
import type { QueueState } from '../domain/matter.ts'
import type { Columns } from './columns.sqlite.ts'

/** Original bytes, messages, threads, what the rules said, and what search looks in. */
export function mailTables(c: Columns) {
  const raws = c.table('raws', {
    sha256: c.text().primaryKey(),
    size: c.int().notNull(),
    /** The original bytes, zstd. */
    bytes: c.bytes().notNull(),
  })

  const threads = c.table(
    'threads',
    {
      id: c.id().primaryKey(),
      mailboxId: c.text().notNull(),
      senderId: c.text().notNull(),
      subject: c.text().notNull(),
      subjectKey: c.text().notNull(),
      subjectShielded: c.flag().notNull(),
      version: c.int().notNull(),
      revision: c.int().notNull(),
      state: c.text().$type<QueueState>().notNull(),
      /** Place in the queue by need (0 first); 8 and over are not in it. */
      rank: c.int().notNull(),
      urgent: c.flag().notNull(),
      disputed: c.flag().notNull(),
      filed: c.flag().notNull(),
      muted: c.flag().notNull(),
      unverified: c.int().notNull(),
      severity: c.int().$type<Severity>().notNull(),
      categories: c.json<Category[]>().notNull(),
      flags: c.json<Flag[]>().notNull(),
      gist: c.json<GistPart[]>().notNull(),
      messageCount: c.int().notNull(),
      /** When the newest mail that wants somebody came in; the queue goes oldest first. */
      waitingSince: c.instant().notNull(),
      lastAt: c.instant().notNull(),
    },
    (t) => [
      c.index('threads_by_need').on(t.rank, t.waitingSince),
      c.index('threads_by_state').on(t.state, t.lastAt),
      c.index('threads_by_sender').on(t.senderId, t.subjectKey, t.lastAt),
    ],
  )

  const messages = c.table(
    'messages',
    {
      id: c.id().primaryKey(),
      threadId: c
        .text()
        .notNull()
        .references(() => threads.id),
      mailboxId: c.text().notNull(),
      direction: c.text().$type<'in' | 'out'>().notNull(),
      messageId: c.text(),
      inReplyTo: c.json<string[]>().notNull(),
      references: c.json<string[]>().notNull(),
      fromAddress: c.text().notNull(),
      fromName: c.text().notNull(),
      to: c.json<Address[]>().notNull(),
      cc: c.json<Address[]>().notNull(),
      subject: c.text().notNull(),
      sentAt: c.instant().notNull(),
      receivedAt: c.instant().notNull(),
      text: c.text().notNull(),
      html: c.text(),
      identity: c.text().$type<Identity>().notNull(),
      nature: c.text().$type<Nature>().notNull(),
      unreadable: c.text(),
      /** The header in plain text, where nothing else of the mail can be read. */
      header: c.text(),
      protection: c.text().$type<Protection>().notNull().default('none'),
      enclosures: c.json<Enclosure[]>().notNull().default([]),
      /** The version of the reader whose view this is. */
      reader: c.int().notNull().default(1),
      mutedBy: c.text(),
      rawSha256: c
        .text()
        .notNull()
        .references(() => raws.sha256),
    },
    (t) => [
      // The duplicates rule: the same bytes are the same mail, once a mailbox.
      c.unique('messages_once_a_mailbox').on(t.mailboxId, t.rawSha256),
      c.index('messages_by_thread').on(t.threadId, t.sentAt),
      c.index('messages_by_message_id').on(t.messageId),
      // Few: what a newer version of the reader is to read again.
      c.index('messages_unreadable').on(t.reader).where(isNotNull(t.unreadable)),
    ],
  )

  const attachments = c.table(
    'attachments',
    {
      id: c.id().primaryKey(),
      messageId: c
        .text()
        .notNull()
        .references(() => messages.id),
      place: c.int().notNull(),
      filename: c.text().notNull(),
      contentType: c.text().notNull(),
      size: c.int().notNull(),
      sha256: c.text().notNull(),
      inline: c.flag().notNull().default(false),
    },
    (t) => [c.unique('attachments_in_order').on(t.messageId, t.place)],
  )

  const assessments = c.table(
    'assessments',
    {
      messageId: c.text().primaryKey(),
      threadId: c.text().notNull(),
      revision: c.int().notNull(),
      muted: c.flag().notNull(),
      /** The mails that were read, in the order that spans and facts count them. */
      read: c.json<string[]>().notNull(),
      ruleSet: c.text().notNull(),
      severity: c.int().$type<Severity>().notNull(),
      result: c.json<Assessment>().notNull(),
    },
    (t) => [c.index('assessments_by_thread').on(t.threadId, t.revision)],
  )

  const searchTexts = c.table('search_texts', {
    messageId: c.text().primaryKey(),
    threadId: c.text().notNull(),
    terms: c.text().notNull(),
  })

  return { raws, threads, messages, attachments, assessments, searchTexts }
}
