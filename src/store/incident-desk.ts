import { and, asc, eq, gt } from 'drizzle-orm'
import type { CareTask } from '../domain/care.ts'
import type { Event } from '../domain/event.ts'
import { applyToIncident, type Incident, isIncidentEvent, stateOf } from '../domain/incident.ts'
import type { Instant } from '../domain/time.ts'
import { careWrites } from './care-tasks.ts'
import type { Core } from './core.ts'
import type { Db, Write } from './engine.ts'
import { incidentsByIds, type LoadedIncident } from './incident-rows.ts'
import type { Picture } from './incidents.ts'
import {
  incidentDecisions,
  incidentPictures,
  incidentReviews,
  incidents,
  senderLabels,
  senders,
} from './tables.ts'

/** What belongs to an incident beside the state that the domain keeps. */
export type IncidentWords = {
  readonly account: string
  readonly recording: string
  readonly postUrl: string
}

/** A sender who has no address: known by a name and a telephone number. */
export type Caller = { readonly id: string; readonly name: string; readonly label: string }

export type NewIncident = {
  readonly incident: Incident
  readonly recordedAt: Instant
  readonly words: IncidentWords
  readonly picture: (Picture & { readonly id: string }) | null
  /** Null where the sender is known. */
  readonly caller: Caller | null
}

/** Incidents as acts load and write them, whoever asks. */
export type IncidentDesk = {
  load(id: string): Promise<LoadedIncident | null>
  /** Throws `StaleWrite` where it was recorded already. */
  add(given: NewIncident, events: readonly Event[], care: readonly CareTask[]): Promise<void>
  /** Saves what happened to a loaded one, or throws `StaleWrite` and saves nothing. */
  commit(loaded: LoadedIncident, events: readonly Event[], care: readonly CareTask[]): Promise<void>
  /** Incidents after an id, in order, with their words and picture: to check them all. */
  after(id: string, limit: number): Promise<KeptIncident[]>
}

export type KeptIncident = {
  readonly incident: Incident
  readonly words: IncidentWords
  readonly picture: Buffer | null
}

export function incidentDeskIn(core: Core): IncidentDesk {
  const { db } = core
  return {
    async load(id) {
      return (await incidentsByIds(db, [id])).get(id) ?? null
    },
    add(given, events, care) {
      const state = events.filter(isIncidentEvent).reduce(applyToIncident, given.incident)
      return core.commit(events, (tx) => [
        ...addedWrites(tx, given, state),
        ...events.flatMap((event) => verdictWrites(tx, event)),
        ...careWrites(tx, care),
      ])
    },
    commit({ incident, version }, events, care) {
      const next = events.filter(isIncidentEvent).reduce(applyToIncident, incident)
      return core.commit(events, (tx) => [
        tx
          .update(incidents)
          .set({ state: stateOf(next), version: version + 1 })
          .where(and(eq(incidents.id, incident.id), eq(incidents.version, version)))
          .returning({ id: incidents.id }),
        ...events.flatMap((event) => verdictWrites(tx, event)),
        ...careWrites(tx, care),
      ])
    },
    after: (id, limit) => after(db, id, limit),
  }
}

async function after(db: Db, id: string, limit: number): Promise<KeptIncident[]> {
  const { account, recording, postUrl } = incidents
  const rows = await db
    .select({ id: incidents.id, account, recording, postUrl, picture: incidentPictures.bytes })
    .from(incidents)
    .leftJoin(incidentPictures, eq(incidentPictures.incidentId, incidents.id))
    .where(gt(incidents.id, id))
    .orderBy(asc(incidents.id))
    .limit(limit)
  const loaded = await incidentsByIds(
    db,
    rows.map((row) => row.id),
  )
  return rows.flatMap(({ id: own, picture, ...words }) => {
    const incident = loaded.get(own)?.incident
    return incident ? [{ incident, words, picture }] : []
  })
}

function addedWrites(tx: Db, given: NewIncident, next: Incident): Write[] {
  const { reviews: _, disputed: __, decision: ___, ...facts } = next
  const { words, recordedAt, picture, caller } = given
  const row = { ...facts, ...words, recordedAt, state: stateOf(next), version: 1 }
  return [
    ...(caller ? callerWrites(tx, caller, recordedAt) : []),
    tx.insert(incidents).values(row).returning({ id: incidents.id }),
    ...(picture ? [pictureWrite(tx, facts.id, picture)] : []),
  ]
}

function callerWrites(tx: Db, { id, name, label }: Caller, createdAt: Instant): Write[] {
  return [
    tx.insert(senders).values({ id, name, proof: '', createdAt }).returning({ id: senders.id }),
    tx
      .insert(senderLabels)
      .values({ senderId: id, label })
      .returning({ id: senderLabels.senderId }),
  ]
}

function pictureWrite(tx: Db, incidentId: string, picture: Picture & { id: string }): Write {
  return tx
    .insert(incidentPictures)
    .values({ ...picture, incidentId })
    .returning({ id: incidentPictures.id })
}

function verdictWrites(tx: Db, event: Event): Write[] {
  if (event.kind === 'incident_reviewed') {
    const { revision: _, ...review } = event.review
    const row = { ...review, incidentId: event.incidentId, at: event.at }
    return [tx.insert(incidentReviews).values(row).returning({ id: incidentReviews.id })]
  }
  if (event.kind !== 'incident_decided') return []
  const { revision: _, reviewers, categories, ...decision } = event.decision
  const [firstReviewer, secondReviewer] = reviewers
  const people = { firstReviewer, secondReviewer, categories: [...categories] }
  const row = { ...decision, ...people, incidentId: event.incidentId, at: event.at }
  return [tx.insert(incidentDecisions).values(row).returning({ id: incidentDecisions.id })]
}
