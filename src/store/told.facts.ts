import { and, eq, inArray } from 'drizzle-orm'
import type { Incident } from '../domain/incident.ts'
import type { ThreadFacts } from '../domain/told.table.ts'
import type { Core } from './core.ts'
import { incidentsByIds } from './incident-rows.ts'
import { events, letters, measures, measureTerms, reviews, threads } from './tables.ts'

/** What has to be known of these threads to say who is told of what happens in them, by id. */
export async function factsOfThreads(
  core: Core,
  threadIds: readonly string[],
): Promise<ReadonlyMap<string, ThreadFacts>> {
  const ids = [...threadIds]
  if (ids.length === 0) return new Map()
  const { id, mailboxId, severity, categories, targets, revision } = threads
  const rows = await core.db
    .select({ id, mailboxId, severity, categories, targets })
    .from(threads)
    .where(inArray(id, ids))
  const given = await core.db
    .select({ threadId: reviews.threadId, reviewer: reviews.reviewer })
    .from(reviews)
    .innerJoin(threads, and(eq(id, reviews.threadId), eq(revision, reviews.revision)))
    .where(inArray(reviews.threadId, ids))
  const writers = await writersIn(core, ids)
  const involved = await involvedIn(core, ids)
  return new Map(
    rows.map((row) => {
      const reviewers = given.filter(({ threadId }) => threadId === row.id)
      const names = reviewers.map(({ reviewer }) => reviewer)
      const people = { reviewers: names, writers: writers.get(row.id) ?? {}, involved }
      return [row.id, { ...row, ...people, sides: [] }]
    }),
  )
}

/** By thread and letter: its author now, and whoever wrote at it before another person changed it. */
async function writersIn(
  { db }: Core,
  threadIds: string[],
): Promise<ReadonlyMap<string, Record<string, string[]>>> {
  const { id, threadId, author } = letters
  const now = await db
    .select({ id, threadId, author })
    .from(letters)
    .where(inArray(threadId, threadIds))
  const then = await db
    .select({ threadId: events.threadId, by: events.by, content: events.content })
    .from(events)
    .where(
      and(
        inArray(events.threadId, threadIds),
        inArray(events.kind, ['reply_saved', 'reply_submitted']),
      ),
    )
  const all = new Map<string, Record<string, string[]>>()
  const note = (thread: string, letter: string, who: string) => {
    const ofThread = all.get(thread) ?? {}
    ofThread[letter] = [...new Set([...(ofThread[letter] ?? []), who])]
    all.set(thread, ofThread)
  }
  for (const row of now) note(row.threadId, row.id, row.author)
  for (const row of then) {
    const { letterId } = JSON.parse(row.content) as { letterId: string }
    if (row.threadId !== null && row.by !== null) note(row.threadId, letterId, row.by)
  }
  return all
}

/** By measure: who reviewed, proposed or confirmed it, or a suspension that it renews. */
async function involvedIn({ db }: Core, threadIds: string[]): Promise<Record<string, string[]>> {
  const { id, firstReviewer, secondReviewer, proposer, confirmer } = measures
  const rows = await db
    .select({ id, firstReviewer, secondReviewer, proposer, confirmer, renews: measureTerms.renews })
    .from(measures)
    .leftJoin(measureTerms, eq(measureTerms.measureId, id))
    .where(inArray(measures.threadId, threadIds))
  const byId = new Map(rows.map((row) => [row.id, row]))
  const peopleOf = (measureId: string): string[] => {
    const row = byId.get(measureId)
    if (!row) return []
    const own = [row.firstReviewer, row.secondReviewer, row.proposer, row.confirmer ?? '']
    return [...own, ...(row.renews === null ? [] : peopleOf(row.renews))]
  }
  return Object.fromEntries(rows.map((row) => [row.id, peopleOf(row.id)]))
}

/** The same of incidents: whom one hit is asked for nothing in it; its severity is its decision's. */
export async function factsOfIncidents(
  { db }: Core,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ThreadFacts>> {
  if (ids.length === 0) return new Map()
  const loaded = await incidentsByIds(db, ids)
  return new Map([...loaded].map(([id, { incident }]) => [id, factsOf(incident)]))
}

function factsOf({ mailboxId, reviews: given, decision, takenBy }: Incident): ThreadFacts {
  return {
    mailboxId,
    severity: decision?.severity ?? 0,
    categories: decision?.categories ?? [],
    targets: takenBy === null ? [] : [takenBy],
    reviewers: given.map(({ reviewer }) => reviewer),
    writers: {},
    involved: {},
    sides: [],
  }
}
