import { liftHold, placeHold } from '../domain/hold.ts'
import type { Person } from '../domain/person.ts'
import type { HeldThing } from '../domain/retention-event.ts'
import { refuse } from '../domain/step.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'

/** Holds a thread or a sender: nothing of it is erased, nothing said of it lapses. */
export async function hold(
  house: House,
  what: HeldThing,
  thingId: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  const { holds } = house.store
  const mailboxIds = await placesOf(house, what, thingId)
  if (mailboxIds.length === 0) throw new NotFound(what, thingId)
  const id = house.newId()
  return untilFresh(async () => {
    const open = await holds.openOn(what, thingId)
    const at = house.now()
    const decision = placeHold({ id, what, thingId, reason }, { open, mailboxIds }, who, at)
    if (decision.kind === 'refused') return decision
    const placed = { placedBy: who.id, placedAt: at, liftedBy: null, liftedAt: null }
    await holds.place({ id, what, thingId, reason, ...placed, liftReason: '' }, decision.events)
    return done
  })
}

/** Lifts the hold on that thread or sender, which another supervisor placed. */
export function lift(
  house: House,
  what: HeldThing,
  thingId: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  const { holds } = house.store
  return untilFresh(async () => {
    const mailboxIds = await placesOf(house, what, thingId)
    const held = await holds.openOn(what, thingId)
    if (!held) return refuse('hold_lifted')
    const at = house.now()
    const decision = liftHold(held, mailboxIds, reason, who, at)
    if (decision.kind === 'refused') return decision
    const lifted = { ...held, liftedBy: who.id, liftedAt: at, liftReason: reason }
    await holds.lift(lifted, decision.events)
    return done
  })
}

/** The mailboxes that the thread or the sender has to do with. */
async function placesOf(house: House, what: HeldThing, id: string): Promise<readonly string[]> {
  if (what === 'sender') return placesOfSender(house, id)
  const loaded = await house.store.matters.find(id)
  return loaded ? [loaded.matter.thread.mailboxId] : []
}

/** The mailboxes that the sender, or anybody who is one with them, has to do with. */
export async function placesOfSender(
  { store }: House,
  senderId: string,
): Promise<readonly string[]> {
  const members = (await store.joins.members([senderId]))(senderId)
  const placesOfEach = await store.places.ofSenders(members)
  return [...new Set(members.flatMap(placesOfEach))]
}
