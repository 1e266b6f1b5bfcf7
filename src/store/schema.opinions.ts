import type { Category, Severity } from '../domain/category.ts'
import type { Decision } from '../domain/decision.ts'
import type { Opinion, Verdict } from '../domain/review.ts'
import type { Columns } from './columns.sqlite.ts'

/** One person's verdict, of a thread as of an incident. */
export function opinionColumns(c: Columns) {
  return {
    place: c.int().$type<1 | 2>().notNull(),
    reviewer: c.text().notNull(),
    verdict: c.json<Verdict>().notNull(),
    demand: c.text().$type<Opinion['demand']>().notNull(),
    fairRequest: c.text().notNull(),
    reason: c.text().notNull(),
    at: c.instant().notNull(),
  }
}

/** What two people, or a supervisor, made of it. */
export function decisionColumns(c: Columns) {
  return {
    how: c.text().$type<Decision['how']>().notNull(),
    outcome: c.text().$type<Decision['outcome']>().notNull(),
    needsReply: c.flag().notNull(),
    categories: c.json<Category[]>().notNull(),
    severity: c.int().$type<Severity>().notNull(),
    firstReviewer: c.text().notNull(),
    secondReviewer: c.text().notNull(),
    settledBy: c.text(),
    reason: c.text().notNull(),
    at: c.instant().notNull(),
  }
}
