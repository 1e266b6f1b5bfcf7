import type { Event, MeasureKind } from './event.ts'
import type { Letter } from './letter.ts'
import type { Matter } from './matter.ts'
import type { Action, Person } from './person.ts'
import { isMuted, type Measure, suspensionInForce } from './sender.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { whyNotHandle } from './target.ts'
import { harassmentOf } from './thread.ts'
import { daysAfter, type Instant } from './time.ts'

export type Proposal = {
  readonly measureId: string
  readonly measureKind: MeasureKind
  readonly reason: string
  /** Why no warning comes first; empty where one was given or severity 3 makes it needless. */
  readonly skipWarning: string
}

/** The notice as rendered for the supervisor's eyes, and the hash of what they were shown. */
export type Notice = {
  readonly letterId: string
  readonly messageId: string
  readonly contentSha256: string
  readonly shownSha256: string
}

/** What the policy asks before a suspension, and how far it was done. */
export type Ladder = {
  readonly decided: boolean
  readonly explained: boolean
  readonly warned: boolean
  readonly maySkipWarning: boolean
}

/** How far the policy's steps (explain, warn, then stop) have been gone with this sender. */
export function ladderOf(m: Matter): Ladder {
  const decision = harassmentOf(m.thread)
  return {
    decided: decision !== null,
    explained: m.letters.some(({ kind, state }) => kind === 'reply' && state === 'sent'),
    warned: m.sender.measures.some(({ kind, state }) => kind === 'warning' && state === 'in_force'),
    maySkipWarning: decision?.severity === 3,
  }
}

/** Proposes a warning or a suspension after a harassment decision. */
export function propose(m: Matter, proposal: Proposal, who: Person, at: Instant): Step | Refusal {
  const barred = whyNotHandle(who, 'propose', m.thread)
  if (barred) return barred
  if (m.thread.joinedInto !== null) return refuse('joined_away')
  const decision = harassmentOf(m.thread)
  if (!decision) return refuse('no_harassment_decision')
  if (isMuted(m.sender, at)) return refuse('already_suspended')
  if (m.sender.measures.some(isPending)) return refuse('measure_open')
  if (m.thread.assessed?.flags.includes('self_harm') && decision.severity < 3) {
    return refuse('self_harm_never_warned')
  }
  if (proposal.reason.trim() === '') return refuse('reason_missing')
  if (m.sender.measures.some((one) => isRecent(one, proposal.measureKind, at))) {
    return refuse('noticed_recently')
  }
  const ladder = ladderOf(m)
  const skipped = proposal.skipWarning.trim() !== ''
  if (
    proposal.measureKind === 'suspension' &&
    !ladder.warned &&
    !ladder.maySkipWarning &&
    !skipped
  ) {
    return refuse('warning_missing')
  }

  return step({
    kind: 'measure_proposed',
    at,
    by: who.id,
    threadId: m.thread.id,
    senderId: m.sender.id,
    decisionId: decision.id,
    reviewers: decision.reviewers,
    ...proposal,
  })
}

/**
 * Confirms a proposal by a supervisor who neither reviewed nor proposed, and queues its notice
 * in the same step: there is no confirmed measure without one.
 */
export function confirm(
  m: Matter,
  measureId: string,
  reason: string,
  notice: Notice,
  who: Person,
  at: Instant,
): Step | Refusal {
  const measure = uninvolved(m, measureId, who, 'confirm')
  if ('kind' in measure && measure.kind === 'refused') return measure
  if (measure.state !== 'proposed') return refuse('not_proposed')
  if (reason.trim() === '') return refuse('reason_missing')
  if (!isProven(m)) return refuse('sender_unverified')
  if (m.thread.filed) return refuse('recipient_not_a_person')
  if (notice.shownSha256 !== notice.contentSha256) return refuse('preview_changed')

  const stamp = { at, by: who.id, threadId: m.thread.id, measureId }
  const { letterId, messageId, contentSha256 } = notice
  return step(
    { ...stamp, kind: 'measure_confirmed', senderId: m.sender.id, reason },
    {
      ...stamp,
      kind: 'notice_written',
      letterId,
      letterKind: measure.kind,
      revision: m.thread.revision,
      author: measure.proposer,
      approver: who.id,
      messageId,
      contentSha256,
    },
  )
}

/** Declines a proposal, or closes one whose notice never arrived. */
export function decline(
  m: Matter,
  measureId: string,
  reason: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  const measure = uninvolved(m, measureId, who, 'confirm')
  if ('kind' in measure && measure.kind === 'refused') return measure
  if (measure.state !== 'proposed' && measure.state !== 'not_announced')
    return refuse('not_proposed')
  if (reason.trim() === '') return refuse('reason_missing')
  const senderId = m.sender.id
  const threadId = m.thread.id
  return step({ kind: 'measure_declined', at, by: who.id, measureId, senderId, threadId, reason })
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
  const measure = uninvolved(m, measureId, who, 'lift')
  if ('kind' in measure && measure.kind === 'refused') return measure
  if (suspensionInForce(m.sender, at)?.id !== measureId) return refuse('not_in_force')
  if (reason.trim() === '') return refuse('reason_missing')
  const stamp = { at, by: who.id, threadId: m.thread.id, measureId }
  return step(
    { ...stamp, kind: 'suspension_lifted', senderId: m.sender.id, reason },
    {
      ...stamp,
      ...notice,
      kind: 'notice_written',
      letterKind: 'lifting',
      revision: m.thread.revision,
      author: who.id,
      approver: null,
      messageId: null,
    },
  )
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
  if (measure?.state !== 'confirmed' || letter.kind === 'lifting') return []
  const stamp = {
    at,
    by: null,
    measureId: measure.id,
    senderId: m.sender.id,
    threadId: m.thread.id,
  }
  if (!announced) return [{ ...stamp, kind: 'measure_not_announced' }]
  return [{ ...stamp, kind: 'measure_announced', reviewAt, endsAt }]
}

/** One notice of a kind per sender and period (RFC 3834), whatever is decided meanwhile. */
const noticePeriodDays = 7

function isRecent({ kind, announcedAt }: Measure, wanted: MeasureKind, at: Instant): boolean {
  return kind === wanted && announcedAt !== null && at < daysAfter(announcedAt, noticePeriodDays)
}

function isPending({ state }: Measure): boolean {
  return state === 'proposed' || state === 'confirmed'
}

function uninvolved(m: Matter, id: string, who: Person, action: Action): Measure | Refusal {
  const barred = whyNotHandle(who, action, m.thread)
  if (barred) return barred
  const measure = m.sender.measures.find((one) => one.id === id)
  if (!measure) return refuse('not_proposed')
  const involved = [...measure.reviewers, measure.proposer].includes(who.id)
  if (!involved) return measure
  return refuse(action === 'lift' ? 'involved_cannot_lift' : 'involved_cannot_confirm')
}
