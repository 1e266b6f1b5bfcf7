import type { Event } from '../domain/event.ts'
import {
  applyToIncident,
  type Incident,
  isIncidentEvent,
  openIncident,
} from '../domain/incident.ts'
import { applyToJoin, isJoinEvent, membersOf, type SenderJoin } from '../domain/sender-join.ts'
import type { KeptIncident } from '../store/incident-desk.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import { wordsHash } from './incidents.ts'

/** What the log says of senders beside mail. */
export type SenderRecords = {
  readonly joins: Map<string, SenderJoin>
  /** Senders that were ever joined. */
  readonly pairs: [string, string][]
  readonly incidents: Map<string, Incident>
  readonly notes: Map<string, Extract<Event, { kind: 'sender_noted' }>>
  /** Senders whose pictures are loaded. */
  readonly pictures: Set<string>
  /** Notes and incidents whose words were erased. */
  readonly erased: Set<string>
}

export function openSenderRecords(): SenderRecords {
  return {
    joins: new Map(),
    pairs: [],
    incidents: new Map(),
    notes: new Map(),
    pictures: new Set(),
    erased: new Set(),
  }
}

/** Keeps what an event says of them. */
export function noteSenders(records: SenderRecords, event: Event): void {
  const { joins, pairs, incidents, notes, pictures, erased } = records
  if (isJoinEvent(event)) {
    joins.set(event.joinId, applyToJoin(joins.get(event.joinId) ?? null, event))
    if (event.kind === 'senders_joined') pairs.push([event.senderId, event.otherId])
  }
  if (event.kind === 'sender_noted') notes.set(event.noteId, event)
  if (event.kind === 'sender_erased') {
    for (const id of [...event.notes, ...event.incidents]) erased.add(id)
  }
  if (event.kind === 'pictures_allowed') pictures.add(event.senderId)
  if (event.kind === 'pictures_stopped') pictures.delete(event.senderId)
  if (event.kind === 'incident_recorded') incidents.set(event.incidentId, openIncident(event))
  else if (isIncidentEvent(event)) {
    const known = incidents.get(event.incidentId)
    if (known) incidents.set(event.incidentId, applyToIncident(known, event))
  }
}

/** Joins, identities, notes and incidents are as their events say, words and pictures included. */
export async function flawsOfSenders(store: Store, records: SenderRecords): Promise<string[]> {
  return [
    ...(await flawsOfJoins(store, records)),
    ...(await flawsOfNotes(store, records)),
    ...(await flawsOfPictures(store, records)),
    ...(await flawsOfIncidents(store, records)),
  ]
}

async function flawsOfJoins(store: Store, { joins }: SenderRecords): Promise<string[]> {
  const flaws: string[] = []
  const stored = new Map((await store.joins.all()).map((row) => [row.id, row]))
  for (const id of new Set([...joins.keys(), ...stored.keys()])) {
    const [row, said] = [stored.get(id), joins.get(id)]
    if (!said) flaws.push(`what join ${id} says of two senders is in no event`)
    else if (!row || canonicalJoin(row) !== canonicalJoin(said)) {
      flaws.push(`join ${id} is not as its events say`)
    }
  }
  const joined = [...joins.values()].filter(({ state }) => state === 'joined')
  const links = joined.map(({ first, second }) => [first, second] as const)
  const heads = new Map((await store.joins.allMemberships()).map((one) => [one.senderId, one.head]))
  for (const id of new Set([...links.flat(), ...heads.keys()])) {
    if (heads.get(id) !== membersOf(id, links)[0]) {
      flaws.push(`sender ${id} is not one with whom its events say`)
    }
  }
  return flaws
}

function canonicalJoin({ id, first, second, reasons, proposer, state, decider }: SenderJoin) {
  return sealing.canonical({ id, first, second, reasons, proposer, state, decider })
}

/** Rows read at a time. */
const pageSize = 50

async function flawsOfNotes(store: Store, { notes, erased }: SenderRecords): Promise<string[]> {
  const flaws: string[] = []
  const left = new Set(notes.keys())
  for (let last = ''; ; ) {
    const page = await store.senderNotes.after(last, pageSize)
    for (const row of page) {
      const said = notes.get(row.id)
      left.delete(row.id)
      const same =
        (erased.has(row.id) ? row.text === '' : said?.textSha256 === sha256(row.text)) &&
        said?.textSha256 === row.textSha256 &&
        said.senderId === row.senderId &&
        said.mailboxId === row.mailboxId &&
        said.corrects === row.corrects &&
        said.by === row.author &&
        said.at === row.at
      if (!same) flaws.push(`note ${row.id} is not as its event says`)
    }
    const end = page.at(-1)
    if (!end) break
    last = end.id
  }
  return [...flaws, ...[...left].map((id) => `note ${id} is in the log and not in the database`)]
}

async function flawsOfPictures(store: Store, { pictures }: SenderRecords): Promise<string[]> {
  const kept = new Set((await store.pictureSenders.all()).map(({ senderId }) => senderId))
  return [...pictures.symmetricDifference(kept)].map(
    (id) => `whether the pictures of sender ${id} are loaded is not as its events say`,
  )
}

async function flawsOfIncidents(
  store: Store,
  { incidents, erased }: SenderRecords,
): Promise<string[]> {
  const flaws: string[] = []
  const left = new Set(incidents.keys())
  for (let last = ''; ; ) {
    const page = await store.incidentDesk.after(last, pageSize)
    for (const kept of page) {
      left.delete(kept.incident.id)
      const { id } = kept.incident
      flaws.push(...flawsOfIncident(kept, incidents.get(id), erased.has(id)))
    }
    const end = page.at(-1)
    if (!end) break
    last = end.incident.id
  }
  const gone = [...left].map((id) => `incident ${id} is in the log and not in the database`)
  return [...flaws, ...gone]
}

function flawsOfIncident(
  { incident, words, picture }: KeptIncident,
  said: Incident | undefined,
  isErased: boolean,
): string[] {
  const { id } = incident
  if (!said) return [`incident ${id} is in no event`]
  const flaws: string[] = []
  if (sealing.canonical(incident) !== sealing.canonical(said)) {
    flaws.push(`incident ${id} is not as its events say`)
  }
  if (isErased) return [...flaws, ...flawsOfErased(id, words, picture)]
  if (wordsHash(words) !== said.contentSha256) {
    flaws.push(`incident ${id} does not have the words that were recorded`)
  }
  if ((picture === null ? null : sha256(picture)) !== said.pictureSha256) {
    flaws.push(`incident ${id} does not have the picture that was recorded`)
  }
  return flaws
}

function flawsOfErased(
  id: string,
  words: KeptIncident['words'],
  picture: KeptIncident['picture'],
): string[] {
  const isEmpty = Object.values(words).every((one) => one === '') && (picture?.length ?? 0) === 0
  return isEmpty ? [] : [`incident ${id} was erased, and has words or a picture`]
}
