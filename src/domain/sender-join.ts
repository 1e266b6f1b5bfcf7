import type { Event } from './event.ts'
import { type Action, may, type Person } from './person.ts'
import { isInForce, type Measure } from './sender.ts'
import type { JoinEvent } from './sender-event.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** Why two senders may be one person: what the product saw, or that somebody says so. */
export const joinReasons = [
  'same_address',
  'same_signature',
  'same_thread',
  'similar_text',
  'by_hand',
] as const

export type JoinReason = (typeof joinReasons)[number]

export type JoinState = 'proposed' | 'joined' | 'declined' | 'separated'

/** What people said of two senders: that they are one, or that they are not. */
export type SenderJoin = {
  readonly id: string
  /** The two senders, in the order of their ids. */
  readonly first: string
  readonly second: string
  readonly reasons: readonly JoinReason[]
  /** Null where a suggestion of the product was declined before anybody proposed it. */
  readonly proposer: string | null
  readonly state: JoinState
  readonly decider: string | null
}

/** One of the two: the identity as it is now, and the mailboxes that this sender has to do with. */
export type Side = {
  readonly id: string
  readonly mailboxIds: readonly string[]
  /** Everybody joined with it so far, itself included. */
  readonly members: readonly string[]
  /** The measures against all of them. */
  readonly measures: readonly Measure[]
}

export type Sides = readonly [Side, Side]

/** Says that two senders are one person; another person has to confirm it. */
export function proposeJoin(
  sides: Sides,
  known: readonly SenderJoin[],
  given: { joinId: string; reasons: readonly JoinReason[]; reason: string },
  who: Person,
  at: Instant,
): Step | Refusal {
  const barred = whyNotBegin(sides, known, who)
  if (barred) return barred
  const [first, second] = sides
  if (given.reasons.every((reason) => reason === 'by_hand') && given.reason.trim() === '') {
    return refuse('reason_missing')
  }
  const pair = { senderId: first.id, otherId: second.id }
  return step({ kind: 'join_proposed', at, by: who.id, ...pair, ...given })
}

/**
 * Confirms it, as another person. Where a suspension of either is in force or on its way, that
 * takes a supervisor: the mute will reach the other address.
 */
export function confirmJoin(
  join: SenderJoin,
  sides: Sides,
  reason: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!mayOnBoth(who, 'confirm_join', sides)) return refuse('not_allowed')
  if (join.state !== 'proposed') return refuse('join_closed')
  if (join.proposer === who.id) return refuse('own_join')
  if (areOne(sides)) return refuse('already_joined')
  if (wantsSupervisor(sides, at) && !mayOnBoth(who, 'confirm', sides)) {
    return refuse('join_needs_supervisor')
  }
  return step(saying('senders_joined', join, reason, who, at))
}

/** Declines a proposal, or takes back one's own. */
export function declineJoin(
  join: SenderJoin,
  sides: Sides,
  reason: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!mayOnBoth(who, 'join_senders', sides)) return refuse('not_allowed')
  if (join.state !== 'proposed') return refuse('join_closed')
  return step(saying('join_declined', join, reason, who, at))
}

/** Declines what only the product suggested; it does not come back. */
export function dismissJoin(
  sides: Sides,
  known: readonly SenderJoin[],
  joinId: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  const barred = whyNotBegin(sides, known, who)
  if (barred) return barred
  const [first, second] = sides
  const pair = { id: joinId, first: first.id, second: second.id }
  return step(saying('join_declined', pair, '', who, at))
}

/** Ends the reach of one sender's measures over the other one; joining them again undoes it. */
export function separate(
  join: SenderJoin,
  sides: Sides,
  reason: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!mayOnBoth(who, 'separate_senders', sides)) return refuse('not_allowed')
  if (join.state !== 'joined') return refuse('join_closed')
  if (reason.trim() === '') return refuse('reason_missing')
  return step(saying('senders_separated', join, reason, who, at))
}

/** Why nothing can be said of these two by that person, or null. */
function whyNotBegin(sides: Sides, known: readonly SenderJoin[], who: Person): Refusal | null {
  const [first, second] = sides
  if (!mayOnBoth(who, 'join_senders', sides)) return refuse('not_allowed')
  if (first.id === second.id) return refuse('same_sender')
  if (areOne(sides)) return refuse('already_joined')
  return known.some(({ state }) => state === 'proposed') ? refuse('join_open') : null
}

/** Whether confirming makes a mute reach further than it did, or will. */
export function wantsSupervisor(sides: Sides, at: Instant): boolean {
  return sides.some(({ measures }) => {
    const pending = measures.some(
      ({ kind, state }) =>
        kind === 'suspension' && ['proposed', 'confirmed', 'not_announced'].includes(state),
    )
    return pending || measures.some((one) => isInForce(one, at))
  })
}

/** The record of two senders after an event about them; null before there is one. */
export function applyToJoin(join: SenderJoin | null, event: JoinEvent & Event): SenderJoin {
  const { joinId: id, senderId: first, otherId: second, by } = event
  const known = join ?? { id, first, second, reasons: [], proposer: null, decider: null }
  switch (event.kind) {
    case 'join_proposed':
      return { ...known, reasons: event.reasons, proposer: by, state: 'proposed' }
    case 'senders_joined':
      return { ...known, state: 'joined', decider: by }
    case 'join_declined':
      return { ...known, state: 'declined', decider: by }
    case 'senders_separated':
      return { ...known, state: 'separated' }
  }
}

/** Whether an event is about two senders being one. */
export function isJoinEvent(event: Event): event is JoinEvent & Event {
  return 'joinId' in event
}

/** Everybody who is one person with that sender by these links, itself included, by id. */
export function membersOf(id: string, links: readonly (readonly [string, string])[]): string[] {
  const members = new Set([id])
  for (let before = 0; before < members.size; ) {
    before = members.size
    for (const [a, b] of links) {
      if (members.has(a) || members.has(b)) members.add(a).add(b)
    }
  }
  return [...members].sort()
}

function saying(
  kind: Exclude<JoinEvent['kind'], 'join_proposed'>,
  { id: joinId, first: senderId, second: otherId }: Pick<SenderJoin, 'id' | 'first' | 'second'>,
  reason: string,
  who: Person,
  at: Instant,
): Event {
  return { kind, at, by: who.id, joinId, senderId, otherId, reason }
}

function mayOnBoth(who: Person, action: Action, sides: Sides): boolean {
  return sides.every(({ mailboxIds }) => mailboxIds.some((id) => may(who, action, id)))
}

function areOne([first, second]: Sides): boolean {
  return first.members.includes(second.id)
}
