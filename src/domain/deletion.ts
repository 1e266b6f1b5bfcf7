import { type Day, dayOf, isDay } from './business-day.ts'
import { covers, type Person, reachOf } from './person.ts'
import type { Blocked, Kept } from './retention.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** A person asks that what is kept of them is erased (削除・利用停止請求). */
export type DeletionRequest = {
  readonly id: string
  readonly senderId: string
  /** The day on which it came. */
  readonly receivedOn: Day
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: Instant
  readonly state: 'open' | 'approved' | 'declined'
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  /** Threads that go, once it is approved. */
  readonly threads: readonly string[]
  /** What was answered, and why in spite of what stood in the way. */
  readonly answer: string
}

export type ToDelete = Pick<DeletionRequest, 'id' | 'senderId' | 'receivedOn' | 'reason'>

/** What stands in the way of erasing everything of a sender. */
export type Hindrance = Exclude<Blocked, 'open'> | 'confirmed' | 'letter'

/** What stands in the way of it, by what is known of each of their threads. */
export function hindrancesIn(kept: readonly Kept[]): Hindrance[] {
  const found: readonly (readonly [Hindrance, boolean])[] = [
    ['hold', kept.some(({ held }) => held !== null)],
    ['letter', kept.some(({ letter }) => letter)],
    ['measure', kept.some(({ measure }) => measure)],
    ['confirmed', kept.some(({ confirmed }) => confirmed)],
  ]
  return found.filter(([, is]) => is).map(([one]) => one)
}

type Where = {
  readonly mailboxIds: readonly string[]
  readonly hindrances: readonly Hindrance[]
  readonly threads: readonly string[]
}

/** Proposes to erase one sender's mail, with the date and the reason of their request. */
export function proposeDeletion(
  { id: requestId, senderId, receivedOn, reason }: ToDelete,
  { open, mailboxIds }: { readonly open: boolean; readonly mailboxIds: readonly string[] },
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!coversAll(who, mailboxIds)) return refuse('not_allowed')
  if (open) return refuse('deletion_open')
  if (!isDay(receivedOn) || receivedOn > dayOf(at)) return refuse('deletion_date_wrong')
  if (reason.trim() === '') return refuse('reason_missing')
  const stamp = { at, by: who.id, requestId, senderId }
  return step({ ...stamp, kind: 'deletion_proposed', receivedOn, reason })
}

/**
 * Answers it: another supervisor than the one who proposed it. What is held, or has a letter on its
 * way, is erased in no case; a measure and a confirmed case only for a reason that is stated.
 */
export function decideDeletion(
  request: DeletionRequest,
  how: 'approved' | 'declined',
  answer: string,
  { mailboxIds, hindrances, threads }: Where,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!coversAll(who, mailboxIds)) return refuse('not_allowed')
  if (request.state !== 'open') return refuse('deletion_closed')
  if (request.proposedBy === who.id) return refuse('own_deletion')
  const { id: requestId, senderId } = request
  const stamp = { at, by: who.id, requestId, senderId, answer }
  if (how === 'declined') {
    return answer.trim() === ''
      ? refuse('reason_missing')
      : step({ ...stamp, kind: 'deletion_declined' })
  }
  if (hindrances.includes('hold')) return refuse('deletion_held')
  if (hindrances.includes('letter')) return refuse('letter_on_its_way')
  if (answer.trim() === '' && hindrances.includes('measure')) return refuse('deletion_measure')
  if (answer.trim() === '' && hindrances.includes('confirmed')) return refuse('deletion_confirmed')
  return step({ ...stamp, kind: 'deletion_approved', despite: hindrances, threads })
}

function coversAll(who: Person, mailboxIds: readonly string[]): boolean {
  const reach = reachOf(who, 'hold')
  return mailboxIds.length > 0 && mailboxIds.every((id) => covers(reach, id))
}
