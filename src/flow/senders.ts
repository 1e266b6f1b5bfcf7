import { type Person, reachOf } from '../domain/person.ts'
import {
  applyToJoin,
  confirmJoin as decideConfirm,
  declineJoin as decideDecline,
  dismissJoin as decideDismiss,
  proposeJoin as decidePropose,
  separate as decideSeparate,
  isJoinEvent,
  type JoinReason,
  membersOf,
  type Sides,
} from '../domain/sender-join.ts'
import { noteSender as decideNote, noteLengthMax } from '../domain/sender-note.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import type { JoinRecord, Membership } from '../store/joins.ts'
import { meets } from '../store/placing.ts'
import { sha256 } from '../store/sealing.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'

/** Says that two senders are one person (差出人の統合); somebody else has to confirm it. */
export function proposeJoin(
  house: House,
  pair: readonly [string, string],
  given: { readonly reasons: readonly JoinReason[]; readonly reason: string },
  who: Person,
): Promise<Outcome> {
  const joinId = house.newId()
  return begun(house, pair, (sides, known) =>
    decidePropose(sides, known, { joinId, ...given }, who, house.now()),
  )
}

/** Proposals of others that this person may answer: both senders have to do with their mailboxes. */
export async function joinsToAnswer({ store }: House, who: Person): Promise<JoinRecord[]> {
  const open = (await store.joins.proposed()).filter(({ proposer }) => proposer !== who.id)
  if (open.length === 0) return []
  const placesOf = await store.places.ofSenders(
    open.flatMap(({ first, second }) => [first, second]),
  )
  const reach = reachOf(who, 'join_senders')
  return open.filter(
    ({ first, second }) => meets(reach, placesOf(first)) && meets(reach, placesOf(second)),
  )
}

/** Declines what the product suggested; it does not come back. */
export function dismissJoin(
  house: House,
  pair: readonly [string, string],
  who: Person,
): Promise<Outcome> {
  const joinId = house.newId()
  return begun(house, pair, (sides, known) => decideDismiss(sides, known, joinId, who, house.now()))
}

/** Confirms what another person proposed: from now on measures against one reach the other. */
export function confirmJoin(
  house: House,
  joinId: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  return goneOn(house, joinId, (join, sides) =>
    decideConfirm(join, sides, reason, who, house.now()),
  )
}

/** Declines a proposal, or takes back one's own. */
export function declineJoin(
  house: House,
  joinId: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  return goneOn(house, joinId, (join, sides) =>
    decideDecline(join, sides, reason, who, house.now()),
  )
}

/** Separates two senders again: what was decided against one no longer reaches the other. */
export function separateSenders(
  house: House,
  joinId: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  return goneOn(house, joinId, (join, sides) =>
    decideSeparate(join, sides, reason, who, house.now()),
  )
}

/** Writes a short note on a sender; a wrong one is put right by another one. */
export async function noteSender(
  house: House,
  given: {
    readonly senderId: string
    readonly mailboxId: string
    readonly text: string
    readonly corrects: string | null
  },
  who: Person,
): Promise<Outcome> {
  const { store, now, newId } = house
  const text = given.text.slice(0, noteLengthMax)
  const note = { noteId: newId(), ...given, text, textSha256: sha256(text) }
  const mailboxIds = (await store.places.ofSenders([given.senderId]))(given.senderId)
  const at = now()
  const decision = decideNote(note, mailboxIds, who, at)
  if (decision.kind === 'refused') return decision
  const { noteId: id, ...row } = note
  for (const event of decision.events) {
    await store.senderNotes.add({ id, ...row, author: who.id, at }, event)
  }
  return done
}

type Known = { readonly sides: Sides; readonly memberships: readonly Membership[] }

/** The two as they are now. Whatever changes an identity moves on all its members, these two too. */
async function known({ store }: House, [a, b]: readonly [string, string]): Promise<Known> {
  const ids = [a, b].sort() as [string, string]
  const stand = await store.joins.memberships([...new Set(ids)])
  const together = await store.joins.members(ids)
  const senderOf = await store.matters.senders(ids)
  const placesOf = await store.places.ofSenders(ids)
  const side = (id: string) => ({
    id,
    mailboxIds: placesOf(id),
    members: together(id),
    measures: senderOf(id).measures,
  })
  const all = [...new Set(ids.flatMap(together))].filter((id) => !ids.includes(id))
  const others = await store.joins.memberships(all)
  return { sides: [side(ids[0]), side(ids[1])], memberships: [...stand, ...others] }
}

function begun(
  house: House,
  pair: readonly [string, string],
  decide: (sides: Sides, known: readonly JoinRecord[]) => Step | Refusal,
): Promise<Outcome> {
  return untilFresh(async () => {
    const now = await known(house, pair)
    const [first, second] = now.sides
    const records = await house.store.joins.about([first.id])
    const between = records.filter((one) => [one.first, one.second].includes(second.id))
    return saved(house, null, now, decide(now.sides, between))
  })
}

function goneOn(
  house: House,
  joinId: string,
  decide: (join: JoinRecord, sides: Sides) => Step | Refusal,
): Promise<Outcome> {
  return untilFresh(async () => {
    const named = await house.store.joins.find(joinId)
    if (!named) throw new NotFound('join', joinId)
    const now = await known(house, [named.first, named.second])
    // Read after the senders: where somebody was faster, the answer is that it is closed.
    const join = (await house.store.joins.find(joinId)) ?? named
    return saved(house, join, now, decide(join, now.sides))
  })
}

async function saved(
  house: House,
  join: JoinRecord | null,
  now: Known,
  decision: Step | Refusal,
): Promise<Outcome> {
  if (decision.kind === 'refused') return decision
  const [event] = decision.events
  if (!event || !isJoinEvent(event)) return refuse('changed_meanwhile')
  const record = { ...(join ?? unsaid(event.at)), ...applyToJoin(join, event), ...saidBy(event) }
  const members = await movedMembers(house, record, now)
  await house.store.joins.commit({ record, was: join?.state ?? null, members }, event)
  return done
}

function unsaid(proposedAt: string) {
  const nothing = { decidedAt: null, separatedBy: null, separatedAt: null }
  return { ...nothing, proposedAt, reason: '', decision: '', separation: '' }
}

function saidBy(event: Parameters<typeof applyToJoin>[1]): Partial<JoinRecord> {
  const { at, by, reason } = event
  switch (event.kind) {
    case 'join_proposed':
      return { proposedAt: at, reason }
    case 'senders_joined':
    case 'join_declined':
      return { decidedAt: at, decision: reason }
    case 'senders_separated':
      return { separatedBy: by, separatedAt: at, separation: reason }
  }
}

/** Whom each of them is one with after that. */
async function movedMembers(
  { store }: House,
  { id, first, second, state }: JoinRecord,
  { sides, memberships }: Known,
): Promise<Membership[]> {
  if (state !== 'joined' && state !== 'separated') return []
  const ids = [...new Set(sides.flatMap(({ members }) => members))]
  const records = await store.joins.about(ids)
  const others = records.filter((one) => one.state === 'joined' && one.id !== id)
  const links = others.map((one) => [one.first, one.second] as const)
  const all = state === 'joined' ? [...links, [first, second] as const] : links
  return memberships.map((one) => ({
    ...one,
    head: membersOf(one.senderId, all)[0] ?? one.senderId,
  }))
}
