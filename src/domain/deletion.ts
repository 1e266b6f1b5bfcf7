import type { Person } from './person.ts'
import {
  coversAll,
  flawOfRequest,
  type PersonRequest,
  type ToRequest,
  whyNotAnswer,
} from './person-request.ts'
import type { KeptOfSender } from './retention.sender.ts'
import type { Blocked, Kept } from './retention.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** A person asks that what is kept of them is erased (削除・利用停止請求). */
export type DeletionRequest = PersonRequest & {
  readonly state: 'open' | 'approved' | 'declined'
  /** Threads that go, once it is approved. */
  readonly threads: readonly string[]
}

/** What stands in the way of erasing everything of a sender. */
export type Hindrance = Exclude<Blocked, 'open'> | 'confirmed' | 'letter'

/** What stands in the way of it, by what is known of each of their threads, and beside mail. */
export function hindrancesIn(
  kept: readonly Kept[],
  beside: Pick<KeptOfSender, 'held' | 'lastAct'>,
): Hindrance[] {
  const found: readonly (readonly [Hindrance, boolean])[] = [
    ['hold', beside.held || kept.some(({ held }) => held !== null)],
    ['letter', kept.some(({ letter }) => letter)],
    ['measure', kept.some(({ measure }) => measure)],
    ['confirmed', beside.lastAct !== null || kept.some(({ confirmed }) => confirmed)],
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
  given: ToRequest,
  { open, mailboxIds }: { readonly open: boolean; readonly mailboxIds: readonly string[] },
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!coversAll(who, 'hold', mailboxIds)) return refuse('not_allowed')
  const flaw = flawOfRequest(given, open, at)
  if (flaw) return flaw
  const { id: requestId, senderId, receivedOn, reason } = given
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
  if (!coversAll(who, 'hold', mailboxIds)) return refuse('not_allowed')
  const barred = whyNotAnswer(request, who)
  if (barred) return barred
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
