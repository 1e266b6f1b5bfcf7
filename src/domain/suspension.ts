import type { Event } from './event.ts'
import { type Gate, type Known, whyGateShut } from './gate.ts'
import { uninvolved } from './involved.ts'
import type { Matter } from './matter.ts'
import type { Notice } from './measure.ts'
import { type ObjectionWay, openObjection, type ReviewOutcome } from './objection.ts'
import type { Person } from './person.ts'
import { isInForce, type Measure } from './sender.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { whyNotHandle } from './target.ts'
import { flawOfTerms, reachesAsFar, type Terms } from './terms.ts'
import { daysAfter, type Instant } from './time.ts'

/** A suspension in force may be looked at by somebody uninvolved. */
export type Look = {
  readonly measureId: string
  readonly objectionId: string | null
  readonly outcome: ReviewOutcome
  readonly reason: string
  /** The new end where it is shortened; else not looked at. */
  readonly endsAt: Instant | null
  /** When it is looked at again after its date; else not looked at. */
  readonly reviewAgainAt: Instant
}

/** Writes an objection down that came by telephone, letter or a visit (異議の申し出). */
export function recordObjection(
  m: Matter,
  given: {
    readonly measureId: string
    readonly objectionId: string
    readonly way: Exclude<ObjectionWay, 'mail'>
    readonly note: string
  },
  who: Person,
  at: Instant,
): Step | Refusal {
  const barred = whyNotHandle(who, 'record_objection', m.thread)
  if (barred) return barred
  const measure = m.sender.measures.find(({ id }) => id === given.measureId)
  if (!measure || !isInForce(measure, at)) return refuse('not_in_force')
  if (openObjection(measure)) return refuse('objection_open')
  if (given.note.trim() === '') return refuse('reason_missing')
  const stamp = { at, by: who.id, threadId: m.thread.id, senderId: m.sender.id }
  return step({ ...stamp, ...given, kind: 'objection_received', messageId: null })
}

/** Lifts a suspension at once; its notice still waits for a second person's approval. */
export function lift(
  m: Matter,
  measureId: string,
  reason: string,
  notice: Pick<Notice, 'letterId' | 'contentSha256'>,
  who: Person,
  at: Instant,
): Step | Refusal {
  const seen = uninvolved(m, measureId, who, 'lift')
  if (seen.kind === 'refused') return seen
  const { measure } = seen
  if (!isInForce(measure, at)) return refuse('not_in_force')
  if (!reachesAsFar(measure.terms, who, 'lift')) return refuse('scope_too_wide')
  if (reason.trim() === '') return refuse('reason_missing')
  const stamp = { at, by: who.id, threadId: m.thread.id, measureId }
  const of = { ...stamp, senderId: m.sender.id, reason }
  const { reviewAt, endsAt } = measure
  const objection = openObjection(measure)
  const met = { outcome: 'lift', reviewAt: reviewAt ?? at, endsAt: endsAt ?? at } as const
  return step(
    ...(objection
      ? [{ ...of, ...met, kind: 'suspension_reviewed', objectionId: objection.id } as const]
      : []),
    { ...of, kind: 'suspension_lifted' },
    noticeOf(m, 'lifting', { ...stamp, ...notice, author: who.id }),
  )
}

type Written = Pick<Notice, 'letterId' | 'contentSha256'> & {
  readonly at: Instant
  readonly by: string
  readonly threadId: string
  readonly measureId: string
  readonly author: string
}

/** A notice that waits for a second person. */
function noticeOf(
  { thread }: Matter,
  letterKind: 'lifting' | 'objection',
  written: Written,
): Extract<Event, { kind: 'notice_written' }> {
  const waiting = { revision: thread.revision, approver: null, messageId: null }
  return { ...written, ...waiting, kind: 'notice_written', letterKind }
}

/**
 * Looks at a suspension again, for an objection or because its day has come: keep, shorten or
 * lift, by a supervisor who neither reviewed nor proposed nor confirmed it. The sender is told
 * each time, by a notice that a second person approves.
 */
