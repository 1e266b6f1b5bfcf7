import type { Event } from '../domain/event.ts'
import type { Matter } from '../domain/matter.ts'
import { measureEventAfter } from '../domain/measure.ts'
import { daysAfter } from '../domain/time.ts'
import type { House } from './house.ts'

/** A suspension starts when its notice was accepted, and ends as the policy file says. */
export function measureEvents(
  house: House,
  matter: Matter,
  letterId: string,
  accepted: boolean,
): Event[] {
  const letter = matter.letters.find(({ id }) => id === letterId)
  if (!letter) return []
  const at = house.now()
  const { days, reviewAfterDays } = house.policy.suspension
  const reviewAt = daysAfter(at, reviewAfterDays)
  return measureEventAfter(matter, letter, accepted, at, reviewAt, daysAfter(at, days))
}
