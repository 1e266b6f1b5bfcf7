import { assign, harshFrom, type Load, leastLoaded, release } from '../domain/assignment.ts'
import type { Event } from '../domain/event.ts'
import { apply, queueRankOf, rankOutside } from '../domain/matter.ts'
import { may, type Person } from '../domain/person.ts'
import { refuse, step } from '../domain/step.ts'
import { whyNotHandle } from '../domain/target.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Passed } from '../store/passes.ts'
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

/**
 * Hands a thread back with "not this one", without a reason. The log and the thread show what every
 * handing back shows; that it was this one is kept apart, for the person and for care alone. Where
 * the mailbox gives threads out by load, the next person has it at once.
 */
export async function passOn(house: House, threadId: string, who: Person): Promise<Outcome> {
  const { store } = house
  const loaded = await store.matters.find(threadId)
  if (!loaded) throw new NotFound('thread', threadId)
  const barred = whyNotHandle(who, 'assign', loaded.matter.thread)
  if (barred) return barred
  await store.passes.add({ id: house.newId(), personId: who.id, threadId, at: house.now() })
  const loads = await store.assignments.loads(
    await store.people.list(),
    house.now(),
    house.policy.care.halfLifeDays,
  )
  const passed = (await store.passes.of([threadId])).get(threadId)
  const automatic = await store.assignments.automatic()
  return actOn(house, threadId, (matter) => {
    const { thread } = matter
    if (thread.assignment?.to !== who.id) return step()
    const given = release(thread, who.id, who, house.now())
    const inQueue = automatic.has(thread.mailboxId) && queueRankOf(matter) < rankOutside
    const to = inQueue ? leastLoaded(thread, loads, passed) : null
    if (given.kind === 'refused' || to === null) return given
    return step(...given.events, givenByLoad(threadId, to, house.now()))
  })
}

function givenByLoad(threadId: string, to: Person, at: string): Event {
  return { kind: 'thread_assigned', at, by: null, threadId, to: to.id, how: 'load', remark: '' }
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
  const { halfLifeDays } = house.policy.care
  const loads = await assignments.loads(await people.list(), desk.at, halfLifeDays)
  const passed = await house.store.passes.of(waiting.map(({ matter }) => matter.thread.id))
  give(desk, waiting, new Map(loads.map((one) => [one.person.id, one])), passed)
}

function give(
  desk: Desk,
  waiting: readonly Draft[],
  loads: Map<string, Load>,
  passed: Passed,
): void {
  for (const draft of waiting) {
    const { thread } = draft.matter
    const to = leastLoaded(thread, [...loads.values()], passed.get(thread.id))
    const load = to && loads.get(to.id)
    if (!load) continue
    const isHarsh = (thread.assessed?.severity ?? 0) >= harshFrom
    const harsh = load.harsh + (isHarsh ? 1 : 0)
    loads.set(to.id, { ...load, open: load.open + 1, harsh, lastHarsh: isHarsh })
    const event = givenByLoad(thread.id, to, desk.at)
    desk.events.push(event)
    desk.drafts.set(thread.id, { ...draft, matter: apply(draft.matter, event) })
  }
}
