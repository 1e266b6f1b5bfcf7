import { sql } from 'drizzle-orm'
import type { Columns } from './columns.sqlite.ts'
import type { LetterWords } from './letter-versions.ts'

/** What a person types into one form of a thread, by the form's field. */
export type DraftKind = 'reply' | 'review'

/** What replies are made of: drafts, files, the words of each version, snippets and signatures. */
export function replyTables(c: Columns) {
  return { ...writingTables(c), ...wordingTables(c) }
}

function writingTables(c: Columns) {
  /** Typed and not handed in: its author's alone, and in no event. */
  const drafts = c.table(
    'drafts',
    {
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      threadId: c.text().notNull(),
      kind: c.text().$type<DraftKind>().notNull(),
      /** Grows with each save: an older page is told that it is older. */
      version: c.int().notNull(),
      words: c.json<Record<string, string>>().notNull(),
      savedAt: c.instant().notNull(),
    },
    (t) => [c.unique('one_draft_a_person_and_form').on(t.personId, t.threadId, t.kind)],
  )

  /** Files for replies. Without a letter they are the uploader's alone. */
  const uploads = c.table(
    'uploads',
    {
      id: c.id().primaryKey(),
      threadId: c.text().notNull(),
      personId: c.text().notNull(),
      letterId: c.text(),
      filename: c.text().notNull(),
      contentType: c.text().notNull(),
      size: c.int().notNull(),
      sha256: c.text().notNull(),
      /** zstd. */
      bytes: c.bytes().notNull(),
      at: c.instant().notNull(),
      /** Taken out of the reply; an older version of it may still name it. */
      removed: c.flag().notNull().default(false),
    },
    (t) => [
      c.index('uploads_by_thread').on(t.threadId, t.personId),
      c.check('uploads_within_limits', sql`${t.size} between 1 and 5242880`),
    ],
  )

  /** The words of a reply each time that somebody handed them in or changed them. */
  const letterVersions = c.table(
    'letter_versions',
    {
      id: c.id().primaryKey(),
      letterId: c.text().notNull(),
      author: c.text().notNull(),
      at: c.instant().notNull(),
      words: c.json<LetterWords>().notNull(),
      contentSha256: c.text().notNull(),
    },
    (t) => [c.index('letter_versions_by_letter').on(t.letterId, t.id)],
  )

  return { drafts, uploads, letterVersions }
}

function wordingTables(c: Columns) {
  /** Texts that one inserts into replies (定型文). */
  const snippets = c.table('snippets', {
    id: c.id().primaryKey(),
    /** Null for all mailboxes. */
    mailboxId: c.text(),
    title: c.text().notNull(),
    content: c.text().notNull(),
    contentSha256: c.text().notNull(),
    version: c.int().notNull(),
    removed: c.flag().notNull().default(false),
    by: c.text().notNull(),
    at: c.instant().notNull(),
  })

  /** What stands below each reply of a mailbox (署名). */
  const signatures = c.table('signatures', {
    /** The mailbox's. */
    id: c.id().primaryKey(),
    content: c.text().notNull(),
    contentSha256: c.text().notNull(),
    version: c.int().notNull(),
    by: c.text().notNull(),
    at: c.instant().notNull(),
  })

  return { snippets, signatures }
}
