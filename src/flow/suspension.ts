import type { Gate } from '../domain/gate.ts'
import type { ObjectionWay, ReviewOutcome } from '../domain/objection.ts'
import type { Person } from '../domain/person.ts'
import { isInForce } from '../domain/sender.ts'
import {
  reviewSuspension as decideOn,
  proposeRenewal,
  recordObjection as recordWords,
} from '../domain/suspension.ts'
import type { Terms } from '../domain/terms.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
import { actOn } from './act.ts'
import type { House, Outcome } from './house.ts'
import { knownOf } from './known.ts'
import { measureOf, previewNotice } from './notice.ts'

/** Writes down an objection that came by telephone, letter or a visit. */
export async function recordObjection(
  house: House,
  measureId: string,
  given: { readonly way: Exclude<ObjectionWay, 'mail'>; readonly note: string },
  who: Person,
): Promise<Outcome> {
  const { threadId } = await measureOf(house, measureId)
  const objectionId = house.newId()
  return actOn(house, threadId, (matter) =>
    recordWords(matter, { measureId, objectionId, ...given }, who, house.now()),
  )
}

export type LookAgain = {
  readonly objectionId: string | null
  readonly outcome: ReviewOutcome
  readonly reason: string
  readonly endsAt: Instant | null
}

/** Keeps, shortens or lifts a suspension; the notice that says so waits for a second person. */
export async function reviewSuspension(
  house: House,
  measureId: string,
  look: LookAgain,
  who: Person,
): Promise<Outcome> {
  const { threadId } = await measureOf(house, measureId)
  const { outcome, endsAt } = look
  const notice =
    outcome === 'lift'
      ? await previewNotice(house, measureId, 'lifting')
      : await previewNotice(house, measureId, 'objection', {
          outcome,
          endsAt: outcome === 'shorten' ? endsAt : null,
        })
  const { sha256: contentSha256, ...content } = notice
  const letterId = house.newId()
  const reviewAgainAt = daysAfter(house.now(), house.policy.suspension.reviewAfterDays)
  return actOn(
    house,
    threadId,
    (matter) =>
      decideOn(
        matter,
        { ...look, measureId, reviewAgainAt },
        { letterId, contentSha256 },
        who,
        house.now(),
      ),
    [{ letterId, ...content }],
  )
}

/** Proposes that a suspension goes on after its end; a second supervisor confirms it. */
export async function renew(
  house: House,
  renews: string,
  given: { readonly reason: string; readonly gate: Gate; readonly terms: Terms },
  who: Person,
): Promise<Outcome> {
  const { threadId } = await measureOf(house, renews)
  const known = await knownOf(house, threadId)
  const measureId = house.newId()
  const daysBefore = house.policy.suspension.remindDays
  return actOn(house, threadId, (matter) =>
    proposeRenewal(matter, { ...given, measureId, renews, daysBefore }, who, house.now(), known),
  )
}

/** Reminders made in one run. */
const remindersMax = 1_000

/** Notes once for each review date that it comes near. Returns how many were noted. */
export async function remindOfReviews(house: House): Promise<number> {
  const { store, policy } = house
  const at = house.now()
  const by = daysAfter(at, policy.suspension.remindDays)
  const due = await store.measures.due(at, by, remindersMax)
  const fresh = due.filter(({ remindedFor, reviewAt }) => remindedFor !== reviewAt)
  for (const { id: measureId, threadId, senderId } of fresh) {
    await actOn(house, threadId, ({ sender }) => {
      const measure = sender.measures.find(({ id }) => id === measureId)
      const reviewAt = measure?.reviewAt ?? null
      const noted = !measure || !isInForce(measure, at) || measure.remindedFor === reviewAt
      if (noted || reviewAt === null) return { kind: 'step', events: [] }
      const stamp = { at: house.now(), by: null, measureId, threadId, senderId }
      return { kind: 'step', events: [{ ...stamp, kind: 'review_reminded', reviewAt }] }
    })
  }
  return fresh.length
}
