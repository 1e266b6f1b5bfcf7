import { sql } from 'drizzle-orm'
import type { Category, Severity } from '../domain/category.ts'
import type { ObjectionWay, ReviewOutcome } from '../domain/objection.ts'
import type { DigestRhythm, OpenTopic, Terms } from '../domain/terms.ts'
import type { Columns } from './columns.sqlite.ts'

/** What belongs to a suspension on its way: its terms, objections, figures, and who is never muted. */
export function ladderTables(c: Columns) {
  return { ...termTables(c), ...objectionTables(c), ...muteTables(c) }
}

function termTables(c: Columns) {
  const measureTerms = c.table(
    'measure_terms',
    {
      measureId: c.id().primaryKey(),
      scope: c.text().$type<Terms['scope']>().notNull(),
      mailboxId: c.text(),
      openTopics: c.json<OpenTopic[]>().notNull(),
      openLine: c.text().notNull(),
      openAddress: c.text().notNull(),
      digest: c.text().$type<DigestRhythm>().notNull(),
      answerDays: c.int(),
      skipExplanation: c.text().notNull(),
      renews: c.text(),
      remindedFor: c.instant(),
      answeredAt: c.instant(),
      /** The automatic answer to muted mail as it was confirmed. */
      answerSubject: c.text(),
      answerBody: c.text(),
      answerSha256: c.text(),
    },
    (t) => [
      c.check(
        'a_scope_is_one_mailbox_or_all',
        sql`${t.scope} = 'all' or (${t.scope} = 'mailbox' and ${t.mailboxId} is not null)`,
      ),
      c.check(
        'answers_days_apart',
        sql`${t.answerDays} is null or ${t.answerDays} between 1 and 365`,
      ),
    ],
  )
  return { measureTerms }
}

function objectionTables(c: Columns) {
  const objections = c.table(
    'objections',
    {
      id: c.id().primaryKey(),
      measureId: c.text().notNull(),
      way: c.text().$type<ObjectionWay>().notNull(),
      receivedAt: c.instant().notNull(),
      messageId: c.text(),
      recordedBy: c.text(),
      note: c.text().notNull(),
      outcome: c.text().$type<ReviewOutcome>(),
      decidedBy: c.text(),
      decidedAt: c.instant(),
      reason: c.text().notNull(),
    },
    (t) => [
      c
        .uniqueIndex('one_open_objection_a_measure')
        .on(t.measureId)
        .where(sql`${t.outcome} is null`),
      c.index('objections_by_measure').on(t.measureId),
      c.check(
        'an_objection_is_decided_by_somebody',
        sql`(${t.outcome} is null) = (${t.decidedBy} is null)`,
      ),
      c.check(
        'an_objection_is_a_mail_or_written_down',
        sql`(${t.way} = 'mail') = (${t.recordedBy} is null)`,
      ),
    ],
  )
  return { objections }
}

function muteTables(c: Columns) {
  const digests = c.table(
    'digests',
    {
      id: c.id().primaryKey(),
      measureId: c.text().notNull(),
      since: c.instant().notNull(),
      until: c.instant().notNull(),
      /** The newest mail that is counted in it or before it; empty where there was none yet. */
      upTo: c.text().notNull(),
      mails: c.int().notNull(),
      alerts: c.int().notNull(),
      severity: c.int().$type<Severity>().notNull(),
      categories: c.json<Partial<Record<Category, number>>>().notNull(),
    },
    (t) => [c.unique('one_digest_a_stretch').on(t.measureId, t.since)],
  )

  const representatives = c.table('representatives', {
    address: c.id().primaryKey(),
    senderId: c.text().notNull(),
    reason: c.text().notNull(),
    markedBy: c.text().notNull(),
    markedAt: c.instant().notNull(),
  })

  /** Muted mail on the mail server that is to be moved, until it was. */
  const mutedMoves = c.table(
    'muted_moves',
    {
      id: c.id().primaryKey(),
      folderId: c.text().notNull(),
      uidValidity: c.text().notNull(),
      uid: c.int().notNull(),
    },
    (t) => [c.index('muted_moves_by_folder').on(t.folderId)],
  )

  return { digests, representatives, mutedMoves }
}
