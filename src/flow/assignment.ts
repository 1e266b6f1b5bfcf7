import { assign, harshFrom, type Load, leastLoaded, release } from '../domain/assignment.ts'
import type { Event } from '../domain/event.ts'
import { apply, queueRankOf, rankOutside } from '../domain/matter.ts'
import { may, type Person } from '../domain/person.ts'
import { refuse } from '../domain/step.ts'
import { StaleWrite } from '../store/engine.ts'
import { actOn, NotFound } from './act.ts'
import type { Desk, Draft } from './desk.ts'
import { done, type House, type Outcome } from './house.ts'
import type { Reception } from './receive.ts'

/** Takes a thread, or hands it to a named person (担当). `from` is who had it on the page. */
export async function assignThread(
  house: House,
  threadId: string,
  given: { readonly to: string; readonly remark: string; readonly from: string | null },
  who: Person,
): Promise<Outcome> {
  const to = await house.store.people.find(given.to)
  if (!to) throw new NotFound('person', given.to)
  return actOn(house, threadId, ({ thread }) => assign(thread, { ...given, to }, who, house.now()))
}

/** Gives a thread back to everybody. */
export function releaseThread(
  house: House,
  threadId: string,
  from: string | null,
  who: Person,
): Promise<Outcome> {
  return actOn(house, threadId, ({ thread }) => release(thread, from, who, house.now()))
}

/** Switches whether new threads of a mailbox are given to people by load. */
export async function setAutomatic(
  house: House,
  mailboxId: string,
  automatic: boolean,
  who: Person,
): Promise<Outcome> {
  const { store } = house
  if (!(await store.mailboxes.byId(mailboxId))) throw new NotFound('mailbox', mailboxId)
  if (!may(who, 'manage_mailboxes', mailboxId)) return refuse('not_allowed')
  const event = {
    kind: 'assignment_set',
    at: house.now(),
    by: who.id,
    mailboxId,
    automatic,
  } as const
  return onceOnly(store.assignments.setAutomatic(event))
}

/** Says of oneself that one is absent (不在), or back. */
export async function setAbsence(house: House, absent: boolean, who: Person): Promise<Outcome> {
  const event = {
    kind: 'absence_set',
    at: house.now(),
    by: who.id,
    personId: who.id,
    absent,
  } as const
  return onceOnly(house.store.assignments.setAbsence(event))
}

/** What was so already needs no event: a form sent twice says the same. */
async function onceOnly(setting: Promise<void>): Promise<Outcome> {
  try {
    await setting
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
  }
  return done
}

/**
 * Gives threads of the delivery that nobody has to the mailbox's reviewers by their load, in the
 * same transaction as the mail. The figures of who was exposed how much stay here.
 */
export async function assignByLoad(
  house: House,
  desk: Desk,
  { mailbox, trust }: Pick<Reception, 'mailbox' | 'trust'>,
): Promise<void> {
  const { assignments, people } = house.store
  if (trust !== 'live' || !(await assignments.automatic()).has(mailbox.id)) return
  const touched = new Set(desk.placed.map(({ arrival }) => arrival.threadId))
  const waiting = [...desk.drafts.values()].filter(
    ({ matter }) =>
      touched.has(matter.thread.id) &&
      matter.thread.mailboxId === mailbox.id &&
      matter.thread.assignment === null &&
      queueRankOf(matter) < rankOutside,
  )
  if (waiting.length === 0) return
  const loads = await assignments.loads(await people.list(), desk.at)
  give(desk, waiting, new Map(loads.map((one) => [one.person.id, one])))
}

function give(desk: Desk, waiting: readonly Draft[], loads: Map<string, Load>): void {
  for (const draft of waiting) {
    const { thread } = draft.matter
    const to = leastLoaded(thread, [...loads.values()])
    const load = to && loads.get(to.id)
    if (!load) continue
    const isHarsh = (thread.assessed?.severity ?? 0) >= harshFrom
    const harsh = load.harsh + (isHarsh ? 1 : 0)
    loads.set(to.id, { ...load, open: load.open + 1, harsh })
    const event: Event = {
      kind: 'thread_assigned',
      at: desk.at,
      by: null,
      threadId: thread.id,
      to: to.id,
      how: 'load',
      remark: '',
    }
    desk.events.push(event)
    desk.drafts.set(thread.id, { ...draft, matter: apply(draft.matter, event) })
  }
}
