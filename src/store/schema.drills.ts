import { sql } from 'drizzle-orm'
import type { CaseState, DrillAnswer, Expected, Pack } from '../domain/drill.ts'
import type { Columns } from './columns.sqlite.ts'

/** Training (研修): drills, their cases by id and without a word of them, and what was held elsewhere. */
export function drillTables(c: Columns) {
  const drills = c.table(
    'drills',
    {
      id: c.id().primaryKey(),
      pack: c.text().$type<Pack>().notNull(),
      personId: c.text().notNull(),
      startedBy: c.text().notNull(),
      startedAt: c.instant().notNull(),
      policyVersion: c.text().notNull(),
      cases: c.int().notNull(),
      passed: c.int().notNull(),
      answered: c.int().notNull(),
      agreed: c.int().notNull(),
      exact: c.int().notNull(),
      state: c.text().$type<'open' | 'done'>().notNull(),
      endedAt: c.instant(),
    },
    (t) => [
      c.index('drills_by_person').on(t.personId, t.startedAt),
      c.uniqueIndex('one_open_drill_a_pack').on(t.personId, t.pack).where(sql`${t.state} = 'open'`),
    ],
  )

  const drillCases = c.table(
    'drill_cases',
    {
      /** In no event: the hash of an answer covers it, so that nobody can guess the answer. */
      id: c.id().primaryKey(),
      drillId: c
        .text()
        .notNull()
        .references(() => drills.id),
      place: c.int().notNull(),
      threadId: c.text(),
      decisionId: c.text(),
      /** Of the product's own. */
      code: c.text(),
      state: c.text().$type<CaseState>().notNull(),
      answer: c.json<DrillAnswer>(),
      expected: c.json<Expected>(),
      answeredAt: c.instant(),
    },
    (t) => [
      c.unique('one_drill_case_a_place').on(t.drillId, t.place),
      c.check(
        'a_drill_case_is_mail_or_our_own',
        sql`(${t.code} is null) = (${t.threadId} is not null and ${t.decisionId} is not null)`,
      ),
    ],
  )

  const trainings = c.table('trainings', {
    id: c.id().primaryKey(),
    title: c.text().notNull(),
    /** A day of the calendar in Japan. */
    heldOn: c.text().notNull(),
    personIds: c.json<string[]>().notNull(),
    recordedBy: c.text().notNull(),
    recordedAt: c.instant().notNull(),
    withdrawnAt: c.instant(),
  })

  return { drills, drillCases, trainings }
}
