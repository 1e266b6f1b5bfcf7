import {
  businessDayFrom,
  businessDaysAfter,
  type Day,
  dayAfter,
  dayOf,
  hourOf,
  monthAfter,
} from './business-day.ts'
import type { CareEvent } from './care-event.ts'
import type { Severity } from './category.ts'
import { isCarer, may, type Person } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** What is done for somebody: contact, talk, two follow-ups, a stress check, and a referral. */
export const careKinds = ['contact', 'talk', 'week', 'month', 'stress_check', 'referral'] as const
export type CareKind = (typeof careKinds)[number]

/** Why: the thread attacks them, they opened what it says, it hit them elsewhere, somebody asked. */
export const careWhys = ['attacked', 'exposed', 'was_there', 'by_hand'] as const
export type CareWhy = (typeof careWhys)[number]

export const careStates = ['open', 'done', 'declined'] as const
export type CareState = (typeof careStates)[number]

/** One thing to do for one person (ケア). */
export type CareTask = {
  readonly id: string
  readonly kind: CareKind
  readonly why: CareWhy
  readonly personId: string
  /** The supervisor who sees to it; null where there was nobody. */
  readonly assignee: string | null
  readonly madeAt: Instant
  readonly dueOn: Day
  readonly state: CareState
  readonly endedAt: Instant | null
}

/** From this hour on "the same day" is the next one on which people are at work. */
const lastHour = 17

/** By when it is to be done, in days on which people in Japan are at work. */
export function careDue(kind: CareKind, at: Instant): Day {
  const today = dayOf(at)
  switch (kind) {
    case 'contact':
      return businessDayFrom(hourOf(at) < lastHour ? today : dayAfter(today, 1))
    case 'talk':
      return businessDaysAfter(today, 3)
    case 'referral':
      return businessDaysAfter(today, 5)
    case 'week':
      return businessDayFrom(dayAfter(today, 7))
    case 'stress_check':
      return businessDayFrom(dayAfter(today, 14))
    case 'month':
      return businessDayFrom(monthAfter(today))
  }
}

/** What is called for: more for who was hit than for who read it, a referral for what is grave. */
export function careFor(why: CareWhy, severity: Severity): readonly CareKind[] {
  if (why === 'exposed') return ['contact', 'week', 'month']
  const usual = ['contact', 'talk', 'week', 'stress_check', 'month'] as const
  return severity === 3 ? [...usual, 'referral'] : usual
}

/** Whom something happened to, and how. */
export type Hit = { readonly personId: string; readonly why: CareWhy }

export type CareBooks = {
  readonly people: readonly Person[]
  /** Open tasks, by the supervisor who has them. */
  readonly busy: ReadonlyMap<string, number>
  /** What a person has open already: they are not asked the same thing twice. */
  readonly open: ReadonlyMap<string, ReadonlySet<CareKind>>
}

/** The tasks that an act calls for, given to supervisors by turns. */
export function tasksFor(
  hits: readonly Hit[],
  about: { readonly severity: Severity; readonly mailboxId: string },
  books: CareBooks,
  at: Instant,
  newId: () => string,
): CareTask[] {
  const busy = new Map(books.busy)
  const hit = hits.filter(({ why }) => why !== 'exposed').map(({ personId }) => personId)
  return hits.flatMap(({ personId, why }) => {
    const person = books.people.find(({ id }) => id === personId)
    if (!person || person.disabledAt !== null) return []
    const has = books.open.get(personId)
    const kinds = careFor(why, about.severity).filter((kind) => !has?.has(kind))
    const able = books.people.filter(
      (one) => one.id !== personId && !hit.includes(one.id) && may(one, 'care', about.mailboxId),
    )
    const assignee = leastBusy(able, busy)
    if (assignee) busy.set(assignee, (busy.get(assignee) ?? 0) + kinds.length)
    return kinds.map((kind) => ({
      ...{ id: newId(), kind, why, personId, assignee },
      ...{ madeAt: at, dueOn: careDue(kind, at), state: 'open' as const, endedAt: null },
    }))
  })
}

function leastBusy(able: readonly Person[], busy: ReadonlyMap<string, number>): string | null {
  const load = ({ id }: Person) => busy.get(id) ?? 0
  const [first] = able.toSorted((a, b) => load(a) - load(b) || (a.id < b.id ? -1 : 1))
  return first?.id ?? null
}

/** That they were made; by whom where somebody asked for it by hand. */
export function madeEvents(tasks: readonly CareTask[], by: string | null) {
  return tasks.map(({ id: taskId, kind: care, assignee, dueOn, madeAt }) => {
    const made = { kind: 'care_task_made', taskId, care, assignee, dueOn } as const
    return { ...made, at: madeAt, by }
  })
}

/** Who may open a task and what was written on it: the person, and the supervisor who has it. */
export function mayOpen(task: CareTask, who: Person): boolean {
  return task.personId === who.id || (task.assignee === who.id && isCarer(who))
}

/** Says that it was done: either of the two. */
export function finishTask(task: CareTask, who: Person, at: Instant): Step | Refusal {
  return endTask(task, 'care_task_done', who, at)
}

/** Says no to it: the person alone, without a reason. */
export function declineTask(task: CareTask, who: Person, at: Instant): Step | Refusal {
  if (task.personId !== who.id) return refuse('not_allowed')
  return endTask(task, 'care_task_declined', who, at)
}

function endTask(
  task: CareTask,
  kind: 'care_task_done' | 'care_task_declined',
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!mayOpen(task, who)) return refuse('not_allowed')
  if (task.state !== 'open') return refuse('care_closed')
  return step({ kind, at, by: actorOf(task, who), taskId: task.id })
}

/** Takes a task that nobody has, or whose supervisor is none any more. */
export function takeTask(
  task: CareTask,
  holder: Person | null,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!isCarer(who) || task.personId === who.id) return refuse('not_allowed')
  if (task.state !== 'open') return refuse('care_closed')
  if (holder !== null && isCarer(holder)) return refuse('care_taken')
  return step({ kind: 'care_task_given', at, by: who.id, taskId: task.id, assignee: who.id })
}

/** Hands a task to another supervisor, who then reads what was written on it. */
export function handTask(task: CareTask, to: Person, who: Person, at: Instant): Step | Refusal {
  if (task.assignee !== who.id || !isCarer(who)) return refuse('not_allowed')
  if (task.state !== 'open') return refuse('care_closed')
  if (!isCarer(to) || to.id === task.personId || to.id === who.id) {
    return refuse('care_cannot_have')
  }
  return step({ kind: 'care_task_given', at, by: who.id, taskId: task.id, assignee: to.id })
}

/** Writes something down that only the two can read. */
export function noteTask(task: CareTask, noteId: string, who: Person, at: Instant): Step | Refusal {
  if (!mayOpen(task, who)) return refuse('not_allowed')
  const by = actorOf(task, who)
  return step({ kind: 'care_note_written', at, by, taskId: task.id, noteId })
}

/** The task after an event about it. */
export function applyToTask(task: CareTask, event: CareEvent & { readonly at: Instant }): CareTask {
  switch (event.kind) {
    case 'care_task_given':
      return { ...task, assignee: event.assignee }
    case 'care_task_done':
      return { ...task, state: 'done', endedAt: event.at }
    case 'care_task_declined':
      return { ...task, state: 'declined', endedAt: event.at }
    default:
      return task
  }
}

/** The log never names whom a task is for, also where they act themselves. */
function actorOf(task: CareTask, who: Person): string | null {
  return task.personId === who.id ? null : who.id
}
