import {
  recordIncident as decideRecord,
  settleIncident as decideSettle,
  giveIncidentReview,
  type Incident,
  type IncidentKind,
  openIncident,
} from '../domain/incident.ts'
import { may, type Person } from '../domain/person.ts'
import type { Opinion, Verdict } from '../domain/review.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Caller, IncidentWords } from '../store/incident-desk.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import { NotFound } from './act.ts'
import { careAfterIncident } from './care-after.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'
import { pictureBytesMax, pictureTypeOf } from './picture.ts'

export type GivenIncident = IncidentWords & {
  /** Made with the form, so that a form sent twice is one incident. */
  readonly incidentId: string
  /** A sender that is known, or who somebody without an address is. */
  readonly sender: string | { readonly name: string; readonly label: string }
  readonly mailboxId: string
  readonly kind: IncidentKind
  readonly occurredAt: string
  readonly minutes: number | null
  readonly takenBy: string | null
  readonly picture: Buffer | null
}

export type Recorded = { readonly kind: 'recorded'; readonly incidentId: string } | Refusal

/** The hash of what people wrote of an incident. */
export function wordsHash({ account, recording, postUrl }: IncidentWords): string {
  return sha256(sealing.canonical({ account, recording, postUrl }))
}

/** Records harassment outside mail (出来事), with the recorder's own review unless it hit them. */
export async function recordIncident(
  house: House,
  given: GivenIncident,
  opinion: Opinion,
  who: Person,
): Promise<Recorded> {
  const { store, newId, now } = house
  const caller = callerOf(house, given)
  if (caller === null) return refuse('name_missing')
  const senderId = typeof caller === 'string' ? caller : caller.id
  if (typeof caller === 'string') await refuseUnseen(house, caller, who)
  if (given.takenBy !== null && !(await store.people.find(given.takenBy))) {
    return refuse('person_gone')
  }
  const picture = pictureOf(house, given.picture)
  if (picture !== null && 'reason' in picture) return picture
  const { incidentId, mailboxId, kind, occurredAt, minutes, takenBy } = given
  const { account, recording, postUrl } = given
  const words = { account, recording, postUrl }
  const contentSha256 = wordsHash(words)
  const facts = { id: incidentId, senderId, mailboxId, kind, occurredAt, minutes, takenBy }
  const pictureSha256 = picture?.sha256 ?? null
  const at = now()
  const decision = decideRecord(
    { ...facts, contentSha256, pictureSha256, account, postUrl },
    opinion,
    who,
    at,
    { review: newId(), decision: newId() },
  )
  if (decision.kind === 'refused') return decision
  const [recorded] = decision.events
  if (recorded?.kind !== 'incident_recorded') return refuse('changed_meanwhile')
  const fresh = typeof caller === 'string' ? null : caller
  const incident = openIncident(recorded)
  const row = { incident, recordedAt: at, words, picture, caller: fresh }
  const care = await careAfterIncident(house, incident, decision.events)
  const events = [...decision.events, ...care.events]
  return once(house, incidentId, who, () => store.incidentDesk.add(row, events, care.tasks))
}

/** One person's verdict on an incident; the second one, blind, decides or disputes. */
export function reviewIncident(
  house: House,
  incidentId: string,
  opinion: Opinion,
  who: Person,
): Promise<Outcome> {
  const ids = { review: house.newId(), decision: house.newId() }
  return acted(house, incidentId, (incident) =>
    giveIncidentReview(incident, opinion, who, house.now(), ids),
  )
}

/** Settles two reviews that differ. */
export function settleIncident(
  house: House,
  incidentId: string,
  verdict: Exclude<Verdict, { kind: 'unsure' }>,
  reason: string,
  who: Person,
): Promise<Outcome> {
  const ids = { review: house.newId(), decision: house.newId() }
  return acted(house, incidentId, (incident) =>
    decideSettle(incident, verdict, reason, who, house.now(), ids),
  )
}

function acted(
  house: House,
  id: string,
  decide: (incident: Incident) => Step | Refusal,
): Promise<Outcome> {
  const { store } = house
  return untilFresh(async () => {
    const loaded = await store.incidentDesk.load(id)
    if (!loaded) throw new NotFound('incident', id)
    const decision = decide(loaded.incident)
    if (decision.kind === 'refused') return decision
    const care = await careAfterIncident(house, loaded.incident, decision.events)
    const events = [...decision.events, ...care.events]
    await store.incidentDesk.commit(loaded, events, care.tasks)
    return done
  })
}

/** The known sender's id, a new one, or null where neither name nor number says who it is. */
function callerOf(house: House, { sender }: GivenIncident): string | Caller | null {
  if (typeof sender === 'string') return sender
  const { name, label } = sender
  return name === '' && label === '' ? null : { id: house.newId(), name: name || label, label }
}

/** What lies in another mailbox does not exist. */
async function refuseUnseen({ store }: House, senderId: string, who: Person): Promise<void> {
  const places = (await store.places.ofSenders([senderId]))(senderId)
  if (!places.some((place) => may(who, 'read', place))) throw new NotFound('sender', senderId)
}

function pictureOf(house: House, bytes: Buffer | null) {
  if (bytes === null || bytes.length === 0) return null
  if (bytes.length > pictureBytesMax) return refuse('picture_too_large')
  const contentType = pictureTypeOf(bytes)
  if (contentType === null) return refuse('picture_unusable')
  return { id: house.newId(), sha256: sha256(bytes), contentType, size: bytes.length, bytes }
}

/** A form that comes twice finds what the first one recorded. */
async function once(
  { store }: House,
  incidentId: string,
  who: Person,
  add: () => Promise<void>,
): Promise<Recorded> {
  try {
    await add()
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
    const there = await store.incidentDesk.load(incidentId)
    if (there?.incident.recordedBy !== who.id) return refuse('changed_meanwhile')
  }
  return { kind: 'recorded', incidentId }
}
