import { and, desc, eq, gte, lt } from 'drizzle-orm'
import type { Decision } from '../domain/decision.ts'
import type { IncidentKind, IncidentState } from '../domain/incident.ts'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { placed } from './incidents.ts'
import { incidentDecisions, incidents } from './tables.ts'

/** An incident as a program lists it: facts and what was decided, no word of anybody's. */
export type IncidentEntry = {
  readonly id: string
  readonly kind: IncidentKind
  readonly state: IncidentState
  readonly mailboxId: string
  readonly senderId: string
  readonly occurredAt: Instant
  readonly recordedAt: Instant
  /** How long a call was; null for what is no call. */
  readonly minutes: number | null
  readonly decision:
    | (Pick<Decision, 'id' | 'how' | 'outcome' | 'categories' | 'severity' | 'settledBy'> & {
        readonly reviewers: readonly [string, string]
        readonly at: Instant
      })
    | null
}

export type WhichIncidents = {
  readonly id?: string | undefined
  readonly state?: IncidentState | undefined
  readonly kind?: IncidentKind | undefined
  readonly mailboxId?: string | undefined
  readonly senderId?: string | undefined
  /** What happened at that instant or later. */
  readonly since?: Instant | undefined
}

/** Incidents of mailboxes in reach, the newest id first. */
export async function listIncidents(
  { db }: Core,
  reach: Reach,
  { id, state, kind, mailboxId, senderId, since }: WhichIncidents,
  before: string | null,
  limit: number,
): Promise<IncidentEntry[]> {
  const rows = await db
    .select({ incident: incidents, decision: incidentDecisions })
    .from(incidents)
    .leftJoin(incidentDecisions, eq(incidentDecisions.incidentId, incidents.id))
    .where(
      and(
        id === undefined ? undefined : eq(incidents.id, id),
        state === undefined ? undefined : eq(incidents.state, state),
        kind === undefined ? undefined : eq(incidents.kind, kind),
        mailboxId === undefined ? undefined : eq(incidents.mailboxId, mailboxId),
        senderId === undefined ? undefined : eq(incidents.senderId, senderId),
        since === undefined ? undefined : gte(incidents.occurredAt, since),
        before === null ? undefined : lt(incidents.id, before),
        placed(reach),
      ),
    )
    .orderBy(desc(incidents.id))
    .limit(limit)
  return rows.map(({ incident, decision }) => {
    const { occurredAt, recordedAt, minutes } = incident
    const named = { id: incident.id, mailboxId: incident.mailboxId, senderId: incident.senderId }
    const facts = { kind: incident.kind, state: incident.state, occurredAt, recordedAt, minutes }
    return { ...named, ...facts, decision: decision && decided(decision) }
  })
}

function decided(
  row: typeof incidentDecisions.$inferSelect,
): NonNullable<IncidentEntry['decision']> {
  const { id, how, outcome, categories, severity, settledBy, at } = row
  const reviewers = [row.firstReviewer, row.secondReviewer] as const
  return { id, how, outcome, categories, severity, reviewers, settledBy, at }
}
