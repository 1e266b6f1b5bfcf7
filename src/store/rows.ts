import type { Decision } from '../domain/decision.ts'
import type { Letter } from '../domain/letter.ts'
import type { Person } from '../domain/person.ts'
import type { Review } from '../domain/review.ts'
import type { Measure } from '../domain/sender.ts'
import type { Thread } from '../domain/thread.ts'
import type { MeasureBeside } from './measure-terms.ts'
import type { decisions, letters, measures, people, reviews, threads } from './tables.ts'
import type { WrittenLetter } from './threads.ts'

/** A thread's row with the reviews of its current revision and all its decisions. */
export function threadOf(
  row: typeof threads.$inferSelect,
  ofRevision: readonly Review[],
  decided: readonly Decision[],
): Thread {
  const { id, mailboxId, senderId, revision, disputed, unverified, filed, muted, joinedInto } = row
  const { erased, targets, assignment, snoozedUntil, snoozedBy } = row
  const { severity, categories, flags } = row
  return {
    id,
    mailboxId,
    senderId,
    revision,
    disputed,
    unverified,
    filed,
    muted,
    joinedInto,
    erased,
    targets,
    assignment,
    snoozed: snoozedUntil === null ? null : { until: snoozedUntil, by: snoozedBy ?? '' },
    reviews: ofRevision,
    decisions: decided,
    assessed: revision === 0 ? null : { severity, categories, flags },
  }
}

export function reviewOf(row: typeof reviews.$inferSelect): Review {
  const { threadId: _, at: __, letterId, ...review } = row
  return letterId === null ? review : { ...review, letterId }
}

export function decisionOf(row: typeof decisions.$inferSelect): Decision {
  const { id, revision, how, outcome, needsReply, categories, severity, settledBy, reason } = row
  const reviewers = [row.firstReviewer, row.secondReviewer] as const
  return {
    id,
    revision,
    how,
    outcome,
    needsReply,
    categories,
    severity,
    reviewers,
    settledBy,
    reason,
  }
}

export function measureOf(row: typeof measures.$inferSelect, beside: MeasureBeside): Measure {
  const { senderId: _, proposedAt: __, firstReviewer, secondReviewer, ...measure } = row
  return { ...measure, ...beside, reviewers: [firstReviewer, secondReviewer] }
}

export function letterOf(row: typeof letters.$inferSelect): Letter {
  const { id, kind, threadId, revision, state, author, approver, contentSha256, messageId } = row
  const { measureId, remark, attempts, handedOver, nextAttemptAt } = row
  return {
    id,
    kind,
    threadId,
    revision,
    state,
    author,
    approver,
    contentSha256,
    messageId,
    measureId,
    remark,
    attempts,
    handedOver,
    nextAttemptAt,
  }
}

/** A letter's row with its words. */
export function writtenLetterOf(row: typeof letters.$inferSelect): WrittenLetter {
  const { fromAddress, fromName, toAddress, subject, body, inReplyTo, references } = row
  const { answer, writtenAt, sentAt, formatted, files } = row
  const words = { fromAddress, fromName, toAddress, subject, body, inReplyTo, references }
  return { ...letterOf(row), ...words, formatted, files, answer, writtenAt, sentAt }
}

/** A person's row without what only sign-in needs. */
export function personOf(row: typeof people.$inferSelect): Person {
  const { passwordHash: _, version: __, disabledAt, ...person } = row
  return { ...person, disabledAt: disabledAt === null ? null : new Date(disabledAt) }
}
