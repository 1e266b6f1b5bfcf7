import { and, eq, exists, gte, inArray, isNull, lte, ne, or, type SQL } from 'drizzle-orm'
import { incidentStates } from '../domain/incident.ts'
import { rankOutside } from '../domain/matter.ts'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Seen } from '../domain/told.kinds.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import { placed } from './incidents.ts'
import { visibleTo } from './notifications.ts'
import { inReach, ofReach } from './reach.ts'
import {
  alerts,
  apiTokens,
  consultations,
  grants,
  incidents,
  letters,
  measures,
  mentions,
  notes,
  notifications,
  people,
  policyConfirmations,
  ruleProposals,
  senderJoins,
  templateProposals,
  threads,
} from './tables.ts'

/** For whom and when it is counted. */
export type WaitingFor = {
  readonly personId: string
  readonly at: Instant
  /** What they may be told of. */
  readonly seen: readonly Seen[]
  /** The policy in force, whose reading they confirm. */
  readonly policySha256: string
}

type Count = (db: Db, reach: Reach, who: WaitingFor) => SQL

const undecided = incidentStates.filter((state) => state !== 'decided')

/** What can wait for somebody, each as a number within their reach. */
const counts = {
  /** Notes that call them and that they have not said to have seen. */
  calls: (db, reach, { personId }) => {
    const standing = db
      .select({ id: notes.id })
      .from(notes)
      .where(and(eq(notes.id, mentions.noteId), isNull(notes.withdrawnAt)))
    const unseen = and(eq(mentions.personId, personId), isNull(mentions.readAt))
    return db.$count(mentions, and(unseen, exists(standing), ofReach(db, mentions.threadId, reach)))
  },
  /** Rights that were proposed and are not in force yet. */
  grants: (db) => db.$count(grants, eq(grants.state, 'waiting')),
  ruleProposals: (db) => db.$count(ruleProposals, eq(ruleProposals.state, 'open')),
  templateProposals: (db) => db.$count(templateProposals, eq(templateProposals.state, 'open')),
  /** Tokens of others that wait for approval. */
  tokens: (db, _, { personId }) =>
    db.$count(apiTokens, and(eq(apiTokens.state, 'waiting'), ne(apiTokens.createdBy, personId))),
  incidents: (db, reach) =>
    db.$count(incidents, and(inArray(incidents.state, undecided), placed(reach))),
  /** Joins of senders that others proposed; in whatever mailbox. */
  joins: (db, _, { personId }) =>
    db.$count(
      senderJoins,
      and(eq(senderJoins.state, 'proposed'), ne(senderJoins.proposer, personId)),
    ),
  /** Replies of others that wait for approval. */
  replies: (db, reach, { personId }) => {
    const waiting = and(eq(letters.state, 'awaiting_approval'), ne(letters.author, personId))
    return db.$count(letters, and(waiting, ofReach(db, letters.threadId, reach)))
  },
  /** Reports to the consultation desk that nobody has taken; of whomever they tell. */
  reports: (db) =>
    db.$count(consultations, and(eq(consultations.state, 'open'), isNull(consultations.assignee))),
  /** One where they have confirmed the policy in force. */
  policyRead: (db, _, { personId, policySha256 }) => {
    const { personId: by, sha256 } = policyConfirmations
    return db.$count(policyConfirmations, and(eq(by, personId), eq(sha256, policySha256)))
  },
  alerts: (db, reach) =>
    db.$count(alerts, and(isNull(alerts.acknowledgedAt), ofReach(db, alerts.threadId, reach))),
  /** Warnings and suspensions that wait for a supervisor. */
  measures: (db, reach) => {
    const open = inArray(measures.state, ['proposed', 'not_announced'])
    return db.$count(measures, and(open, ofReach(db, measures.threadId, reach)))
  },
  /** Threads that two people see differently, and that nobody has put off. */
  disputes: (db, reach, { at }) => {
    const { state, rank, snoozedUntil } = threads
    const here = or(isNull(snoozedUntil), lte(snoozedUntil, at), gte(rank, rankOutside))
    return db.$count(threads, and(eq(state, 'disputed'), here, inReach(reach)))
  },
  /** What they were told of and have not read. */
  told: (db, _, { personId, seen }) =>
    db.$count(notifications, and(visibleTo(personId, seen), isNull(notifications.readAt))),
} satisfies Record<string, Count>

export type WaitingKind = keyof typeof counts

export type Waiting = {
  /**
   * How much of each kind waits within that reach. Every page asks for it, so that it is one
   * question to the database, however many kinds there are.
   */
  count(
    who: WaitingFor,
    reaches: Partial<Readonly<Record<WaitingKind, Reach>>>,
  ): Promise<Partial<Record<WaitingKind, number>>>
}

export function waitingIn({ db }: Core): Waiting {
  return {
    async count(who, reaches) {
      const kinds = Object.entries(reaches) as [WaitingKind, Reach][]
      const fields = kinds.map(([kind, reach]) => [kind, counts[kind](db, reach, who)] as const)
      const [row = {}] = await db
        .select(Object.fromEntries(fields))
        .from(people)
        .where(eq(people.id, who.personId))
      return Object.fromEntries(kinds.map(([kind]) => [kind, Number(row[kind] ?? 0)]))
    },
  }
}
