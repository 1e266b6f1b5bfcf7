import { dayOf } from '../domain/business-day.ts'
import { consultationTelling } from '../domain/care-told.ts'
import { deskFor } from '../domain/consultation.ts'
import { daysAfter } from '../domain/time.ts'
import type { Telling } from '../domain/told.table.ts'
import type { House } from './house.ts'

/** What was written longer ago was told of. */
const backDays = 7

/**
 * Tells the desk of new reports and words, and reporters of answers. Of an anonymous one the desk is
 * told from the next day on: a notice at once would say when it was written.
 */
export async function consultationTellings({ store, now }: House): Promise<Telling[]> {
  const written = await store.consultations.written(daysAfter(now(), -backDays))
  if (written.length === 0) return []
  const people = await store.people.list()
  return written.flatMap(({ place, author, at, consultation }) => {
    const { id, personId, assignee, state } = consultation
    const about = { id, place }
    if (author !== null) {
      return personId === null
        ? []
        : [consultationTelling('consultation_answered', [personId], about)]
    }
    if (state === 'closed' || (personId === null && dayOf(at) >= dayOf(now()))) return []
    const desk = deskFor(people, consultation).map((person) => person.id)
    const to = assignee === null ? desk : [assignee]
    return [consultationTelling('consultation_waiting', to, about)]
  })
}
