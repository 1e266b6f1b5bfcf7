import { sql } from 'drizzle-orm'
import type { IncidentKind, IncidentState } from '../domain/incident.ts'
import type { JoinReason, JoinState } from '../domain/sender-join.ts'
import type { Columns } from './columns.sqlite.ts'
import { decisionColumns, opinionColumns } from './schema.opinions.ts'

/** Which senders are one, notes on them, whose pictures are loaded, what they did outside mail. */
export function senderTables(c: Columns) {
  const pictureSenders = c.table('picture_senders', {
    senderId: c.id().primaryKey(),
    allowedBy: c.text().notNull(),
    allowedAt: c.instant().notNull(),
  })

  return { ...joinTables(c), pictureSenders, ...incidentTables(c), ...incidentVerdictTables(c) }
}

function joinTables(c: Columns) {
  const senderJoins = c.table(
    'sender_joins',
    {
      id: c.id().primaryKey(),
      first: c.text().notNull(),
      second: c.text().notNull(),
      reasons: c.json<JoinReason[]>().notNull(),
      reason: c.text().notNull(),
      proposer: c.text(),
      proposedAt: c.instant().notNull(),
      state: c.text().$type<JoinState>().notNull(),
      decider: c.text(),
      decidedAt: c.instant(),
      decision: c.text().notNull(),
      separatedBy: c.text(),
      separatedAt: c.instant(),
      separation: c.text().notNull(),
    },
    (t) => [
      c.index('sender_joins_by_first').on(t.first),
      c.index('sender_joins_by_second').on(t.second),
      c
        .uniqueIndex('one_open_join_a_pair')
        .on(t.first, t.second)
        .where(sql`${t.state} in ('proposed', 'joined')`),
      c.check('a_pair_in_order', sql`${t.first} < ${t.second}`),
      c.check(
        'nobody_joins_alone',
        sql`${t.state} not in ('joined', 'separated') or (${t.proposer} is not null and ${t.decider} is not null and ${t.decider} <> ${t.proposer})`,
      ),
      c.check(
        'separated_by_somebody',
        sql`(${t.state} = 'separated') = (${t.separatedBy} is not null)`,
      ),
    ],
  )

  /** Whom each sender that was ever joined is one with now: follows from the joins. */
  const senderMembers = c.table(
    'sender_members',
    {
      senderId: c.text().primaryKey(),
      /** The least id of the identity. */
      head: c.text().notNull(),
      version: c.int().notNull(),
    },
    (t) => [c.index('sender_members_by_head').on(t.head)],
  )

  const senderNotes = c.table(
    'sender_notes',
    {
      id: c.id().primaryKey(),
      senderId: c.text().notNull(),
      mailboxId: c.text().notNull(),
      author: c.text().notNull(),
      at: c.instant().notNull(),
      text: c.text().notNull(),
      textSha256: c.text().notNull(),
      corrects: c.text(),
    },
    (t) => [c.index('sender_notes_by_sender').on(t.senderId)],
  )

  /** What a sender without an address is known by: a telephone number. */
  const senderLabels = c.table('sender_labels', {
    senderId: c.text().primaryKey(),
    label: c.text().notNull(),
  })

  return { senderJoins, senderMembers, senderNotes, senderLabels }
}

function incidentTables(c: Columns) {
  const incidents = c.table(
    'incidents',
    {
      id: c.id().primaryKey(),
      senderId: c.text().notNull(),
      mailboxId: c.text().notNull(),
      kind: c.text().$type<IncidentKind>().notNull(),
      occurredAt: c.instant().notNull(),
      minutes: c.int(),
      takenBy: c.text(),
      recordedBy: c.text().notNull(),
      recordedAt: c.instant().notNull(),
      account: c.text().notNull(),
      recording: c.text().notNull(),
      postUrl: c.text().notNull(),
      contentSha256: c.text().notNull(),
      pictureSha256: c.text(),
      state: c.text().$type<IncidentState>().notNull(),
      version: c.int().notNull(),
    },
    (t) => [
      c.index('incidents_by_sender').on(t.senderId, t.occurredAt),
      c.index('incidents_by_state').on(t.state, t.recordedAt),
      c.check('only_calls_have_a_length', sql`(${t.kind} = 'phone') = (${t.minutes} is not null)`),
    ],
  )

  const incidentPictures = c.table('incident_pictures', {
    id: c.id().primaryKey(),
    incidentId: c
      .text()
      .notNull()
      .unique()
      .references(() => incidents.id),
    sha256: c.text().notNull(),
    contentType: c.text().notNull(),
    size: c.int().notNull(),
    bytes: c.bytes().notNull(),
  })

  return { incidents, incidentPictures }
}

function incidentVerdictTables(c: Columns) {
  const incidentReviews = c.table(
    'incident_reviews',
    {
      id: c.id().primaryKey(),
      incidentId: c.text().notNull(),
      ...opinionColumns(c),
    },
    (t) => [
      c.unique('one_review_a_person_and_incident').on(t.incidentId, t.reviewer),
      c.unique('one_incident_review_a_place').on(t.incidentId, t.place),
      c.check('two_incident_reviews_at_most', sql`${t.place} in (1, 2)`),
    ],
  )

  const incidentDecisions = c.table(
    'incident_decisions',
    {
      id: c.id().primaryKey(),
      incidentId: c.text().notNull().unique(),
      ...decisionColumns(c),
    },
    (t) => [
      c.check('two_reviewers_of_an_incident', sql`${t.firstReviewer} <> ${t.secondReviewer}`),
      c.check(
        'no_settler_among_the_reviewers',
        sql`${t.settledBy} is null or ${t.settledBy} not in (${t.firstReviewer}, ${t.secondReviewer})`,
      ),
      c.check(
        'incident_settled_by_somebody',
        sql`(${t.how} = 'settled') = (${t.settledBy} is not null)`,
      ),
    ],
  )

  return { incidentReviews, incidentDecisions }
}
