import { and, asc, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { Assessment } from '../domain/assessment.ts'
import type { Decision } from '../domain/decision.ts'
import type { EventKind } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { decisionOf } from './rows.ts'
import { deskWrite } from './rule-sets.ts'
import { assessments, decisions, events, ruleDesk, ruleHits, threads } from './tables.ts'

/** One rule that spoke in one thread. */
export type RuleHit = typeof ruleHits.$inferSelect

/** How a rule fares: threads in which it spoke, and what people said to that. */
export type RuleFigures = {
  readonly open: number
  readonly decided: number
  /** Of those decided: where people said something to what the rule spoke for, and agreed. */
  readonly judged: number
  readonly upheld: number
}

/** What was said of a thread: by the rules of its newest revision and of the decided ones. */
export type ThreadSaid = {
  readonly threadId: string
  readonly lastAt: Instant
  readonly revision: number
  readonly said: readonly { readonly revision: number; readonly result: Assessment }[]
  readonly decisions: readonly Decision[]
  readonly hits: readonly RuleHit[]
}

/** A stretch of the log: the threads about which something was said, and where it ends. */
export type LogStretch = { readonly threadIds: readonly string[]; readonly seq: number }

export type RuleHits = {
  /** Of all rules by their ids, or of one. */
  figures(rule?: string): Promise<ReadonlyMap<string, RuleFigures>>
  /** Threads in which the rule spoke, the newest first. */
  threads(rule: string, limit: number): Promise<RuleHit[]>
  /** How far the log was read. */
  place(): Promise<number>
  stretch(after: number, limit: number): Promise<LogStretch>
  said(threadIds: readonly string[]): Promise<ThreadSaid[]>
  /** Puts the hits of these threads right, with how far the log was read. */
  tally(
    from: number,
    to: number,
    change: { readonly put: readonly RuleHit[]; readonly drop: readonly string[] },
  ): Promise<void>
}

/** What changes the words of rules, or what people say to them. */
const telling: readonly EventKind[] = [
  'thread_assessed',
  'decision_made',
  'mails_moved_in',
  'mails_moved_out',
]

export function ruleHitsIn(core: Core): RuleHits {
  const { db } = core
  return {
    async figures(rule) {
      const yes = (column: typeof ruleHits.open | typeof ruleHits.upheld, value: boolean) =>
        sql<number>`sum(case when ${eq(column, value)} then 1 else 0 end)`.mapWith(Number)
      const rows = await db
        .select({
          rule: ruleHits.rule,
          open: yes(ruleHits.open, true),
          upheld: yes(ruleHits.upheld, true),
          refused: yes(ruleHits.upheld, false),
          silent:
            sql<number>`sum(case when ${eq(ruleHits.open, false)} and ${isNull(ruleHits.upheld)} then 1 else 0 end)`.mapWith(
              Number,
            ),
        })
        .from(ruleHits)
        .where(rule === undefined ? undefined : eq(ruleHits.rule, rule))
        .groupBy(ruleHits.rule)
      return new Map(
        rows.map(({ rule: id, open, upheld, refused, silent }) => {
          const judged = upheld + refused
          return [id, { open, upheld, judged, decided: judged + silent }]
        }),
      )
    },
    threads: (rule, limit) =>
      Promise.resolve(
        db
          .select()
          .from(ruleHits)
          .where(eq(ruleHits.rule, rule))
          .orderBy(desc(ruleHits.at))
          .limit(limit),
      ),
    async place() {
      const [row] = await db.select({ seq: ruleDesk.seq }).from(ruleDesk)
      return row?.seq ?? 0
    },
    stretch: (after, limit) => stretch(core, after, limit),
    said: (threadIds) => said(core, threadIds),
    tally: (from, to, change) => tally(core, from, to, change),
  }
}

async function stretch({ db }: Core, after: number, limit: number): Promise<LogStretch> {
  const rows = await db
    .select({ seq: events.seq, kind: events.kind, threadId: events.threadId })
    .from(events)
    .where(gt(events.seq, after))
    .orderBy(asc(events.seq))
    .limit(limit)
  const ids = rows.flatMap(({ kind, threadId }) =>
    threadId !== null && telling.includes(kind) ? [threadId] : [],
  )
  return { threadIds: [...new Set(ids)], seq: rows.at(-1)?.seq ?? after }
}

async function said({ db }: Core, threadIds: readonly string[]): Promise<ThreadSaid[]> {
  const ids = [...threadIds]
  const rows = await db
    .select({ id: threads.id, revision: threads.revision, lastAt: threads.lastAt })
    .from(threads)
    .where(inArray(threads.id, ids))
  const made = await db.select().from(decisions).where(inArray(decisions.threadId, ids))
  const unmuted = and(inArray(assessments.threadId, ids), eq(assessments.muted, false))
  const words = {
    threadId: assessments.threadId,
    revision: assessments.revision,
    result: assessments.result,
  }
  const newest = await db
    .select(words)
    .from(assessments)
    .innerJoin(
      threads,
      and(eq(threads.id, assessments.threadId), eq(threads.revision, assessments.revision)),
    )
    .where(unmuted)
  const judged = await db
    .select(words)
    .from(assessments)
    .innerJoin(
      decisions,
      and(
        eq(decisions.threadId, assessments.threadId),
        eq(decisions.revision, assessments.revision),
      ),
    )
    .where(unmuted)
  const hits = await db.select().from(ruleHits).where(inArray(ruleHits.threadId, ids))
  return rows.map(({ id, revision, lastAt }) => ({
    threadId: id,
    lastAt,
    revision,
    said: [...newest, ...judged].filter(({ threadId }) => threadId === id),
    decisions: made.filter(({ threadId }) => threadId === id).map(decisionOf),
    hits: hits.filter(({ threadId }) => threadId === id),
  }))
}

function tally(
  core: Core,
  from: number,
  to: number,
  { put, drop }: Parameters<RuleHits['tally']>[2],
): Promise<void> {
  return core.write((tx) => [
    from === 0
      ? deskWrite(tx, { seq: to })
      : tx
          .update(ruleDesk)
          .set({ seq: to })
          .where(eq(ruleDesk.seq, from))
          .returning({ id: ruleDesk.id }),
    ...put.map((hit) =>
      tx
        .insert(ruleHits)
        .values(hit)
        .onConflictDoUpdate({ target: ruleHits.id, set: hit })
        .returning({ id: ruleHits.id }),
    ),
    ...(drop.length === 0
      ? []
      : [
          tx
            .delete(ruleHits)
            .where(inArray(ruleHits.id, [...drop]))
            .returning({ id: ruleHits.id }),
        ]),
  ])
}
