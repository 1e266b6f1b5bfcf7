import type { Person } from '../../src/domain/person.ts'
import type { House, Outcome } from '../../src/flow/house.ts'
import { leavingMail } from '../../src/flow/outgoing.ts'
import { approve } from '../../src/flow/review.ts'

/** Approves a letter as its page shows it at this moment. */
export async function approveShown(house: House, letterId: string, who: Person): Promise<Outcome> {
  const letter = await house.store.letters.find(letterId)
  if (!letter) throw new Error(`there is no letter ${letterId}`)
  const mail = await leavingMail(house, letter, house.now())
  if (!mail) throw new Error(`letter ${letterId} cannot be sent`)
  return approve(house, letterId, mail, who)
}
