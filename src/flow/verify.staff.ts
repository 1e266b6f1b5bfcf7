import type { Event } from '../domain/event.ts'
import { applyToRights } from '../domain/staff.ts'
import { sealing } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'

export type Held = ReturnType<typeof applyToRights>

/** Keeps what an event says of what somebody may do. */
export function noteRights(rights: Map<string, Held>, event: Event): void {
  if (!('personId' in event)) return
  rights.set(event.personId, applyToRights(rights.get(event.personId) ?? null, event))
}

/** Nobody may do more, or is somebody, but by an event. */
export async function flawsOfStaff(
  store: Store,
  rights: ReadonlyMap<string, Held>,
): Promise<string[]> {
  const people = await store.people.list()
  return people.flatMap(({ id, roles, within, disabledAt }) => {
    const stored: Held = { roles, within, disabled: disabledAt !== null }
    const said = rights.get(id) ?? null
    if (said === null) return [`person ${id} is in no event`]
    const same = sealing.canonical(said) === sealing.canonical(stored)
    return same ? [] : [`what person ${id} may do is not as the events say`]
  })
}
