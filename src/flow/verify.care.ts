import type { Event } from '../domain/event.ts'
import type { Store } from '../store/store.ts'

type Said = { readonly care: string; readonly assignee: string | null; readonly state: string }
export type CareSaid = Map<string, Said & { readonly dueOn: string }>

/** Keeps what an event says of a care task. */
export function noteCare(said: CareSaid, event: Event): void {
  if (event.kind === 'care_task_made') {
    const { taskId, care, assignee, dueOn } = event
    said.set(taskId, { care, assignee, dueOn, state: 'open' })
    return
  }
  if (!('taskId' in event)) return
  const task = said.get(event.taskId)
  if (!task) return
  if (event.kind === 'care_task_given') {
    said.set(event.taskId, { ...task, assignee: event.assignee })
  }
  if (event.kind === 'care_task_done') said.set(event.taskId, { ...task, state: 'done' })
  if (event.kind === 'care_task_declined') said.set(event.taskId, { ...task, state: 'declined' })
}

/** Tasks may not begin, change hands or end but by an event. */
export async function flawsOfCare(store: Store, said: CareSaid): Promise<string[]> {
  const flaws: string[] = []
  const left = new Map(said)
  for (let last = ''; ; ) {
    const page = await store.careTasks.after(last, 200)
    for (const { id, kind: care, assignee, state, dueOn } of page) {
      const task = left.get(id)
      left.delete(id)
      const same =
        task?.care === care &&
        task.assignee === assignee &&
        task.state === state &&
        task.dueOn === dueOn
      if (!same) flaws.push(`care task ${id} is not as the events say`)
    }
    const end = page.at(-1)
    if (!end) break
    last = end.id
  }
  return [...flaws, ...[...left.keys()].map((id) => `care task ${id} is gone`)]
}