export function reviewSuspension(
  m: Matter,
  look: Look,
  notice: Pick<Notice, 'letterId' | 'contentSha256'>,
  who: Person,
  at: Instant,
): Step | Refusal {
  const seen = uninvolved(m, look.measureId, who, 'review_suspension')
  if (seen.kind === 'refused') return seen
  const found = seen.measure
  if (found.confirmer === who.id) return refuse('confirmer_cannot_decide')
  if (!isInForce(found, at)) return refuse('not_in_force')
  if (!reachesAsFar(found.terms, who, 'review_suspension')) return refuse('scope_too_wide')
  const waiting = openObjection(found)?.id ?? null
  if (waiting !== look.objectionId) {
    return refuse(look.objectionId === null ? 'objection_open' : 'objection_closed')
  }
  if (look.reason.trim() === '') return refuse('reason_missing')
  const dates = datesAfter(found, look, at)
  if (dates === null) return refuse('end_wrong')
  const { measureId, objectionId, outcome, reason } = look
  const stamp = { at, by: who.id, threadId: m.thread.id, measureId }
  const of = { ...stamp, senderId: m.sender.id }
  return step(
    { ...of, kind: 'suspension_reviewed', objectionId, outcome, reason, ...dates },
    ...(outcome === 'lift' ? [{ ...of, kind: 'suspension_lifted', reason } as const] : []),
    noticeOf(m, outcome === 'lift' ? 'lifting' : 'objection', {
      ...{ ...stamp, ...notice },
      author: who.id,
    }),
  )
}

/** Review date and end after the look; null where the new end is none. */
function datesAfter(
  { reviewAt, endsAt }: Measure,
  { outcome, objectionId, endsAt: wanted, reviewAgainAt }: Look,
  at: Instant,
): { reviewAt: Instant; endsAt: Instant } | null {
  const [review, end] = [reviewAt ?? '', endsAt ?? '']
  if (outcome === 'lift') return { reviewAt: review, endsAt: end }
  const earlier = (a: Instant, b: Instant) => (a < b ? a : b)
  const next = objectionId === null ? reviewAgainAt : review
  if (outcome === 'keep') return { reviewAt: earlier(next, end), endsAt: end }
  if (wanted === null || wanted <= at || wanted >= end) return null
  return { reviewAt: earlier(next, wanted), endsAt: wanted }
}

export type Renewal = {
  readonly measureId: string
  readonly renews: string
  readonly reason: string
  readonly gate: Gate
  readonly terms: Terms
  /** So many days before its review date a suspension may be renewed at the earliest. */
  readonly daysBefore: number
}

/**
 * Proposes that a suspension goes on after its end: by a supervisor who neither reviewed nor
 * proposed nor confirmed it. Another one confirms, and the sender is told anew.
 */
export function proposeRenewal(
  m: Matter,
  renewal: Renewal,
  who: Person,
  at: Instant,
  known: Known,
): Step | Refusal {
  const seen = uninvolved(m, renewal.renews, who, 'renew')
  if (seen.kind === 'refused') return seen
  const old = seen.measure
  if (old.confirmer === who.id) return refuse('confirmer_cannot_decide')
  if (!isInForce(old, at)) return refuse('not_in_force')
  if (at < daysAfter(old.reviewAt ?? '', -renewal.daysBefore)) return refuse('too_early_to_renew')
  if (openObjection(old)) return refuse('objection_open')
  if (m.sender.measures.some(({ state }) => state === 'proposed' || state === 'confirmed')) {
    return refuse('measure_open')
  }
  if (renewal.reason.trim() === '') return refuse('reason_missing')
  const terms = { ...renewal.terms, scope: old.terms.scope, mailboxId: old.terms.mailboxId }
  const flaw = flawOfTerms(terms, known.flags) ?? whyGateShut(renewal.gate, known)
  if (flaw) return refuse(flaw)
  if (!reachesAsFar(terms, who, 'renew')) return refuse('scope_too_wide')
  const { measureId, renews, reason, gate } = renewal
  return step({
    kind: 'measure_proposed',
    at,
    by: who.id,
    threadId: m.thread.id,
    senderId: m.sender.id,
    measureId,
    measureKind: 'suspension',
    decisionId: old.decisionId,
    reviewers: old.reviewers,
    reason,
    skipWarning: old.skipWarning,
    skipExplanation: old.skipExplanation,
    gate,
    terms,
    renews,
  })
}
