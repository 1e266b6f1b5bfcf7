import {
  type CareKind,
  type CareTask,
  careDue,
  declineTask,
  finishTask,
  handTask,
  madeEvents,
  mayOpen,
  noteTask,
  takeTask,
} from '../domain/care.ts'
import type { CareEvent } from '../domain/care-event.ts'
import type { Event } from '../domain/event.ts'
import { isCarer, type Person } from '../domain/person.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import type { Instant } from '../domain/time.ts'
import { StaleWrite } from '../store/engine.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'

/** What the two of them wrote, as they read it. */
export type ReadNote = { readonly author: string; readonly words: string; readonly at: Instant }

export type OpenedTask = { readonly task: CareTask; readonly notes: readonly ReadNote[] }

/**
 * A task with its words, for the person and the supervisor who has it. For everybody else it does
 * not exist, and no word is unsealed.
 */
export async function openTask(
  { store, vault }: House,
  id: string,
  who: Person,
): Promise<OpenedTask | null> {
  const task = await store.careTasks.find(id)
  if (!task || !mayOpen(task, who)) return null
  const notes = await store.careTasks.notesOf(id)
  return {
    task,
    notes: notes.map(({ id: noteId, author, words, at }) => ({
      author,
      at,
      words: vault.open(words, purposeOf(noteId)),
    })),
  }
}

/** Says that a task was done, or, the person alone, no to it. */
export function endCareTask(
  house: House,
  id: string,
  how: 'done' | 'declined',
  who: Person,
): Promise<Outcome> {
  const end = how === 'done' ? finishTask : declineTask
  return actOnTask(house, id, who, (task) => end(task, who, house.now()))
}

/** Takes a task that nobody has. */
export async function takeCareTask(house: House, id: string, who: Person): Promise<Outcome> {
  const people = await house.store.people.list()
  return acted(house, id, (task) => {
    const holder = people.find((one) => one.id === task.assignee) ?? null
    return takeTask(task, holder, who, house.now())
  })
}

/** Hands a task to another supervisor. */
export async function handCareTask(
  house: House,
  id: string,
  to: string,
  who: Person,
): Promise<Outcome> {
  const person = await house.store.people.find(to)
  if (!person) return refuse('person_gone')
  return actOnTask(house, id, who, (task) => handTask(task, person, who, house.now()))
}

/** Writes a confidential note; where nothing can be sealed, nothing is kept. */
export async function noteOnTask(
  house: House,
  id: string,
  words: string,
  who: Person,
): Promise<Outcome> {
  if (words === '') return refuse('text_missing')
  if (house.vault.trouble !== null) return refuse('no_encryption_key')
  const noteId = house.newId()
  const at = house.now()
  const sealed = house.vault.seal(words, purposeOf(noteId))
  const note = { id: noteId, taskId: id, author: who.id, words: sealed, at }
  return actOnTask(house, id, who, (task) => noteTask(task, noteId, who, at), note)
}

/** A supervisor sees to something for somebody in their care that no act has called for. */
export async function makeCareTask(
  house: House,
  { personId, kind }: { readonly personId: string; readonly kind: CareKind },
  who: Person,
): Promise<Outcome> {
  const person = await house.store.people.find(personId)
  if (!person || person.disabledAt !== null) return refuse('person_gone')
  if (!isCarer(who) || person.id === who.id) return refuse('not_allowed')
  const at = house.now()
  const task: CareTask = {
    ...{ id: house.newId(), kind, why: 'by_hand', personId, assignee: who.id },
    ...{ madeAt: at, dueOn: careDue(kind, at), state: 'open', endedAt: null },
  }
  try {
    await house.store.careTasks.make([task], madeEvents([task], who.id))
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
    return refuse('care_there')
  }
  return done
}

/** Seals every note with the key that is used now. Returns how many. */
export async function resealCare({ store, vault }: House): Promise<number> {
  let count = 0
  for (let last = ''; ; ) {
    const notes = await store.careTasks.notesAfter(last, 200)
    for (const note of notes.filter(({ words }) => !vault.isCurrent(words))) {
      const purpose = purposeOf(note.id)
      await store.careTasks.reseal(note, vault.seal(vault.open(note.words, purpose), purpose))
      count += 1
    }
    const end = notes.at(-1)
    if (!end) return count
    last = end.id
  }
}

type Decide = (task: CareTask) => Step | Refusal
type Note = Parameters<House['store']['careTasks']['commit']>[2]

/** The same for who may open it; to others it does not exist. */
function actOnTask(
  house: House,
  id: string,
  who: Person,
  decide: Decide,
  note?: Note,
): Promise<Outcome> {
  return acted(
    house,
    id,
    (task) => {
      if (!mayOpen(task, who)) throw new NotFound('task', id)
      return decide(task)
    },
    note,
  )
}

function acted({ store }: House, id: string, decide: Decide, note?: Note): Promise<Outcome> {
  return untilFresh(async () => {
    const task = await store.careTasks.find(id)
    if (!task) throw new NotFound('task', id)
    const decision = decide(task)
    if (decision.kind === 'refused') return decision
    await store.careTasks.commit(task, decision.events.filter(isCareEvent), note)
    return done
  })
}

function isCareEvent(event: Event): event is CareEvent & Event {
  return 'taskId' in event
}

function purposeOf(noteId: string): string {
  return `care-note:${noteId}`
}
