import type { Event, MeasureKind } from './event.ts'
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
  readonly state: MeasureState
  readonly confirmer: string | null
  /** When the SMTP server accepted the notice; a suspension mutes from then on, never before. */
  readonly announcedAt: Instant | null
  readonly reviewAt: Instant | null
  readonly endsAt: Instant | null
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

/** The suspension that is in force at that instant, if there is one. */
export function suspensionInForce(sender: Sender, at: Instant): Measure | null {
  return (
    sender.measures.find(
      ({ kind, state, endsAt }) =>
        kind === 'suspension' && state === 'in_force' && endsAt !== null && at < endsAt,
    ) ?? null
  )
}

/** Whether replies to the sender are stopped and their mail has no place in the queue (ミュート). */
export function isMuted(sender: Sender, at: Instant): boolean {
  return suspensionInForce(sender, at) !== null
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
    default:
      return measure
  }
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
    state: 'proposed',
    confirmer: null,
    announcedAt: null,
    reviewAt: null,
    endsAt: null,
  }
}
