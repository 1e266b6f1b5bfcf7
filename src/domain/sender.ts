import type { Event, MeasureKind } from './event.ts'
import type { Objection } from './objection.ts'
import { holdsIn, type Terms, termsBefore } from './terms.ts'
import type { Instant } from './time.ts'

/** The states of a warning (警告) or a suspension (対応停止). */
export const measureStates = [
  'proposed',
  'declined',
  'confirmed',
  'in_force',
  'not_announced',
  'lifted',
  'expired',
  'renewed',
] as const

export type MeasureState = (typeof measureStates)[number]

/** A warning or a suspension on its way from proposal to its end. */
export type Measure = {
  readonly id: string
  readonly kind: MeasureKind
  readonly threadId: string
  readonly decisionId: string
  readonly reviewers: readonly [string, string]
  readonly proposer: string
  readonly reason: string
  readonly skipWarning: string
  readonly skipExplanation: string
  readonly terms: Terms
  /** The suspension that this one renews. */
  readonly renews: string | null
  readonly state: MeasureState
  readonly confirmer: string | null
  /** When the SMTP server accepted the notice; a suspension mutes from then on, never before. */
  readonly announcedAt: Instant | null
  readonly reviewAt: Instant | null
  readonly endsAt: Instant | null
  /** The review date of which supervisors were reminded. */
  readonly remindedFor: Instant | null
  /** When a muted mail was last answered by itself. */
  readonly answeredAt: Instant | null
  readonly objections: readonly Objection[]
}

/**
 * A customer identity (差出人) as seen from one of its addresses, with everything that was ever
 * proposed against any of them: people joined them, and may separate them again.
 */
export type Sender = {
  readonly id: string
  /** Another proof of identity than a verified From, recorded for this address alone; empty if none. */
  readonly proof: string
  readonly measures: readonly Measure[]
}

/** Every suspension that is in force at that instant, in whichever mailbox it holds. */
export function suspensionsInForce({ measures }: Sender, at: Instant): Measure[] {
  return measures.filter((measure) => isInForce(measure, at))
}

/** Whether the measure is a suspension that is in force at that instant. */
export function isInForce({ kind, state, endsAt }: Measure, at: Instant): boolean {
  return kind === 'suspension' && state === 'in_force' && endsAt !== null && at < endsAt
}

/** The suspension that is in force in that mailbox at that instant, if there is one. */
export function suspensionInForce(sender: Sender, at: Instant, mailboxId: string): Measure | null {
  return suspensionsInForce(sender, at).find(({ terms }) => holdsIn(terms, mailboxId)) ?? null
}

/**
 * Whether replies to the sender are stopped in that mailbox and their mail has no place in the
 * queue (ミュート).
 */
export function isMuted(sender: Sender, at: Instant, mailboxId: string): boolean {
  return suspensionInForce(sender, at, mailboxId) !== null
}

/** The sender after one event; events about others leave it as it is. */
export function applyToSender(sender: Sender, event: Event): Sender {
  if (event.kind === 'identity_recorded') return { ...sender, proof: event.proof }
  if (event.kind === 'measure_proposed') {
    return { ...sender, measures: [...sender.measures, proposed(event)] }
  }
  if (!('measureId' in event)) return sender
  const measures = sender.measures.map((m) => (m.id === event.measureId ? moved(m, event) : m))
  return { ...sender, measures }
}

function moved(measure: Measure, event: Event): Measure {
  switch (event.kind) {
    case 'measure_confirmed':
      return { ...measure, state: 'confirmed', confirmer: event.by }
    case 'measure_declined':
      return { ...measure, state: 'declined' }
    case 'measure_announced': {
      const { reviewAt, endsAt } = event
      return { ...measure, state: 'in_force', announcedAt: event.at, reviewAt, endsAt }
    }
    case 'measure_not_announced':
      return { ...measure, state: 'not_announced' }
    case 'suspension_lifted':
      return { ...measure, state: 'lifted' }
    case 'suspension_expired':
      return { ...measure, state: 'expired' }
    case 'suspension_renewed':
      return { ...measure, state: 'renewed' }
    case 'review_reminded':
      return { ...measure, remindedFor: event.reviewAt }
    case 'mute_answered':
      return { ...measure, answeredAt: event.at }
    case 'objection_received':
      return { ...measure, objections: [...measure.objections, objectionOf(event)] }
    case 'suspension_reviewed':
      return reviewed(measure, event)
    default:
      return measure
  }
}

/** The objection that an event brings. */
export function objectionOf(event: Extract<Event, { kind: 'objection_received' }>): Objection {
  const { objectionId: id, way, messageId, note, at: receivedAt, by: recordedBy } = event
  const open = { outcome: null, decidedBy: null, decidedAt: null, reason: '' }
  return { id, way, receivedAt, messageId, recordedBy, note, ...open }
}

function reviewed(
  measure: Measure,
  {
    objectionId,
    outcome,
    reason,
    at,
    by,
    ...dates
  }: Extract<Event, { kind: 'suspension_reviewed' }>,
): Measure {
  const decided = { outcome, reason, decidedBy: by, decidedAt: at }
  const objections = measure.objections.map((one) =>
    one.id === objectionId ? { ...one, ...decided } : one,
  )
  return { ...measure, objections, reviewAt: dates.reviewAt, endsAt: dates.endsAt }
}

function proposed(event: Extract<Event, { kind: 'measure_proposed' }>): Measure {
  return {
    id: event.measureId,
    kind: event.measureKind,
    threadId: event.threadId,
    decisionId: event.decisionId,
    reviewers: event.reviewers,
    proposer: event.by ?? '',
    reason: event.reason,
    skipWarning: event.skipWarning,
    skipExplanation: event.skipExplanation ?? '',
    terms: event.terms ?? termsBefore,
    renews: event.renews ?? null,
    state: 'proposed',
    confirmer: null,
    announcedAt: null,
    reviewAt: null,
    endsAt: null,
    remindedFor: null,
    answeredAt: null,
    objections: [],
  }
}
