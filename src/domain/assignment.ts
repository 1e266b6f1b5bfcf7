import { inMailbox, may, type Person } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { whyNotHandle } from './target.ts'
import type { Thread } from './thread.ts'
import type { Instant } from './time.ts'

export type Assigning = {
  readonly to: Person
  readonly remark: string
  /** Who had the thread on the page that the act was made on; null for nobody. */
  readonly from: string | null
}

/** The longest remark to a colleague, in UTF-16 units. */
export const remarkLengthMax = 500

/** Takes a thread, or hands it to somebody who may review it and is not attacked in it. */
export function assign(
  thread: Thread,
  { to, remark, from }: Assigning,
  who: Person,
  at: Instant,
): Step | Refusal {
  const refusal = whyNotAssign(thread, from, who)
  if (refusal) return refusal
  if (!mayHave(thread, to)) return refuse('cannot_be_assigned')
  if (thread.assignment?.to === to.id) return step()
  const how = to.id === who.id ? 'taken' : 'handed'
  const threadId = thread.id
  return step({ kind: 'thread_assigned', at, by: who.id, threadId, to: to.id, how, remark })
}

/** Gives a thread back to everybody. */
export function release(
  thread: Thread,
  from: string | null,
  who: Person,
  at: Instant,
): Step | Refusal {
  const refusal = whyNotAssign(thread, from, who)
  if (refusal) return refusal
  if (thread.assignment === null) return step()
  return step({ kind: 'thread_released', at, by: who.id, threadId: thread.id })
}

/** Whether a thread can be somebody's: they may review it, and it does not attack them. */
export function mayHave(thread: Pick<Thread, 'mailboxId' | 'targets'>, person: Person): boolean {
  return may(person, 'review', thread.mailboxId) && !thread.targets.includes(person.id)
}

/** What somebody has on their hands. */
export type Load = {
  readonly person: Person
  readonly absent: boolean
  /** Threads of theirs that have a place in the queue. */
  readonly open: number
  /** Those of them that are harsh. */
  readonly harsh: number
  /** Whether what they were given last was harsh, done since or not. */
  readonly lastHarsh: boolean
  /** What they opened, as it weighs on them now (`burdenOf`). */
  readonly burden: number
}

/** From this severity on a thread is harsh. */
export const harshFrom = 2

/** How many open threads one unit of burden counts as, where the new thread is harsh itself. */
const harshWeight = 3

/**
 * To whom a new thread goes: of the mailbox's reviewers the one with the least on their hands,
 * exposure counted in, and the more so the harsher the thread (design section 3 step 12). Nobody
 * gets two harsh ones in a row, or a second one, while somebody else is free of them; nobody gets
 * what they passed on.
 */
export function leastLoaded(
  thread: Thread,
  loads: readonly Load[],
  passed: ReadonlySet<string> = new Set(),
): Person | null {
  const isHarsh = (thread.assessed?.severity ?? 0) >= harshFrom
  const sum = ({ open, burden }: Load) => open + (isHarsh ? harshWeight : 1) * burden
  const able = loads.filter(
    ({ person, absent }) => !absent && !passed.has(person.id) && isReviewer(thread, person),
  )
  const [first] = (isHarsh ? mostSpared(able) : able).toSorted(
    (a, b) => sum(a) - sum(b) || (a.person.id < b.person.id ? -1 : 1),
  )
  return first?.person ?? null
}

/** Those to whom a harsh thread may go first: the last one was none, and they have none open. */
function mostSpared(able: readonly Load[]): readonly Load[] {
  const rested = able.filter(({ lastHarsh }) => !lastHarsh)
  const from = rested.length > 0 ? rested : able
  const free = from.filter(({ harsh }) => harsh === 0)
  return free.length > 0 ? free : from
}

function isReviewer(thread: Thread, person: Person): boolean {
  const { roles } = inMailbox(person, thread.mailboxId)
  return roles.includes('reviewer') && mayHave(thread, person)
}

function whyNotAssign(thread: Thread, from: string | null, who: Person): Refusal | null {
  const barred = whyNotHandle(who, 'assign', thread)
  if (barred) return barred
  if (thread.joinedInto !== null) return refuse('joined_away')
  return (thread.assignment?.to ?? null) === from ? null : refuse('assigned_meanwhile')
}
