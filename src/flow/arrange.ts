import { type Held, join, split, undo } from '../domain/arrange.ts'
import type { ArrangeEvent } from '../domain/arrange-event.ts'
import type { Event } from '../domain/event.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import type { PlacedMail } from '../store/arrange.ts'
import type { Loaded } from '../store/matters.ts'
import { NotFound } from './act.ts'
import { type House, untilFresh } from './house.ts'
import { judged, type Placed } from './rejudge.ts'

/** Mails were moved; `threadId` is where they are now. */
export type Arranged = { readonly kind: 'arranged'; readonly threadId: string }

/** Splits mails off into a thread of their own (メールを分ける). */
export function splitThread(
  house: House,
  threadId: string,
  given: { readonly revision: number; readonly messageIds: readonly string[] },
  who: Person,
): Promise<Arranged | Refusal> {
  const ids = { move: house.newId(), thread: house.newId() }
  return untilFresh(async () => {
    const from = await placed(house, threadId)
    const decision = split(heldBy(from), given, ids, who, house.now())
    return arranged(house, decision, from, { loaded: null, mails: [] })
  })
}

/** Joins a thread into another one of the same sender (スレッドをまとめる). */
export function joinThread(
  house: House,
  threadId: string,
  given: { readonly revision: number; readonly into: string; readonly intoRevision: number },
  who: Person,
): Promise<Arranged | Refusal> {
  const moveId = house.newId()
  return untilFresh(async () => {
    const from = await placed(house, threadId)
    const into = await placed(house, given.into)
    const decision = join(heldBy(from), heldBy(into), given, moveId, who, house.now())
    return arranged(house, decision, from, into)
  })
}

/** Takes a split or a join back. */
export function undoMove(
  house: House,
  threadId: string,
  undone: string,
  who: Person,
): Promise<Arranged | Refusal> {
  const moveId = house.newId()
  return untilFresh(async () => {
    const moves = await house.store.arranging.moves(threadId)
    const move = moves.find(({ event }) => event.moveId === undone)?.event
    if (!move) throw new NotFound('move', undone)
    if (moves.some(({ event }) => event.undoes === undone)) return refuse('nothing_to_undo')
    const [source, target] = endsOf(move)
    const [from, to] = [await placed(house, target), await placed(house, source)]
    const decision = undo(move, heldBy(from), heldBy(to), moveId, who, house.now())
    return arranged(house, decision, from, to)
  })
}

/** What a split or a join would do: the mails that would move, and those that would stay. */
export type Planned = {
  readonly kind: 'planned'
  readonly moving: readonly PlacedMail[]
  readonly staying: readonly PlacedMail[]
}

/** What a split would do, or why it will be refused; nothing is changed. */
export async function planSplit(
  house: House,
  threadId: string,
  given: { readonly revision: number; readonly messageIds: readonly string[] },
  who: Person,
): Promise<Planned | Refusal> {
  const from = await placed(house, threadId)
  const ids = { move: '', thread: '' }
  return planned(split(heldBy(from), given, ids, who, house.now()), from)
}

/** What a join would do, or why it will be refused; nothing is changed. */
export async function planJoin(
  house: House,
  threadId: string,
  given: { readonly revision: number; readonly into: string; readonly intoRevision: number },
  who: Person,
): Promise<Planned | Refusal> {
  const from = await placed(house, threadId)
  const into = await placed(house, given.into)
  return planned(join(heldBy(from), heldBy(into), given, '', who, house.now()), from)
}

function planned(decision: Step | Refusal, { mails }: Placed): Planned | Refusal {
  if (decision.kind === 'refused') return decision
  const [out] = decision.events as readonly [ArrangeEvent & Event]
  const goes = new Set(out.messageIds)
  const moving = mails.filter(({ id }) => goes.has(id))
  return { kind: 'planned', moving, staying: mails.filter(({ id }) => !goes.has(id)) }
}

/** Where the mails of a move came from, and where they went. */
export function endsOf({ kind, threadId, other }: ArrangeEvent): readonly [string, string] {
  return kind === 'mails_moved_out' ? [threadId, other] : [other, threadId]
}

async function placed({ store }: House, threadId: string): Promise<Placed & { loaded: Loaded }> {
  const loaded = await store.matters.find(threadId)
  if (!loaded) throw new NotFound('thread', threadId)
  return { loaded, mails: await store.arranging.mails(loaded.matter) }
}

function heldBy({ loaded, mails }: Placed & { readonly loaded: Loaded }): Held {
  return { matter: loaded.matter, mails }
}

async function arranged(
  house: House,
  decision: Step | Refusal,
  from: Placed,
  to: Placed,
): Promise<Arranged | Refusal> {
  if (decision.kind === 'refused') return decision
  const [out, into] = decision.events as readonly [ArrangeEvent & Event, ArrangeEvent & Event]
  const { messageIds } = out
  const goes = new Set(messageIds)
  const moving = from.mails.filter(({ id }) => goes.has(id))
  const left = from.mails.filter(({ id }) => !goes.has(id))
  const together = [...to.mails, ...moving].toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1))
  const source = await judged(house, from, out, left)
  const target = await judged(house, to, into, together)
  const events = [out, into, ...source.events, ...target.events]
  const both = { from: source.thread, to: target.thread }
  await house.store.arranging.store({ messageIds, events, ...both })
  return { kind: 'arranged', threadId: into.threadId }
}
