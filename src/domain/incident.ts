import { agreedDecision, type Decision, settledDecision } from './decision.ts'
import type { Event } from './event.ts'
import { type Action, may, type Person } from './person.ts'
import { compare, flawOf, type Opinion, type Review, type Verdict } from './review.ts'
import type { IncidentEvent } from './sender-event.ts'
import { type Refusal, type RefusalReason, refuse, type Step, step } from './step.ts'
import type { Ids } from './thread.ts'
import type { Instant } from './time.ts'

export const incidentKinds = ['phone', 'visit', 'post', 'other'] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** Harassment outside mail (出来事), recorded by hand against a sender. */
export type Incident = {
  readonly id: string
  readonly senderId: string
  /** Where it was recorded: who reads that mailbox sees it. */
  readonly mailboxId: string
  readonly kind: IncidentKind
  readonly occurredAt: Instant
  readonly minutes: number | null
  /** Whom it hit: they say what happened, and decide nothing. */
  readonly takenBy: string | null
  readonly recordedBy: string
  readonly contentSha256: string
  readonly pictureSha256: string | null
  readonly reviews: readonly Review[]
  readonly disputed: boolean
  readonly decision: Decision | null
}

/** What somebody writes down. */
export type IncidentFacts = Pick<
  Incident,
  | 'id'
  | 'senderId'
  | 'mailboxId'
  | 'kind'
  | 'occurredAt'
  | 'minutes'
  | 'takenBy'
  | 'contentSha256'
  | 'pictureSha256'
> & {
  /** What happened, in words of the staff. */
  readonly account: string
  /** Where a post on the net stands; empty for everything else. */
  readonly postUrl: string
}

export type IncidentState = 'new' | 'second_review' | 'disputed' | 'decided'

export const incidentStates: readonly IncidentState[] = [
  'new',
  'second_review',
  'disputed',
  'decided',
]

/** A call of more than a day is a slip of the pen. */
const minutesMax = 24 * 60

/** What an incident wants next. */
export function stateOf({ reviews, disputed, decision }: Incident): IncidentState {
  if (decision !== null) return 'decided'
  if (disputed) return 'disputed'
  return reviews.length === 0 ? 'new' : 'second_review'
}

/**
 * Records what happened, with the first review in the same act. Who took it themselves gives none:
 * then two others do.
 */
export function recordIncident(
  facts: IncidentFacts,
  opinion: Opinion,
  who: Person,
  at: Instant,
  ids: Ids,
): Step | Refusal {
  if (!may(who, 'record_incident', facts.mailboxId)) return refuse('not_allowed')
  const flaw = flawOfFacts(facts, at)
  if (flaw !== null) return refuse(flaw)
  const { id: incidentId, kind: incidentKind, account: _, postUrl: __, ...rest } = facts
  const recorded: Event = {
    kind: 'incident_recorded',
    ...{ at, by: who.id, incidentId, incidentKind },
    ...rest,
  }
  if (facts.takenBy === who.id) return step(recorded)
  const given = giveIncidentReview(openIncident(recorded), opinion, who, at, ids)
  return given.kind === 'refused' ? given : step(recorded, ...given.events)
}

/** One person's verdict on it (確認): the second one, blind, decides or disputes. */
export function giveIncidentReview(
  incident: Incident,
  opinion: Opinion,
  who: Person,
  at: Instant,
  ids: Ids,
): Step | Refusal {
  const barred = whyNotJudge(who, 'review', incident)
  if (barred) return barred
  if (incident.reviews.some(({ reviewer }) => reviewer === who.id)) {
    return refuse('already_reviewed')
  }
  if (incident.reviews.length >= 2 || incident.decision) return refuse('review_complete')
  const flaw = flawOf(opinion)
  if (flaw) return flaw

  const stamp = stampOf(incident, who, at)
  const first = incident.reviews[0]
  const place = first ? 2 : 1
  const review: Review = { ...opinion, id: ids.review, revision: 1, place, reviewer: who.id }
  const given: Event = { ...stamp, kind: 'incident_reviewed', review }
  if (!first) return step(given)
  const compared = compare(first.verdict, review.verdict)
  if (compared.kind === 'disputed') {
    return step(given, { ...stamp, kind: 'incident_disputed', why: compared.why })
  }
  const decision = agreedDecision(ids.decision, [first, review], compared)
  return step(given, { ...stamp, kind: 'incident_decided', decision, settlement: null })
}

