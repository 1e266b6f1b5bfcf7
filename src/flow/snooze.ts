import type { Person } from '../domain/person.ts'
import { snooze, wake } from '../domain/snooze.ts'
import type { Instant } from '../domain/time.ts'
import { actOn } from './act.ts'
import type { House, Outcome } from './house.ts'

/** Takes a thread out of the queue until an instant (あとで): it comes back by itself. */
export function snoozeThread(
  house: House,
  threadId: string,
  until: Instant,
  who: Person,
): Promise<Outcome> {
  return actOn(house, threadId, (matter) => snooze(matter, until, who, house.now()))
}

/** Brings it back now. */
export function wakeThread(house: House, threadId: string, who: Person): Promise<Outcome> {
  return actOn(house, threadId, (matter) => wake(matter, who, house.now()))
}
