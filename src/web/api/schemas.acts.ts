import { z } from 'zod'
import { letterStates } from '../../domain/letter.ts'
import { objectionWays, reviewOutcomes } from '../../domain/objection.ts'
import { measureStates } from '../../domain/sender.ts'
import { digestRhythms, openTopics } from '../../domain/terms.ts'
import { category, id, instant, named, pageOf, personId, severity, sha256 } from './shapes.ts'

export const measureState = z.enum(measureStates)
export const measureKind = z.enum(['warning', 'suspension'])
export const letterState = z.enum(letterStates)
export const letterKind = z.enum([
  'reply',
  'warning',
  'suspension',
  'lifting',
  'renewal',
  'objection',
  'mute_answer',
])

const verdict = named(
  'Verdict',
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ordinary'), needsReply: z.boolean() }),
    z.object({
      kind: z.literal('harassment'),
      categories: z.array(category),
      severity,
      elements: z.object({
        superiorPosition: z.boolean(),
        improperConduct: z.object({ which: z.enum(['conduct', 'demand']), why: z.string() }),
        harmToWorkEnvironment: z.boolean(),
      }),
      statute: z.object({
        interestedParty: z.boolean(),
        beyondAccepted: z.boolean(),
        environmentHarmed: z.boolean(),
      }),
    }),
    z.object({ kind: z.literal('unsure') }),
  ]),
)

const review = named(
  'Review',
  z.object({
    id,
    revision: z.int(),
    place: z.int().min(1).max(2),
    reviewer: personId,
    verdict,
    demand: z.enum(['reasonable', 'partly', 'unreasonable', 'none']),
    fairRequest: z.string(),
    reason: z.string(),
    at: instant,
  }),
)

const decision = named(
  'Decision',
  z.object({
    id,
    threadId: id,
    revision: z.int(),
    how: z.enum(['agreed', 'settled']),
    outcome: z.enum(['ordinary', 'harassment']),
    needsReply: z.boolean(),
    categories: z.array(category),
    severity,
    reviewers: z.array(personId).length(2),
    settledBy: personId.nullable(),
    reason: z.string(),
    at: instant,
  }),
)

export const threadReviews = named(
  'ThreadReviews',
  z.object({ reviews: z.array(review), decisions: z.array(decision) }),
)

export const decisionPage = pageOf('DecisionPage', decision)

/** Where a suspension holds, what stays open meanwhile, and what is told of muted mail. */
const terms = named(
  'Terms',
  z.object({
    scope: z.enum(['mailbox', 'all']),
    mailboxId: z.string().nullable(),
    openTopics: z.array(z.enum(openTopics)),
    openLine: z.string(),
    openAddress: z.string(),
    digest: z.enum(digestRhythms),
    answerDays: z.int().nullable(),
  }),
)

/** That the sender objected, and what was decided; never their words. */
const objection = named(
  'Objection',
  z.object({
    id,
    way: z.enum(objectionWays),
    receivedAt: instant,
    outcome: z.enum(reviewOutcomes).nullable(),
    decidedBy: personId.nullable(),
    decidedAt: instant.nullable(),
    reason: z.string(),
  }),
)

export const measure = named(
  'Measure',
  z.object({
    id,
    kind: measureKind,
    state: measureState,
    senderId: id,
    threadId: id,
    decisionId: id,
    reviewers: z.array(personId).length(2),
    proposer: personId,
    confirmer: personId.nullable(),
    reason: z.string(),
    skipWarning: z.string(),
    skipExplanation: z.string(),
    terms,
    renews: id.nullable(),
    objections: z.array(objection),
    proposedAt: instant,
    announcedAt: instant.nullable(),
    reviewAt: instant.nullable(),
    endsAt: instant.nullable(),
  }),
)

export const measurePage = pageOf('MeasurePage', measure)

const letterFields = {
  id,
  kind: letterKind,
  state: letterState,
  threadId: id,
  measureId: id.nullable(),
  revision: z.int(),
  author: personId,
  approver: personId.nullable(),
  fromAddress: z.string(),
  toAddress: z.string(),
  subject: z.string(),
  messageId: z.string().nullable(),
  contentSha256: sha256,
  attempts: z.int(),
  nextAttemptAt: instant.nullable(),
  writtenAt: instant,
  sentAt: instant.nullable(),
}

export const letterPage = pageOf('LetterPage', named('Letter', z.object(letterFields)))

export const letterDetail = named(
  'LetterDetail',
  z.object({ ...letterFields, body: z.string().nullable(), serverAnswer: z.string() }),
)
