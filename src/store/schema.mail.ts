import { isNotNull, sql } from 'drizzle-orm'
import type { Assessment, GistPart } from '../domain/assessment.ts'
import type { Category, Flag, Severity } from '../domain/category.ts'
import type { Assignment } from '../domain/desk.ts'
import type { Address, Enclosure, Ground, Identity, Nature, Protection } from '../domain/mail.ts'
import type { QueueState } from '../domain/matter.ts'
import type { ErasedUnder } from '../domain/retention-event.ts'
import type { Columns } from './columns.sqlite.ts'
import { isFlagged } from './partial.ts'

/** Original bytes, messages, threads, what the rules said, and what search looks in. */
export function mailTables(c: Columns) {
  const raws = c.table('raws', {
    sha256: c.text().primaryKey(),
    size: c.int().notNull(),
    /** The original bytes, zstd; empty once they were erased, so that the hash still knows them. */
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
      /** The part of its reference code (受付番号) that the thread is found by. */
      reference: c.text().notNull().default(''),
      /** The thread that holds its mail now, where it was joined into another one by hand. */
      joinedInto: c.text(),
      /** Members of staff whom the thread attacks: they decide nothing in it. */
      targets: c.json<string[]>().notNull().default([]),
      /** Who works on it, for the queue's sake apart; empty for nobody. */
      assignee: c.text().notNull().default(''),
      assignment: c.json<Assignment>(),
      /** Not in the queue until then. */
      snoozedUntil: c.instant(),
      snoozedBy: c.text(),
      /** Its content was erased, and no mail came since. */
      erased: c.flag().notNull().default(false),
      /** When its content was last erased; mail that came later is still there. */
      erasedAt: c.instant(),
    },
    (t) => [
      c.index('threads_by_need').on(t.rank, t.waitingSince),
      c.index('threads_by_state').on(t.state, t.lastAt),
      c.index('threads_by_sender').on(t.senderId, t.subjectKey, t.lastAt),
      c.index('threads_by_time').on(t.lastAt, t.id),
      c.index('threads_by_severity').on(t.severity, t.lastAt),
      c.index('threads_by_mailbox').on(t.mailboxId, t.lastAt),
      c.index('threads_by_mailbox_need').on(t.mailboxId, t.rank, t.waitingSince),
      c.index('threads_by_mailbox_state').on(t.mailboxId, t.state, t.lastAt),
      c
        .index('threads_with_categories')
        .on(t.lastAt, t.id)
        .where(sql`cast(${t.categories} as text) <> '[]'`),
      c.index('threads_flagged').on(t.id).where(isFlagged(t)),
      c.index('threads_erased').on(t.senderId).where(isNotNull(t.erasedAt)),
      c.index('threads_joined').on(t.joinedInto).where(isNotNull(t.joinedInto)),
      c.index('threads_by_reference').on(t.reference),
      c.index('threads_by_assignee').on(t.assignee, t.rank, t.waitingSince),
      c.index('threads_snoozed').on(t.snoozedUntil).where(isNotNull(t.snoozedUntil)),
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
      /** Null for mail from before reasons were kept. */
      ground: c.json<Ground>(),
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
      /** When its content was erased, and under which rule; the row and its hashes stay. */
      erasedAt: c.instant(),
      erasedUnder: c.text().$type<ErasedUnder>(),
    },
    (t) => [
      // The duplicates rule: the same bytes are the same mail, once a mailbox.
      c.unique('messages_once_a_mailbox').on(t.mailboxId, t.rawSha256),
      c.index('messages_by_thread').on(t.threadId, t.sentAt),
      c.index('messages_by_bytes').on(t.rawSha256),
      c.index('messages_by_message_id').on(t.messageId),
      c.index('messages_by_author').on(t.fromAddress, t.id),
      c.index('messages_by_time').on(t.sentAt, t.id),
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

  /** What a later mail may be recognised by: a Message-ID still awaited, a partner's ticket number. */
  const leads = c.table(
    'leads',
    {
      id: c.id().primaryKey(),
      messageId: c
        .text()
        .notNull()
        .references(() => messages.id),
      lead: c.text().notNull(),
    },
    (t) => [c.index('leads_by_lead').on(t.lead)],
  )

  const assessments = c.table(
    'assessments',
    {
      messageId: c.text().primaryKey(),
      threadId: c.text().notNull(),
      revision: c.int().notNull(),
      /** Of a mail that is muted, or a machine's report: the thread is not judged by it. */
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
    /** In the order of arrival; the database counts it. The full-text index knows no other key. */
    place: c.int().primaryKey(),
    messageId: c.text().notNull().unique(),
    terms: c.text().notNull(),
  })

  /** One row: how the terms were made that are kept. Others are made again at the next start. */
  const searchState = c.table('search_state', {
    id: c.int().primaryKey(),
    termsMake: c.int().notNull(),
  })

  return { raws, threads, messages, attachments, leads, assessments, searchTexts, searchState }
}