/** Settles a dispute: a supervisor who was neither reviewer, with a reason. */
export function settleIncident(
  incident: Incident,
  verdict: Exclude<Verdict, { kind: 'unsure' }>,
  reason: string,
  who: Person,
  at: Instant,
  ids: Ids,
): Step | Refusal {
  const barred = whyNotJudge(who, 'settle', incident)
  if (barred) return barred
  const [first, second] = incident.reviews
  if (!incident.disputed || !first || !second) return refuse('nothing_to_settle')
  if (who.id === first.reviewer || who.id === second.reviewer) {
    return refuse('reviewer_cannot_settle')
  }
  const flaw = flawOf({ verdict, reason, demand: 'none', fairRequest: '' })
  if (flaw) return flaw
  if (reason.trim() === '') return refuse('reason_missing')
  const decision = settledDecision(ids.decision, [first, second], verdict, who.id, reason)
  const stamp = stampOf(incident, who, at)
  return step({ ...stamp, kind: 'incident_decided', decision, settlement: verdict })
}

/** Why somebody may not judge it: no role for it there, or it hit them. */
export function whyNotJudge(who: Person, action: Action, incident: Incident): Refusal | null {
  if (!may(who, action, incident.mailboxId)) return refuse('not_allowed')
  return incident.takenBy === who.id ? refuse('is_target') : null
}

/** The reviews a person may see: the first one stays hidden from who may still be second. */
export function visibleIncidentReviews(
  incident: Incident,
  who: Person,
  blind: boolean,
): readonly Review[] {
  const open = incident.reviews.length < 2 && incident.decision === null
  if (!blind || !open || may(who, 'see_first_review', incident.mailboxId)) return incident.reviews
  return incident.reviews.filter(({ reviewer }) => reviewer === who.id)
}

/** Whether an event changes an incident: who read it does not. */
export function isIncidentEvent(event: Event): event is IncidentEvent & Event {
  return 'incidentId' in event && event.kind !== 'incident_read_by_token'
}

/** An incident as it was recorded. */
export function openIncident(event: Extract<Event, { kind: 'incident_recorded' }>): Incident {
  const { kind: _, at: __, by, incidentId: id, incidentKind: kind, ...facts } = event
  const undecided = { reviews: [], disputed: false, decision: null }
  return { id, kind, ...facts, recordedBy: by ?? '', ...undecided }
}

/** The incident after one event about it. */
export function applyToIncident(incident: Incident, event: IncidentEvent): Incident {
  switch (event.kind) {
    case 'incident_recorded':
      return incident
    case 'incident_reviewed':
      return { ...incident, reviews: [...incident.reviews, event.review] }
    case 'incident_disputed':
      return { ...incident, disputed: true }
    case 'incident_decided':
      return { ...incident, disputed: false, decision: event.decision }
  }
}

function flawOfFacts(facts: IncidentFacts, at: Instant): RefusalReason | null {
  const { kind, occurredAt, minutes, account, postUrl } = facts
  const time = Date.parse(occurredAt)
  if (Number.isNaN(time) || time > Date.parse(at) || time < earliest) return 'incident_time_wrong'
  if (kind === 'phone' ? !isLength(minutes) : minutes !== null) return 'minutes_wrong'
  if (kind === 'post' && !/^https?:\/\/[^\s/]+\.[^\s/]+/i.test(postUrl)) return 'post_url_wrong'
  return account.trim() === '' ? 'account_missing' : null
}

const earliest = Date.parse('1990-01-01T00:00:00.000Z')

function isLength(minutes: number | null): boolean {
  return minutes !== null && Number.isSafeInteger(minutes) && minutes >= 0 && minutes <= minutesMax
}

function stampOf({ id: incidentId, senderId, mailboxId }: Incident, who: Person, at: Instant) {
  return { at, by: who.id, incidentId, senderId, mailboxId }
}
