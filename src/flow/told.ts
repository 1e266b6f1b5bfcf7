import { setImmediate as turn } from 'node:timers/promises'
import type { Event } from '../domain/event.ts'
import { isJoinEvent } from '../domain/sender-join.ts'
import { daysAfter, hoursAfter, type Instant } from '../domain/time.ts'
import { reviewDue, type Telling, type ThreadFacts } from '../domain/told.table.ts'
import { isToldOf, nowhere, secondReviewLate, tellingOf } from '../domain/told.ts'
import type { Assessed, ToldDesk } from '../store/told.ts'
import { careTellings } from './care-told.ts'
import { consultationTellings } from './consultation-told.ts'
import type { House } from './house.ts'
import { rowsFor } from './told-rows.ts'

/** Events told of at a time. */
const stretchLength = 200

/** So many days before a suspension's review date supervisors are told. */
const reviewAheadDays = 7

/** What happened earlier before the first run is told to nobody. */
const beginDays = 1

/** So long notices and deliveries are kept. */
const keptDays = 90

/**
 * Reads the log on and tells people of what concerns them. What is told and how far the log was
 * read are one commit: a crash at any moment neither loses a notice nor makes it twice. Returns how
 * many notices and deliveries came of it.
 */
export async function tell(house: House, signal?: AbortSignal): Promise<number> {
  let from = await deskOf(house)
  let read = from.seq
  let count = 0
  while (!signal?.aborted) {
    const { events, seq } = await house.store.told.stretch(read, stretchLength)
    if (seq === read) break
    read = seq
    const tellings = (await tellingsOf(house, events)).filter((one) => one !== null)
    // Of a long stretch that concerns nobody nothing is written down on the way.
    if (tellings.length === 0) {
      await turn()
      continue
    }
    count += await put(house, from, { ...from, seq }, tellings)
    from = { ...from, seq }
  }
  if (read !== from.seq) await put(house, from, { ...from, seq: read }, [])
  return count
}

/**
 * Tells of what no event says, as nothing happened: a second review that nobody gave, a review date
 * that comes near. Returns how many notices and deliveries came of it.
 */
export async function tellOfDates(house: House): Promise<number> {
  const { store, now, secondReviewHours } = house
  const from = await deskOf(house)
  const lateTo = later(from.lateTo, hoursAfter(now(), -secondReviewHours))
  const late = await store.told.late(from.lateTo, lateTo)
  const due = await store.told.reviewsDue(daysAfter(now(), reviewAheadDays))
  const facts = await store.told.facts([...late, ...due].map(({ threadId }) => threadId))
  const tellings = [
    ...late.map(({ threadId, revision }) => {
      const known = facts.get(threadId)
      return known ? secondReviewLate(threadId, revision, known) : null
    }),
    ...due.map((measure) => {
      const known = facts.get(measure.threadId)
      return known ? reviewDue(measure, known) : null
    }),
  ]
  const care = [...(await careTellings(house)), ...(await consultationTellings(house))]
  return put(house, from, { ...from, lateTo }, [...tellings, ...care])
}

/** Forgets what is old. */
export async function forgetTold({ store, now }: House): Promise<void> {
  await store.notifications.forget(daysAfter(now(), -keptDays))
  await store.webhookDeliveries.forget(daysAfter(now(), -keptDays))
}

/** Where the log was read to; the first time, from a day ago on. */
async function deskOf(house: House): Promise<ToldDesk> {
  const { store, now, secondReviewHours } = house
  const desk = await store.told.desk()
  if (desk) return desk
  await store.told.begin(daysAfter(now(), -beginDays), hoursAfter(now(), -secondReviewHours))
  return deskOf(house)
}

async function tellingsOf(
  { store }: House,
  events: readonly { readonly seq: number; readonly event: Event }[],
): Promise<(Telling | null)[]> {
  const told = events.filter(({ event }) => isToldOf(event))
  const factsOf = await knownOf(
    store,
    told.map(({ event }) => event),
  )
  const alerts = told.flatMap(({ event }) => (event.kind === 'alert_raised' ? [event] : []))
  const assessed =
    alerts.length === 0
      ? new Map<string, Assessed>()
      : await store.told.assessed(alerts.map(({ messageId }) => messageId))
  return told.map(({ seq, event }) => {
    const known = factsOf(event)
    return tellingOf(seq, event, known && withOwnWords(known, event, assessed))
  })
}

/** What has to be known of each event: of its thread, its incident, or the two senders it names. */
async function knownOf(
  store: House['store'],
  events: readonly Event[],
): Promise<(event: Event) => ThreadFacts | null> {
  const threads = await store.told.facts([...new Set(events.flatMap(threadOf))])
  const incidents = await store.told.incidentFacts(
    events.flatMap((event) => ('incidentId' in event ? [event.incidentId] : [])),
  )
  const joins = events.filter(isJoinEvent)
  const placesOf = await store.places.ofSenders(
    joins.flatMap(({ senderId, otherId }) => [senderId, otherId]),
  )
  return (event) => {
    if ('incidentId' in event) return incidents.get(event.incidentId) ?? null
    if (isJoinEvent(event)) {
      return { ...nowhere, sides: [placesOf(event.senderId), placesOf(event.otherId)] }
    }
    return threadOf(event).flatMap((id) => threads.get(id) ?? [])[0] ?? null
  }
}

/** An alert speaks of its own mail, which is muted and says nothing of the thread. */
function withOwnWords(
  facts: ThreadFacts,
  event: Event,
  assessed: ReadonlyMap<string, Assessed>,
): ThreadFacts {
  if (event.kind !== 'alert_raised') return facts
  return { ...facts, ...assessed.get(event.messageId) }
}

function threadOf(event: Event): string[] {
  return 'threadId' in event ? [event.threadId] : []
}

async function put(
  house: House,
  from: ToldDesk,
  to: ToldDesk,
  tellings: readonly (Telling | null)[],
): Promise<number> {
  const all = tellings.filter((one) => one !== null)
  const rows = await rowsFor(house, all)
  const count = rows.notifications.length + rows.deliveries.length
  if (count > 0 || from.seq !== to.seq || from.lateTo !== to.lateTo) {
    await house.store.told.tell(from, to, rows)
  }
  return count
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}
