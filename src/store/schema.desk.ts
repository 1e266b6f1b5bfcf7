import type { Columns } from './columns.sqlite.ts'

/** How somebody is at a thread at this moment. */
export type Doing = 'opened' | 'reading' | 'writing'

/** What colleagues tell each other on threads, who is absent, and who is where at this moment. */
export function deskTables(c: Columns) {
  const notes = c.table(
    'notes',
    {
      id: c.id().primaryKey(),
      threadId: c.text().notNull(),
      author: c.text().notNull(),
      body: c.text().notNull(),
      mentions: c.json<string[]>().notNull(),
      at: c.instant().notNull(),
      withdrawnAt: c.instant(),
    },
    (t) => [c.index('notes_by_thread').on(t.threadId, t.at)],
  )

  /** One row for each person whom a note calls; reading it is theirs, and no event. */
  const mentions = c.table(
    'mentions',
    {
      id: c.id().primaryKey(),
      noteId: c
        .text()
        .notNull()
        .references(() => notes.id),
      threadId: c.text().notNull(),
      personId: c.text().notNull(),
      at: c.instant().notNull(),
      readAt: c.instant(),
    },
    (t) => [
      c.unique('one_mention_a_person_and_note').on(t.noteId, t.personId),
      c.index('mentions_by_person').on(t.personId, t.readAt, t.at),
    ],
  )

  /** Who said that they are absent (不在). */
  const absences = c.table('absences', {
    id: c.id().primaryKey(),
    since: c.instant().notNull(),
  })

  /** Mailboxes whose new threads are given to people by their load. */
  const automaticAssignments = c.table('automatic_assignments', {
    id: c.id().primaryKey(),
    since: c.instant().notNull(),
  })

  /** Who is at which thread until when, by the database's clock: no record, soon forgotten. */
  const presences = c.table(
    'presences',
    {
      id: c.id().primaryKey(),
      threadId: c.text().notNull(),
      personId: c.text().notNull(),
      doing: c.text().$type<Doing>().notNull(),
      until: c.instant().notNull(),
    },
    (t) => [c.index('presences_by_thread').on(t.threadId), c.index('presences_by_end').on(t.until)],
  )

  /** Filters of the queue that somebody comes back to; theirs alone, and no event. */
  const savedViews = c.table(
    'saved_views',
    {
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      name: c.text().notNull(),
      /** The filters as an address has them, in their fixed order. */
      query: c.text().notNull(),
    },
    (t) => [c.unique('one_view_a_name').on(t.personId, t.name)],
  )

  return { notes, mentions, absences, automaticAssignments, presences, savedViews }
}
