import { and, desc, eq, inArray, max } from 'drizzle-orm'
import type { Category, Severity } from '../domain/category.ts'
import type { MeasureKind } from '../domain/event.ts'
import type { Reach } from '../domain/person.ts'
import type { MeasureState } from '../domain/sender.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import { isBehind, type SenderPage } from './newest-senders.ts'
import { alsoInReach, ofReach } from './reach.ts'
import { decisions, incidentDecisions, incidents, measures, senders, threads } from './tables.ts'

/** A sender of whom two people, or a supervisor, found harassment (事案), as far as it is in reach. */
export type CaseLine = {
  readonly senderId: string
  readonly name: string
  /** Threads and incidents that were found to be harassment. */
  readonly threads: number
  readonly incidents: number
  readonly severity: Severity
  readonly categories: readonly Category[]
  /** Warnings and suspensions, the newest first. */
  readonly measures: readonly { readonly kind: MeasureKind; readonly state: MeasureState }[]
  /** Of the last decision. */
  readonly lastAt: Instant
}

export type Cases = {
  /** By their last decision, newest first; `before` is where an earlier page ended. */
  list(page: SenderPage): Promise<CaseLine[]>
}

type Found = {
  readonly senderId: string
  readonly of: string
  readonly kind: 'thread' | 'incident'
  readonly severity: Severity
  readonly categories: readonly Category[]
  readonly at: Instant
}

export function casesIn({ db }: Core, reach: Reach = 'all'): Cases {
  return {
    async list(page) {
      const ids = await newestCases(db, reach, page)
      if (ids.length === 0) return []
      const found = Map.groupBy(await foundOf(db, reach, ids), ({ senderId }) => senderId)
      const named = await db
        .select({ id: senders.id, name: senders.name })
        .from(senders)
        .where(inArray(senders.id, ids))
      const taken = await db
        .select({ senderId: measures.senderId, kind: measures.kind, state: measures.state })
        .from(measures)
        .where(and(inArray(measures.senderId, ids), ofReach(db, measures.threadId, reach)))
        .orderBy(desc(measures.proposedAt))
      const names = new Map(named.map(({ id, name }) => [id, name]))
      const measuresOf = Map.groupBy(taken, ({ senderId }) => senderId)
      return ids.map((id) => ({
        ...lineOf(id, found.get(id) ?? []),
        name: names.get(id) ?? '',
        measures: measuresOf.get(id) ?? [],
      }))
    },
  }
}

/** Senders with such decisions on threads or incidents, whichever came last. */
async function newestCases(db: Db, reach: Reach, { before, limit }: SenderPage): Promise<string[]> {
  const byThread = await db
    .select({ senderId: threads.senderId, at: max(decisions.at) })
    .from(decisions)
    .innerJoin(threads, eq(threads.id, decisions.threadId))
    .where(and(eq(decisions.outcome, 'harassment'), alsoInReach(reach)))
    .groupBy(threads.senderId)
  const byIncident = await db
    .select({ senderId: incidents.senderId, at: max(incidentDecisions.at) })
    .from(incidentDecisions)
    .innerJoin(incidents, eq(incidents.id, incidentDecisions.incidentId))
    .where(and(eq(incidentDecisions.outcome, 'harassment'), incidentsIn(reach)))
    .groupBy(incidents.senderId)
  const last = new Map<string, Instant>()
  for (const { senderId, at } of [...byThread, ...byIncident]) {
    if (at !== null && at > (last.get(senderId) ?? '')) last.set(senderId, at)
  }
  return [...last]
    .map(([id, at]) => ({ id, at }))
    .filter((one) => before === null || isBehind(one, before))
    .toSorted((one, other) => (isBehind(one, other) ? 1 : -1))
    .slice(0, limit)
    .map(({ id }) => id)
}

/** Every such decision of these senders. */
async function foundOf(db: Db, reach: Reach, ids: readonly string[]): Promise<Found[]> {
  const { severity, categories, at, outcome } = decisions
  const onThreads = await db
    .select({ senderId: threads.senderId, of: decisions.threadId, severity, categories, at })
    .from(decisions)
    .innerJoin(threads, eq(threads.id, decisions.threadId))
    .where(and(eq(outcome, 'harassment'), inArray(threads.senderId, [...ids]), alsoInReach(reach)))
  const onIncidents = await db
    .select({
      senderId: incidents.senderId,
      of: incidentDecisions.incidentId,
      severity: incidentDecisions.severity,
      categories: incidentDecisions.categories,
      at: incidentDecisions.at,
    })
    .from(incidentDecisions)
    .innerJoin(incidents, eq(incidents.id, incidentDecisions.incidentId))
    .where(
      and(
        eq(incidentDecisions.outcome, 'harassment'),
        inArray(incidents.senderId, [...ids]),
        incidentsIn(reach),
      ),
    )
  return [
    ...onThreads.map((row) => ({ ...row, kind: 'thread' as const })),
    ...onIncidents.map((row) => ({ ...row, kind: 'incident' as const })),
  ]
}

function lineOf(senderId: string, found: readonly Found[]) {
  const numberOf = (kind: Found['kind']) =>
    new Set(found.filter((one) => one.kind === kind).map((one) => one.of)).size
  const severity = found.reduce<Severity>(
    (most, one) => (one.severity > most ? one.severity : most),
    0,
  )
  return {
    senderId,
    threads: numberOf('thread'),
    incidents: numberOf('incident'),
    severity,
    categories: [...new Set(found.flatMap((one) => one.categories))],
    lastAt: found.reduce((last, { at }) => (at > last ? at : last), ''),
  }
}

function incidentsIn(reach: Reach) {
  return reach === 'all' ? undefined : inArray(incidents.mailboxId, [...reach])
}
