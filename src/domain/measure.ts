import type { Event, MeasureKind } from './event.ts'
import { type Gate, type Known, nothingKnown, whyGateShut } from './gate.ts'
import { uninvolved } from './involved.ts'
import { isSkipped, ladderOf } from './ladder.ts'
import type { Letter } from './letter.ts'
import type { Matter } from './matter.ts'
import type { Person } from './person.ts'
import { isInForce, isMuted, type Measure } from './sender.ts'
import { type Refusal, type RefusalReason, refuse, type Step, step } from './step.ts'
import { whyNotHandle } from './target.ts'
import { flawOfTerms, reachesAsFar, type Terms } from './terms.ts'
import { harassmentOf } from './thread.ts'
import { daysAfter, type Instant } from './time.ts'

export type Proposal = {
  readonly measureId: string
  readonly measureKind: MeasureKind
  readonly reason: string
  /** Why no warning comes first; empty where one was given or severity 3 makes it needless. */
  readonly skipWarning: string
  /** The same for an explanation, before a warning as well. */
  readonly skipExplanation: string
  readonly gate: Gate
  /** What a suspension covers and leaves open; a warning covers nothing. */
  readonly terms: Terms
}

/** The notice as rendered for the supervisor's eyes, and the hash of what they were shown. */
export type Notice = {
  readonly letterId: string
  readonly messageId: string
  readonly contentSha256: string
  readonly shownSha256: string
  /** The automatic answer to muted mail, where the terms ask for one. */
  readonly answer: { readonly contentSha256: string; readonly shownSha256: string } | null
}

/** Proposes a warning or a suspension after a harassment decision. */
export function propose(
  m: Matter,
  proposal: Proposal,
  who: Person,
  at: Instant,
  known: Known = nothingKnown,
): Step | Refusal {
  const barred = whyNotHandle(who, 'propose', m.thread)
  if (barred) return barred
  if (m.thread.joinedInto !== null) return refuse('joined_away')
  const decision = harassmentOf(m.thread)
  if (!decision) return refuse('no_harassment_decision')
  const reason = whyNotPropose(m, proposal, decision.severity, at)
  if (reason) return refuse(reason)
  const all = knownIn(m, known)
  const flaw = whyNotOnTerms(proposal, who, all) ?? whyGateShut(proposal.gate, all)
  if (flaw) return refuse(flaw)

  return step({
    kind: 'measure_proposed',
    at,
    by: who.id,
    threadId: m.thread.id,
    senderId: m.sender.id,
    decisionId: decision.id,
    reviewers: decision.reviewers,
    ...proposal,
    terms: { ...proposal.terms, mailboxId: m.thread.mailboxId },
  })
}

function whyNotPropose(
  m: Matter,
  { measureKind, reason, skipWarning, skipExplanation }: Proposal,
  severity: number,
  at: Instant,
): RefusalReason | null {
  if (isMuted(m.sender, at, m.thread.mailboxId)) return 'already_suspended'
  if (m.sender.measures.some(isPending)) return 'measure_open'
  if (m.thread.assessed?.flags.includes('self_harm') && severity < 3)
    return 'self_harm_never_warned'
  if (reason.trim() === '') return 'reason_missing'
  if (m.sender.measures.some((one) => isRecent(one, measureKind, at))) return 'noticed_recently'
  const { explained, warned, maySkip } = ladderOf(m)
  if (maySkip) return null
  if (!explained && !isSkipped(skipExplanation)) return 'explanation_missing'
  if (measureKind === 'warning' || warned || isSkipped(skipWarning)) return null
  return 'warning_missing'
}

function whyNotOnTerms(
  { measureKind, terms }: Proposal,
  who: Person,
  { flags, representative }: Known,
): RefusalReason | null {
  if (measureKind !== 'suspension') return null
  if (representative) return 'representative_not_suspended'
  if (!reachesAsFar(terms, who, 'propose')) return 'scope_too_wide'
  return flawOfTerms(terms, flags)
}

/** What is known, with the flags that the thread itself bears. */
function knownIn({ thread }: Matter, known: Known): Known {
  return { ...known, flags: [...known.flags, ...(thread.assessed?.flags ?? [])] }
}

/**
 * Confirms a proposal by a supervisor who neither reviewed nor proposed, and queues its notice
 * in the same step: there is no confirmed measure without one.
 */
