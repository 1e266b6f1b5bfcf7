import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, lte, max, or } from 'drizzle-orm'
import type { Category, Severity } from '../domain/category.ts'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { ThreadFacts } from '../domain/told.table.ts'
import { tellingKinds } from '../domain/told.ts'
import type { Core } from './core.ts'
import type { Write } from './engine.ts'
import type { Notification } from './notifications.ts'
import {
  assessments,
  chain,
  events,
  measures,
  notifications,
  reviews,
  threads,
  toldDesk,
  webhookDeliveries,
} from './tables.ts'
import { factsOfIncidents, factsOfThreads } from './told.facts.ts'
import type { WebhookDelivery } from './webhook-deliveries.ts'

/** How far the log was read, and up to when reviews were looked at for having waited too long. */
export type ToldDesk = { readonly seq: number; readonly lateTo: Instant }

/** Events by their number in the log, and where that stretch of it ends. */
export type ToldStretch = {
  readonly events: readonly { readonly seq: number; readonly event: Event }[]
  readonly seq: number
}

/** What was told of before: the same thing is not told twice. */
export type KnownTold = {
  readonly notifications: readonly Pick<
    Notification,
    'personId' | 'kind' | 'source' | 'path' | 'readAt'
  >[]
  readonly deliveries: readonly Pick<
    WebhookDelivery,
    'webhookId' | 'kind' | 'source' | 'path' | 'madeAt'
  >[]
}

export type Told = {
  /** Null before anybody was told of anything. */
  desk(): Promise<ToldDesk | null>
  /** Begins after what happened before that time: nobody is told of a year at once. */
  begin(before: Instant, lateTo: Instant): Promise<void>
  stretch(after: number, limit: number): Promise<ToldStretch>
  facts(threadIds: readonly string[]): Promise<ReadonlyMap<string, ThreadFacts>>
  /** The same of incidents (出来事), by the incident's id. */
  incidentFacts(ids: readonly string[]): Promise<ReadonlyMap<string, ThreadFacts>>
  /** What rules said of these mails, by the mail's id. */
  assessed(messageIds: readonly string[]): Promise<ReadonlyMap<string, Assessed>>
  /** Threads whose first review was given in that time, and that still wait for the second one. */
  late(
    after: Instant,
    to: Instant,
  ): Promise<{ readonly threadId: string; readonly revision: number }[]>
  /** Suspensions in force whose review date comes by then. */
  reviewsDue(by: Instant): Promise<{ id: string; threadId: string; reviewAt: Instant }[]>
  known(about: {
    readonly sources: readonly string[]
    readonly paths: readonly string[]
  }): Promise<KnownTold>
  /** Tells, and moves the desk on, in one commit; throws `StaleWrite` where another was faster. */
  tell(
    from: ToldDesk,
    to: ToldDesk,
    rows: {
      readonly notifications: readonly Notification[]
      readonly deliveries: readonly WebhookDelivery[]
    },
  ): Promise<void>
}

export type Assessed = { readonly severity: Severity; readonly categories: readonly Category[] }

export function toldIn(core: Core): Told {
  const { db } = core
  return {
    async desk() {
      const [row] = await db.select().from(toldDesk)
      return row ? { seq: row.seq, lateTo: row.lateTo } : null
    },
    async begin(before, lateTo) {
      const [row] = await db
        .select({ seq: max(events.seq) })
        .from(events)
        .where(lt(events.at, before))
      const start = { id: 1, seq: row?.seq ?? 0, lateTo }
      await core.write((tx) => [tx.insert(toldDesk).values(start).returning({ id: toldDesk.id })])
    },
    stretch: (after, limit) => stretch(core, after, limit),
    facts: (threadIds) => factsOfThreads(core, threadIds),
    incidentFacts: (ids) => factsOfIncidents(core, ids),
    assessed: (messageIds) => assessed(core, messageIds),
    late: (after, to) => late(core, after, to),
    async reviewsDue(by) {
      const { id, threadId, reviewAt } = measures
      const rows = await db
        .select({ id, threadId, reviewAt })
        .from(measures)
        .where(and(eq(measures.state, 'in_force'), isNotNull(reviewAt), lte(reviewAt, by)))
      return rows.map((row) => ({ ...row, reviewAt: row.reviewAt ?? '' }))
    },
    known: (about) => known(core, about),
    tell: (from, to, rows) =>
      core.write((tx): Write[] => [
        tx
          .update(toldDesk)
          .set(to)
          .where(and(eq(toldDesk.seq, from.seq), eq(toldDesk.lateTo, from.lateTo)))
          .returning({ id: toldDesk.id }),
        ...tx.add(notifications, rows.notifications),
        ...tx.add(webhookDeliveries, rows.deliveries),
      ]),
  }
}

async function assessed(
  { db }: Core,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, Assessed>> {
  const rows = await db
    .select({ id: assessments.messageId, result: assessments.result })
    .from(assessments)
    .where(inArray(assessments.messageId, [...messageIds]))
  return new Map(
    rows.map(({ id, result: { severity, categories } }) => [
      id,
      { severity, categories: categories.map(({ code }) => code) },
    ]),
  )
}

async function stretch({ db }: Core, after: number, limit: number): Promise<ToldStretch> {
  // First where the log ends: what comes while we read is for the next time.
  const [head] = await db.select({ seq: chain.seq }).from(chain)
  const end = head?.seq ?? after
  const rows = await db
    .select({ seq: events.seq, content: events.content })
    .from(events)
    .where(
      and(gt(events.seq, after), lte(events.seq, end), inArray(events.kind, [...tellingKinds])),
    )
    .orderBy(asc(events.seq))
    .limit(limit)
  const read = rows.map(({ seq, content }) => ({ seq, event: JSON.parse(content) as Event }))
  return { events: read, seq: rows.length < limit ? end : (rows.at(-1)?.seq ?? end) }
}

function late({ db }: Core, after: Instant, to: Instant) {
  const { threadId, revision, at } = reviews
  return Promise.resolve(
    db
      .select({ threadId, revision })
      .from(reviews)
      .innerJoin(threads, and(eq(threads.id, threadId), eq(threads.revision, revision)))
      .where(and(eq(threads.state, 'second_review'), gt(at, after), lte(at, to)))
      .orderBy(asc(at)),
  )
}

async function known(
  { db }: Core,
  about: { readonly sources: readonly string[]; readonly paths: readonly string[] },
): Promise<KnownTold> {
  const sources = [...about.sources]
  const paths = [...about.paths]
  const { personId, kind, source, path, readAt } = notifications
  const told = await db
    .select({ personId, kind, source, path, readAt })
    .from(notifications)
    .where(or(inArray(source, sources), and(inArray(path, paths), isNull(readAt))))
  const posts = webhookDeliveries
  const posted = await db
    .select({
      webhookId: posts.webhookId,
      kind: posts.kind,
      source: posts.source,
      path: posts.path,
      madeAt: posts.madeAt,
    })
    .from(posts)
    .where(or(inArray(posts.source, sources), inArray(posts.path, paths)))
  return { notifications: told, deliveries: posted }
}
