import type { Person } from '../domain/person.ts'
import { clearTarget as clear, nameTarget as name } from '../domain/target.ts'
import { actOn, NotFound } from './act.ts'
import type { House, Outcome } from './house.ts'

/** Puts on record whom of the staff a thread attacks: they decide nothing in it. */
export async function nameTarget(
  house: House,
  threadId: string,
  personId: string,
  who: Person,
): Promise<Outcome> {
  if (!(await house.store.people.find(personId))) throw new NotFound('person', personId)
  return actOn(house, threadId, ({ thread }) => name(thread, personId, who, house.now()))
}

/** Takes that back, with a reason. */
export function clearTarget(
  house: House,
  threadId: string,
  personId: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  return actOn(house, threadId, ({ thread }) => clear(thread, personId, reason, who, house.now()))
}
