import { asc, inArray } from 'drizzle-orm'
import type { Incident } from '../domain/incident.ts'
import type { Db } from './engine.ts'
import { incidentDecisions, incidentReviews, incidents } from './tables.ts'

/** An incident as it was read, with the version that a commit expects to find unchanged. */
export type LoadedIncident = { readonly incident: Incident; readonly version: number }

/** Incidents with their reviews and decisions, by id. */
export async function incidentsByIds(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, LoadedIncident>> {
  const some = [...ids]
  const rows = await db.select().from(incidents).where(inArray(incidents.id, some))
  const given = await db
    .select()
    .from(incidentReviews)
    .where(inArray(incidentReviews.incidentId, some))
    .orderBy(asc(incidentReviews.place))
  const decided = await db
    .select()
    .from(incidentDecisions)
    .where(inArray(incidentDecisions.incidentId, some))
  return new Map(
    rows.map((row) => {
      const reviews = given.filter(({ incidentId }) => incidentId === row.id)
      const decision = decided.find(({ incidentId }) => incidentId === row.id)
      return [row.id, { version: row.version, incident: incidentOf(row, reviews, decision) }]
    }),
  )
}

function incidentOf(
  row: typeof incidents.$inferSelect,
  given: readonly (typeof incidentReviews.$inferSelect)[],
  decided: typeof incidentDecisions.$inferSelect | undefined,
): Incident {
  const { id, senderId, mailboxId, kind, occurredAt, minutes, takenBy, recordedBy } = row
  const { contentSha256, pictureSha256, state } = row
  return {
    ...{ id, senderId, mailboxId, kind, occurredAt, minutes, takenBy, recordedBy },
    ...{ contentSha256, pictureSha256 },
    reviews: given.map(({ incidentId: _, at: __, ...review }) => ({ ...review, revision: 1 })),
    disputed: state === 'disputed',
    decision: decided ? decisionOf(decided) : null,
  }
}

function decisionOf(row: typeof incidentDecisions.$inferSelect): NonNullable<Incident['decision']> {
  const { id, how, outcome, needsReply, categories, severity, settledBy, reason } = row
  const reviewers = [row.firstReviewer, row.secondReviewer] as const
  const said = { how, outcome, needsReply, categories, severity, settledBy, reason }
  return { id, revision: 1, ...said, reviewers }
}
