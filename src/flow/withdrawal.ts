import type { Person } from '../domain/person.ts'
import { withdrawReview as withdraw } from '../domain/withdrawal.ts'
import { actOn } from './act.ts'
import type { House, Outcome } from './house.ts'

/** Takes one's own first review back, as long as nobody has given the second one. */
export function withdrawReview(house: House, threadId: string, who: Person): Promise<Outcome> {
  return actOn(house, threadId, (matter) => withdraw(matter, who, house.now()))
}
