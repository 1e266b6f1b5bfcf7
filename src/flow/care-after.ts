import { type CareTask, type Hit, madeEvents, tasksFor } from '../domain/care.ts'
import type { Severity } from '../domain/category.ts'
import type { Decision } from '../domain/decision.ts'
import type { Event } from '../domain/event.ts'
import type { Incident } from '../domain/incident.ts'
import type { Thread } from '../domain/thread.ts'
import type { House } from './house.ts'

/** Care tasks that an act calls for, and the events that go with them into the act's commit. */
export type CareAfter = { readonly tasks: readonly CareTask[]; readonly events: readonly Event[] }

const nothing: CareAfter = { tasks: [], events: [] }

/** After a decision that it was harassment: for who is attacked, and who opened what it says. */
export async function careAfterThread(
  house: House,
  { id, mailboxId, targets }: Thread,
  events: readonly Event[],
): Promise<CareAfter> {
  const decided = events.find((event) => event.kind === 'decision_made')
  if (!decided || !isHarassment(decided.decision)) return nothing
  const exposed = await house.store.careTasks.exposedTo(id)
  const hits: Hit[] = [
    ...targets.map((personId) => ({ personId, why: 'attacked' as const })),
    ...exposed
      .filter((personId) => !targets.includes(personId))
      .map((personId) => ({ personId, why: 'exposed' as const })),
  ]
  return careFor(house, hits, { mailboxId, severity: decided.decision.severity })
}

/** After an incident by hand: for who took it, at once, and again where it is found to be grave. */
export async function careAfterIncident(
  house: House,
  { takenBy, mailboxId }: Pick<Incident, 'takenBy' | 'mailboxId'>,
  events: readonly Event[],
): Promise<CareAfter> {
  const decided = events.find((event) => event.kind === 'incident_decided')
  const affirmed = decided !== undefined && isHarassment(decided.decision)
  const recorded = events.some(({ kind }) => kind === 'incident_recorded')
  if (takenBy === null || !(affirmed || recorded)) return nothing
  const severity = affirmed ? decided.decision.severity : 0
  return careFor(house, [{ personId: takenBy, why: 'was_there' }], { mailboxId, severity })
}

function isHarassment({ outcome }: Decision): boolean {
  return outcome === 'harassment'
}

async function careFor(
  { store, now, newId }: House,
  hits: readonly Hit[],
  about: { readonly severity: Severity; readonly mailboxId: string },
): Promise<CareAfter> {
  if (hits.length === 0) return nothing
  const books = {
    people: await store.people.list(),
    busy: await store.careTasks.busy(),
    open: await store.careTasks.openKinds(hits.map(({ personId }) => personId)),
  }
  const tasks = tasksFor(hits, about, books, now(), newId)
  return { tasks, events: madeEvents(tasks, null) }
}
