import { sql } from 'drizzle-orm'
import type { CareKind, CareState, CareWhy } from '../domain/care.ts'
import type { ConsultationState, Wish } from '../domain/consultation.ts'
import type { Columns } from './columns.sqlite.ts'

/** What is done for people: threads that they handed back, follow-up, and the consultation desk. */
export function careTables(c: Columns) {
  /** Who said "not this one" of which thread: no event, as nobody but care sees it. */
  const passes = c.table(
    'passes',
    {
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      threadId: c.text().notNull(),
      at: c.instant().notNull(),
    },
    (t) => [
      c.unique('one_pass_a_person_and_thread').on(t.personId, t.threadId),
      c.index('passes_by_thread').on(t.threadId),
    ],
  )

  const careTasks = c.table(
    'care_tasks',
    {
      id: c.id().primaryKey(),
      kind: c.text().$type<CareKind>().notNull(),
      why: c.text().$type<CareWhy>().notNull(),
      /** Whom it is for. No event names them. */
      personId: c.text().notNull(),
      /** The supervisor who sees to it; null where there was nobody. */
      assignee: c.text(),
      madeAt: c.instant().notNull(),
      /** A day of the calendar in Japan. */
      dueOn: c.text().notNull(),
      state: c.text().$type<CareState>().notNull(),
      endedAt: c.instant(),
    },
    (t) => [
      c.index('care_tasks_by_assignee').on(t.assignee, t.state),
      c.index('care_tasks_by_time').on(t.madeAt, t.state, t.dueOn, t.endedAt),
      c
        .uniqueIndex('one_open_care_task_a_kind')
        .on(t.personId, t.kind)
        .where(sql`${t.state} = 'open'`),
      c.check(
        'nobody_cares_for_themselves',
        sql`${t.assignee} is null or ${t.assignee} <> ${t.personId}`,
      ),
    ],
  )

  const careNotes = c.table(
    'care_notes',
    {
      id: c.id().primaryKey(),
      taskId: c
        .text()
        .notNull()
        .references(() => careTasks.id),
      author: c.text().notNull(),
      /** Sealed for `care-note:ID`. */
      words: c.text().notNull(),
      at: c.instant().notNull(),
    },
    (t) => [c.index('care_notes_by_task').on(t.taskId)],
  )

  const consultations = c.table(
    'consultations',
    {
      // NOTE of an anonymous one by chance alone: ids made from the time would tell it.
      id: c.id().primaryKey(),
      /** Who reported it; null where that is not to be known. */
      personId: c.text(),
      /** The hash of the code by which an anonymous person comes back. */
      codeSha256: c.text().unique('one_consultation_a_code'),
      wish: c.text().$type<Wish>().notNull(),
      /** People who are not to see it. */
      hiddenFrom: c.json<string[]>().notNull(),
      /** Of an anonymous one the beginning of the day in Japan. */
      receivedAt: c.instant().notNull(),
      /** The care supervisor who took it; theirs alone are the words. */
      assignee: c.text(),
      firstAnsweredAt: c.instant(),
      state: c.text().$type<ConsultationState>().notNull(),
      incidentId: c.text(),
      version: c.int().notNull(),
    },
    (t) => [
      c.index('consultations_by_person').on(t.personId),
      c.index('consultations_by_state').on(t.state, t.receivedAt),
      c.check(
        'a_consultation_has_a_name_or_a_code',
        sql`(${t.personId} is null) = (${t.codeSha256} is not null)`,
      ),
    ],
  )

  const consultationWords = c.table(
    'consultation_words',
    {
      id: c.id().primaryKey(),
      consultationId: c
        .text()
        .notNull()
        .references(() => consultations.id),
      /** 1 is the report; times of an anonymous person are too coarse to sort by. */
      place: c.int().notNull(),
      /** Null for the reporter's own. */
      author: c.text(),
      /** Sealed for `consultation:ID:PLACE`. */
      words: c.text().notNull(),
      at: c.instant().notNull(),
    },
    (t) => [c.unique('one_word_a_place').on(t.consultationId, t.place)],
  )

  return { passes, careTasks, careNotes, consultations, consultationWords }
}
