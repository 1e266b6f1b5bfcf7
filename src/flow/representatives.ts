import { canonicalAddress } from '../domain/address.ts'
import { may, type Person } from '../domain/person.ts'
import { refuse } from '../domain/step.ts'
import { StaleWrite } from '../store/engine.ts'
import { sha256 } from '../store/sealing.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome } from './house.ts'

/**
 * Says that an address is a lawyer's or another representative's (代理人): from now on no
 * suspension mutes its mail, whoever it is kept with.
 */
export async function markRepresentative(
  house: House,
  senderId: string,
  given: { readonly address: string; readonly reason: string },
  who: Person,
): Promise<Outcome> {
  const { store, now } = house
  if (!may(who, 'mark_representative')) return refuse('not_allowed')
  if (given.reason.trim() === '') return refuse('reason_missing')
  const address = canonicalAddress(given.address)
  const sender = await store.senders.find(senderId)
  if (!sender) throw new NotFound('sender', senderId)
  if (!sender.addresses.includes(address)) return refuse('address_wrong')
  const [at, { reason }] = [now(), given]
  const event = { at, by: who.id, senderId, addressSha256: sha256(address), reason } as const
  try {
    await store.representatives.mark(
      { address, senderId, reason, markedBy: who.id, markedAt: at },
      { ...event, kind: 'representative_marked' },
    )
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('representative_there')
    throw error
  }
  return done
}

/** Takes that back, with a reason. */
export async function unmarkRepresentative(
  house: House,
  senderId: string,
  given: { readonly address: string; readonly reason: string },
  who: Person,
): Promise<Outcome> {
  const { store, now } = house
  if (!may(who, 'mark_representative')) return refuse('not_allowed')
  if (given.reason.trim() === '') return refuse('reason_missing')
  const address = canonicalAddress(given.address)
  const marked = await store.representatives.of(senderId)
  if (!marked.some((one) => one.address === address)) return refuse('changed_meanwhile')
  const { reason } = given
  const event = { at: now(), by: who.id, senderId, addressSha256: sha256(address), reason } as const
  try {
    await store.representatives.unmark(address, { ...event, kind: 'representative_unmarked' })
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('changed_meanwhile')
    throw error
  }
  return done
}