export function confirm(
  m: Matter,
  measureId: string,
  given: { readonly reason: string; readonly gate: Gate },
  notice: Notice,
  who: Person,
  at: Instant,
  known: Known = nothingKnown,
): Step | Refusal {
  const found = uninvolved(m, measureId, who, 'confirm')
  if (found.kind === 'refused') return found
  const { measure } = found
  const { reason, gate } = given
  const barred = whyNotConfirm(m, measure, reason, notice, who)
  if (barred) return refuse(barred)
  if (hasLapsed(m, measure, at)) return refuse('not_in_force')
  const shut = whyGateShut(gate, knownIn(m, known))
  if (shut) return refuse(shut)

  const stamp = { at, by: who.id, threadId: m.thread.id, measureId }
  const { letterId, messageId, contentSha256, answer } = notice
  const answered = answer ? { answerSha256: answer.contentSha256 } : {}
  return step(
    { ...stamp, kind: 'measure_confirmed', senderId: m.sender.id, reason, gate, ...answered },
    {
      ...stamp,
      kind: 'notice_written',
      letterId,
      letterKind: noticeKindOf(measure),
      revision: m.thread.revision,
      author: measure.proposer,
      approver: who.id,
      messageId,
      contentSha256,
    },
  )
}

function whyNotConfirm(
  m: Matter,
  measure: Measure,
  reason: string,
  { shownSha256, contentSha256, answer }: Notice,
  who: Person,
): RefusalReason | null {
  if (measure.state !== 'proposed') return 'not_proposed'
  if (measure.kind === 'suspension' && !reachesAsFar(measure.terms, who, 'confirm')) {
    return 'scope_too_wide'
  }
  if (reason.trim() === '') return 'reason_missing'
  if (!isProven(m)) return 'sender_unverified'
  if (m.thread.filed) return 'recipient_not_a_person'
  const same = shownSha256 === contentSha256 && answer?.shownSha256 === answer?.contentSha256
  return same ? null : 'preview_changed'
}

/** What is over cannot be renewed: then it is proposed anew, by the people who review. */
function hasLapsed({ sender }: Matter, { renews }: Measure, at: Instant): boolean {
  if (renews === null) return false
  const old = sender.measures.find(({ id }) => id === renews)
  return !old || !isInForce(old, at)
}

/** Which notice tells the sender of the measure. */
export function noticeKindOf({
  kind,
  renews,
}: Pick<Measure, 'kind' | 'renews'>): MeasureKind | 'renewal' {
  return renews === null ? kind : 'renewal'
}

/** Declines a proposal, or closes one whose notice never arrived. */
export function decline(
  m: Matter,
  measureId: string,
  reason: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  const found = uninvolved(m, measureId, who, 'confirm')
  if (found.kind === 'refused') return found
  const { measure } = found
  if (measure.state !== 'proposed' && measure.state !== 'not_announced')
    return refuse('not_proposed')
  if (reason.trim() === '') return refuse('reason_missing')
  const senderId = m.sender.id
  const threadId = m.thread.id
  return step({ kind: 'measure_declined', at, by: who.id, measureId, senderId, threadId, reason })
}

/** Records a proof of identity other than a verified From (security P1). */
export function recordIdentity(m: Matter, proof: string, who: Person, at: Instant): Step | Refusal {
  const barred = whyNotHandle(who, 'record_identity', m.thread)
  if (barred) return barred
  if (proof.trim() === '') return refuse('reason_missing')
  return step({ kind: 'identity_recorded', at, by: who.id, senderId: m.sender.id, proof })
}

/** Whether the thread's mails are known to come from the sender they name. */
export function isProven(m: Matter): boolean {
  return m.thread.unverified === 0 || m.sender.proof !== ''
}

/** What follows for a measure when its notice was accepted or will never be (policy: ご説明の上). */
export function measureEventAfter(
  m: Matter,
  letter: Letter,
  announced: boolean,
  at: Instant,
  reviewAt: Instant,
  endsAt: Instant,
): Event[] {
  const measure = m.sender.measures.find(({ id }) => id === letter.measureId)
  if (measure?.state !== 'confirmed' || letter.kind !== noticeKindOf(measure)) return []
  const stamp = { at, by: null, senderId: m.sender.id, threadId: m.thread.id }
  const { id: measureId, renews } = measure
  if (!announced) return [{ ...stamp, kind: 'measure_not_announced', measureId }]
  const old = m.sender.measures.find(({ id }) => id === renews)
  const over = { ...stamp, kind: 'suspension_renewed', renewedBy: measureId } as const
  return [
    { ...stamp, kind: 'measure_announced', measureId, reviewAt, endsAt },
    ...(old?.state === 'in_force' ? [{ ...over, measureId: old.id }] : []),
  ]
}

/** One notice of a kind per sender and period (RFC 3834), whatever is decided meanwhile. */
const noticePeriodDays = 7

function isRecent({ kind, announcedAt }: Measure, wanted: MeasureKind, at: Instant): boolean {
  return kind === wanted && announcedAt !== null && at < daysAfter(announcedAt, noticePeriodDays)
}

function isPending({ state }: Measure): boolean {
  return state === 'proposed' || state === 'confirmed'
}
