import { and, desc, eq, gte, inArray, ne, type SQL } from 'drizzle-orm'
import type { Decision } from '../domain/decision.ts'
import type { Incident, IncidentKind, IncidentState } from '../domain/incident.ts'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { incidentsByIds } from './incident-rows.ts'
import { noBytes } from './packing.ts'
import { incidentDecisions, incidentPictures, incidents, mailboxes, senders } from './tables.ts'

/** An incident in a list: what kind, when and what was found, without the words. */
export type IncidentLine = {
  readonly id: string
  readonly senderId: string
  readonly senderName: string
  readonly department: { readonly ja: string; readonly en: string }
  readonly kind: IncidentKind
  readonly occurredAt: Instant
  readonly minutes: number | null
  readonly state: IncidentState
  readonly decision: Pick<Decision, 'outcome' | 'severity' | 'categories'> | null
}

/** Everything of one incident that its page may show. */
export type IncidentRecord = {
  readonly incident: Incident
  readonly senderName: string
  readonly department: { readonly ja: string; readonly en: string }
  readonly recordedAt: Instant
  readonly account: string
  /** Where a recording of the call lies. */
  readonly recording: string
  readonly postUrl: string
  readonly picture: Omit<Picture, 'bytes'> | null
}

export type Picture = {
  readonly sha256: string
  readonly contentType: string
  readonly size: number
  readonly bytes: Buffer
}

export type IncidentFilter = {
  readonly states?: readonly IncidentState[]
  readonly senderIds?: readonly string[]
  /** Of those that are decided, only what two people found to be harassment. */
  readonly harassment?: boolean
  /** What happened at that instant or later. */
  readonly since?: Instant
}

export type Incidents = {
  /** Newest first by the day that it happened. */
  list(
    filter: IncidentFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<IncidentLine[]>
  find(id: string): Promise<IncidentRecord | null>
  picture(incidentId: string): Promise<Picture | null>
}

export function incidentsIn({ db }: Core, reach: Reach = 'all'): Incidents {
  const seen = placed(reach)
  return {
    list: (filter, page) => list(db, seen, filter, page),
    find: (id) => find(db, seen, id),
    async picture(incidentId) {
      const { sha256, contentType, size, bytes } = incidentPictures
      const [row] = await db
        .select({ sha256, contentType, size, bytes })
        .from(incidentPictures)
        .innerJoin(incidents, eq(incidents.id, incidentPictures.incidentId))
        .where(and(eq(incidentPictures.incidentId, incidentId), isKept, seen))
      return row ?? null
    },
  }
}

/** Whose bytes were not erased. */
const isKept = ne(incidentPictures.bytes, noBytes)

/** Narrows a statement on `incidents` to the mailboxes in reach. */
export function placed(reach: Reach): SQL | undefined {
  return reach === 'all' ? undefined : inArray(incidents.mailboxId, [...reach])
}

async function list(
  db: Core['db'],
  seen: SQL | undefined,
  { states, senderIds, harassment, since }: IncidentFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<IncidentLine[]> {
  const rows = await db
    .select({
      incident: incidents,
      decision: incidentDecisions,
      senderName: senders.name,
      department: mailboxes.department,
    })
    .from(incidents)
    .innerJoin(senders, eq(senders.id, incidents.senderId))
    .innerJoin(mailboxes, eq(mailboxes.id, incidents.mailboxId))
    .leftJoin(incidentDecisions, eq(incidentDecisions.incidentId, incidents.id))
    .where(
      and(
        seen,
        states ? inArray(incidents.state, [...states]) : undefined,
        senderIds ? inArray(incidents.senderId, [...senderIds]) : undefined,
        harassment ? eq(incidentDecisions.outcome, 'harassment') : undefined,
        since ? gte(incidents.occurredAt, since) : undefined,
      ),
    )
    .orderBy(desc(incidents.occurredAt), desc(incidents.id))
    .limit(limit)
    .offset(offset)
  return rows.map(({ incident, decision, senderName, department }) => {
    const { id, senderId, kind, occurredAt, minutes, state } = incident
    return { id, senderId, kind, occurredAt, minutes, state, senderName, department, decision }
  })
}

async function find(
  db: Core['db'],
  seen: SQL | undefined,
  id: string,
): Promise<IncidentRecord | null> {
  const [row] = await db
    .select({ row: incidents, senderName: senders.name, department: mailboxes.department })
    .from(incidents)
    .innerJoin(senders, eq(senders.id, incidents.senderId))
    .innerJoin(mailboxes, eq(mailboxes.id, incidents.mailboxId))
    .where(and(eq(incidents.id, id), seen))
  const incident = row && (await incidentsByIds(db, [id])).get(id)?.incident
  if (!row || !incident) return null
  const { sha256, contentType, size } = incidentPictures
  const [picture] = await db
    .select({ sha256, contentType, size })
    .from(incidentPictures)
    .where(and(eq(incidentPictures.incidentId, id), isKept))
  const { recordedAt, account, recording, postUrl } = row.row
  const { senderName, department } = row
  const words = { recordedAt, account, recording, postUrl }
  return { incident, senderName, department, ...words, picture: picture ?? null }
}
