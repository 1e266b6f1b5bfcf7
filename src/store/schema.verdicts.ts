import { sql } from 'drizzle-orm'
import type { Category, Severity } from '../domain/category.ts'
import type { AlertReason, LetterKind, MeasureKind } from '../domain/event.ts'
import type { LetterFile, LetterState } from '../domain/letter.ts'
import type { MeasureState } from '../domain/sender.ts'
import type { Columns } from './columns.sqlite.ts'
import { isHarassment } from './partial.ts'
import { decisionColumns, opinionColumns } from './schema.opinions.ts'

/** Reviews, decisions, measures, letters, alerts and exposures: what people did and may not do. */
export function verdictTables(c: Columns) {
  return { ...reviewTables(c), ...letterTables(c), ...watchTables(c) }
}

function reviewTables(c: Columns) {
  const reviews = c.table(
    'reviews',
    {
      id: c.id().primaryKey(),
      threadId: c.text().notNull(),
      revision: c.int().notNull(),
      /** The reply that it was given by. */
      letterId: c.text(),
      ...opinionColumns(c),
    },
    (t) => [
      c.unique('one_review_a_person_and_revision').on(t.threadId, t.revision, t.reviewer),
      c.unique('one_review_a_place').on(t.threadId, t.revision, t.place),
      c.index('reviews_by_time').on(t.at, t.place),
      c.check('two_reviews_at_most', sql`${t.place} in (1, 2)`),
    ],
  )

  const decisions = c.table(
    'decisions',
    {
      id: c.id().primaryKey(),
      threadId: c.text().notNull(),
      revision: c.int().notNull(),
      ...decisionColumns(c),
    },
    (t) => [
      c.unique('one_decision_a_revision').on(t.threadId, t.revision),
      c.index('decisions_by_time').on(t.at, t.id),
      c.index('decisions_of_harassment').on(t.threadId).where(isHarassment(t.outcome)),
      // What was decided, and how, is counted without a look at any row.
      c.index('decisions_by_outcome').on(t.outcome, t.how, t.at),
      c.check('two_different_reviewers', sql`${t.firstReviewer} <> ${t.secondReviewer}`),
      c.check(
        'no_decider_among_the_reviewers',
        sql`${t.settledBy} is null or ${t.settledBy} not in (${t.firstReviewer}, ${t.secondReviewer})`,
      ),
      c.check('settled_by_somebody', sql`(${t.how} = 'settled') = (${t.settledBy} is not null)`),
    ],
  )

  const measures = c.table(
    'measures',
    {
      id: c.id().primaryKey(),
      kind: c.text().$type<MeasureKind>().notNull(),
      senderId: c.text().notNull(),
      threadId: c.text().notNull(),
      decisionId: c
        .text()
        .notNull()
        .references(() => decisions.id),
      firstReviewer: c.text().notNull(),
      secondReviewer: c.text().notNull(),
      proposer: c.text().notNull(),
      reason: c.text().notNull(),
      skipWarning: c.text().notNull(),
      state: c.text().$type<MeasureState>().notNull(),
      confirmer: c.text(),
      proposedAt: c.instant().notNull(),
      announcedAt: c.instant(),
      reviewAt: c.instant(),
      endsAt: c.instant(),
    },
    (t) => [
      c.index('measures_by_sender').on(t.senderId, t.state),
      c.index('measures_by_announcement').on(t.announcedAt),
      c
        .uniqueIndex('one_pending_measure_a_sender')
        .on(t.senderId)
        .where(sql`${t.state} in ('proposed', 'confirmed')`),
      c.check(
        'confirmer_uninvolved',
        sql`${t.confirmer} is null or ${t.confirmer} not in (${t.firstReviewer}, ${t.secondReviewer}, ${t.proposer})`,
      ),
      c.check(
        'in_force_only_if_confirmed',
        sql`${t.state} in ('proposed', 'declined') or ${t.confirmer} is not null`,
      ),
    ],
  )

  return { reviews, decisions, measures }
}

function letterTables(c: Columns) {
  const letters = c.table(
    'letters',
    {
      id: c.id().primaryKey(),
      kind: c.text().$type<LetterKind>().notNull(),
      threadId: c.text().notNull(),
      measureId: c.text(),
      revision: c.int().notNull(),
      state: c.text().$type<LetterState>().notNull(),
      author: c.text().notNull(),
      approver: c.text(),
      fromAddress: c.text().notNull(),
      fromName: c.text().notNull(),
      toAddress: c.text().notNull(),
      subject: c.text().notNull(),
      body: c.text().notNull(),
      /** Its words have signs of formatting: it goes out as text and HTML. */
      formatted: c.flag().notNull().default(false),
      files: c.json<LetterFile[]>().notNull().default([]),
      contentSha256: c.text().notNull(),
      messageId: c.text().unique(),
      inReplyTo: c.text(),
      references: c.json<string[]>().notNull(),
      remark: c.text().notNull(),
      attempts: c.int().notNull(),
      handedOver: c.flag().notNull().default(false),
      nextAttemptAt: c.instant(),
      /** Until then the postman that claimed it may be at work; after that it is uncertain. */
      leaseUntil: c.instant(),
      answer: c.text().notNull(),
      writtenAt: c.instant().notNull(),
      sentAt: c.instant(),
    },
    (t) => [
      c.index('letters_by_thread').on(t.threadId),
      c.index('letters_due').on(t.state, t.nextAttemptAt),
      c
        .uniqueIndex('one_notice_of_a_kind_a_measure')
        .on(t.measureId, t.kind)
        .where(
          sql`${t.measureId} is not null and ${t.state} <> 'cancelled' and ${t.kind} not in ('objection', 'mute_answer')`,
        ),
      c.check(
        'nobody_approves_their_own',
        sql`${t.approver} is null or ${t.approver} <> ${t.author}`,
      ),
      c.check(
        'nothing_leaves_unapproved',
        sql`${t.state} in ('draft', 'awaiting_approval', 'returned', 'cancelled') or (${t.approver} is not null and ${t.messageId} is not null)`,
      ),
    ],
  )

  return { letters }
}

function watchTables(c: Columns) {
  const alerts = c.table(
    'alerts',
    {
      id: c.id().primaryKey(),
      threadId: c.text().notNull(),
      senderId: c.text().notNull(),
      messageId: c.text().notNull(),
      reasons: c.json<AlertReason[]>().notNull(),
      raisedAt: c.instant().notNull(),
      acknowledgedBy: c.text(),
      acknowledgedAt: c.instant(),
    },
    (t) => [
      c.index('alerts_open').on(t.acknowledgedAt, t.raisedAt),
      c.index('alerts_by_time').on(t.raisedAt, t.acknowledgedAt),
    ],
  )

  const exposures = c.table(
    'exposures',
    {
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      threadId: c.text().notNull(),
      messageId: c.text().notNull(),
      passage: c.text().notNull(),
      categories: c.json<Category[]>().notNull(),
      severity: c.int().$type<Severity>().notNull(),
      at: c.instant().notNull(),
    },
    (t) => [c.index('exposures_by_person').on(t.personId, t.at)],
  )

  return { alerts, exposures }
}
