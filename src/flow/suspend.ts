import type { Gate } from '../domain/gate.ts'
import {
  confirm as confirmMeasure,
  decline as declineMeasure,
  noticeKindOf,
  type Proposal,
  propose as proposeMeasure,
  recordIdentity as recordProof,
} from '../domain/measure.ts'
import { may, type Person } from '../domain/person.ts'
import { refuse, step } from '../domain/step.ts'
import { lift as liftSuspension } from '../domain/suspension.ts'
import { actOn, NotFound } from './act.ts'
import type { House, Outcome } from './house.ts'
import { knownOf } from './known.ts'
import { messageIdFor } from './letter-content.ts'
import { previewAnswer } from './mute-answer.ts'
import { measureOf, previewNotice } from './notice.ts'

/** Proposes a warning or a suspension after a harassment decision. */
export async function propose(
  house: House,
  threadId: string,
  proposal: Omit<Proposal, 'measureId'>,
  who: Person,
): Promise<Outcome> {
  const measureId = house.newId()
  const known = await knownOf(house, threadId)
  return actOn(house, threadId, (matter) =>
    proposeMeasure(matter, { ...proposal, measureId }, who, house.now(), known),
  )
}

export type Confirmation = {
  readonly reason: string
  readonly gate: Gate
  readonly shownSha256: string
  /** Of the automatic answer, where there is one. */
  readonly shownAnswerSha256: string
}

/** Confirms a proposal and queues the notice that the supervisor was shown, letter by letter. */
export async function confirm(
  house: House,
  measureId: string,
  { reason, gate, shownSha256, shownAnswerSha256 }: Confirmation,
  who: Person,
): Promise<Outcome> {
  const measure = await measureOf(house, measureId)
  const known = await knownOf(house, measure.threadId)
  const notice = await previewNotice(house, measureId, noticeKindOf(measure))
  const { sha256: contentSha256, ...content } = notice
  const answer = await previewAnswer(house, measure)
  const letterId = house.newId()
  const messageId = messageIdFor(house, measure.threadId, content.fromAddress)
  const shown = {
    ...{ letterId, messageId, contentSha256, shownSha256 },
    answer: answer && { contentSha256: answer.sha256, shownSha256: shownAnswerSha256 },
  }
  return actOn(
    house,
    measure.threadId,
    (matter) => confirmMeasure(matter, measureId, { reason, gate }, shown, who, house.now(), known),
    [{ letterId, ...content }],
    answer ? { answer: { measureId, ...answer } } : {},
  )
}

/** Declines a proposal, with a reason. */
export async function decline(
  house: House,
  measureId: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  const { threadId } = await measureOf(house, measureId)
  return actOn(house, threadId, (matter) =>
    declineMeasure(matter, measureId, reason, who, house.now()),
  )
}

/** Lifts a suspension; the notice that says so waits for a second person. */
export async function lift(
  house: House,
  measureId: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  const { threadId } = await measureOf(house, measureId)
  const { sha256: contentSha256, ...content } = await previewNotice(house, measureId, 'lifting')
  const letterId = house.newId()
  return actOn(
    house,
    threadId,
    (matter) =>
      liftSuspension(matter, measureId, reason, { letterId, contentSha256 }, who, house.now()),
    [{ letterId, ...content }],
  )
}

/** Records how else the sender is known to be who they say. */
export function recordIdentity(
  house: House,
  threadId: string,
  proof: string,
  who: Person,
): Promise<Outcome> {
  return actOn(house, threadId, (matter) => recordProof(matter, proof, who, house.now()))
}

/** Notes that a supervisor has seen an alert. */
export async function acknowledge(house: House, alertId: string, who: Person): Promise<Outcome> {
  const alert = await house.store.alerts.find(alertId)
  if (!alert) throw new NotFound('alert', alertId)
  if (alert.acknowledgedAt !== null) return refuse('nothing_to_acknowledge')
  const { threadId } = alert
  const event = { kind: 'alert_acknowledged', alertId, threadId } as const
  return actOn(house, threadId, ({ thread }) => {
    if (!may(who, 'acknowledge_alert', thread.mailboxId)) return refuse('not_allowed')
    return step({ ...event, at: house.now(), by: who.id })
  })
}

/** Ends the suspensions whose time has come. Returns how many. */
export async function expire(house: House): Promise<number> {
  const ended = await house.store.measures.ended(house.now())
  for (const { id: measureId, senderId, threadId } of ended) {
    const event = { kind: 'suspension_expired', measureId, senderId, threadId } as const
    await actOn(house, threadId, () => ({
      kind: 'step',
      events: [{ ...event, at: house.now(), by: null }],
    }))
  }
  return ended.length
}
