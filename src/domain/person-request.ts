import { type Day, dayOf, isDay } from './business-day.ts'
import { type Action, covers, type Person, reachOf } from './person.ts'
import { type Refusal, refuse } from './step.ts'
import type { Instant } from './time.ts'

/**
 * What a person asks of what is kept on them (本人からの請求): recorded by one supervisor, answered
 * by another one.
 */
export type PersonRequest = {
  readonly id: string
  readonly senderId: string
  /** The day on which it came. */
  readonly receivedOn: Day
  /** What is asked for, and why. */
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: Instant
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  readonly answer: string
}

export type ToRequest = Pick<PersonRequest, 'id' | 'senderId' | 'receivedOn' | 'reason'>

/** Why a request cannot be recorded: one of its kind waits, or it does not say when or what. */
export function flawOfRequest(
  { receivedOn, reason }: ToRequest,
  open: boolean,
  at: Instant,
): Refusal | null {
  if (open) return refuse('request_open')
  if (!isDay(receivedOn) || receivedOn > dayOf(at)) return refuse('request_date_wrong')
  return reason.trim() === '' ? refuse('reason_missing') : null
}

/** Why somebody cannot answer it: it was answered, or they recorded it themselves. */
export function whyNotAnswer(
  { proposedBy, state }: PersonRequest & { readonly state: string },
  who: Person,
): Refusal | null {
  if (state !== 'open') return refuse('request_closed')
  return proposedBy === who.id ? refuse('own_request') : null
}

/** Whether somebody may do that in each of the mailboxes that the person has to do with. */
export function coversAll(who: Person, action: Action, mailboxIds: readonly string[]): boolean {
  const reach = reachOf(who, action)
  return mailboxIds.length > 0 && mailboxIds.every((id) => covers(reach, id))
}
