import { and, eq, gte, inArray } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Scope } from './reports.ts'
import { isSuspensionStep, suspensionSteps } from './schema.events.ts'
import { events, measures } from './tables.ts'

export { suspensionSteps }

export type SuspensionStep = (typeof suspensionSteps)[number]

export type SuspensionCount = {
  readonly step: SuspensionStep
  readonly place: number
  readonly n: number
}

/** What happened to suspensions, as the log says it; warnings are left out. */
export async function suspensionsOf({
  db,
  since,
  starts,
  ofThread,
}: Scope): Promise<SuspensionCount[]> {
  const rows = await db
    .select({ at: events.at, kind: events.kind, content: events.content })
    .from(events)
    .where(and(isSuspensionStep, gte(events.at, since), ofThread(events.threadId)))
  const told = rows.map(({ at, kind, content }) => ({
    ...{ at, step: kind as SuspensionStep },
    measureId: measureIn(content),
  }))
  const ids = [...new Set(told.map(({ measureId }) => measureId))]
  const which = and(eq(measures.kind, 'suspension'), inArray(measures.id, ids))
  const kept = await db.select({ id: measures.id }).from(measures).where(which)
  const suspensions = new Set(kept.map(({ id }) => id))
  const counted = Map.groupBy(
    told.filter(({ measureId }) => suspensions.has(measureId)),
    ({ step, at }) => `${step} ${starts.findLastIndex((start) => start <= at)}`,
  )
  return [...counted].map(([key, some]) => {
    const [step = '', place = ''] = key.split(' ')
    return { step: step as SuspensionStep, place: Number(place), n: some.length }
  })
}

function measureIn(content: string): string {
  const event = JSON.parse(content) as Event
  return 'measureId' in event ? event.measureId : ''
}
