import { and, asc, eq, gt, lt, ne } from 'drizzle-orm'
import type { GistPart } from '../domain/assessment.ts'
import type { Event } from '../domain/event.ts'
import { type Matter, rankOutside } from '../domain/matter.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import type { Reign } from './rule-sets.ts'
import { assessments, decisions, ruleReigns, threads } from './tables.ts'
import type { Assessed } from './threads.ts'
import { threadColumns } from './writes.ts'

/** A thread that waits for people, with the assessment that other rules made. */
export type StaleThread = { readonly threadId: string; readonly messageId: string }

/** A thread as other rules see it: its face in lists, and what they say. */
export type Reassessed = {
  readonly matter: Matter
  readonly version: number
  readonly gist: readonly GistPart[]
  readonly subjectShielded: boolean
  readonly messageId: string
  readonly assessed: Assessed
  readonly event: Event
}

export type Reassessments = {
  /** Threads with a place in the queue after that one, in the order of ids. */
  open(after: string, limit: number): Promise<string[]>
  /** The thread's newest assessment, where other rules made it and nobody has decided on it. */
  stale(threadId: string, ruleSet: string): Promise<StaleThread | null>
  /** Puts the new assessment in place, or throws `StaleWrite` and changes nothing. */
  commit(reassessed: Reassessed): Promise<void>
  /** Moves the figures on; throws `StaleWrite` where another process did. */
  advance(reign: Reign, to: Partial<Reign>): Promise<void>
}

export function reassessmentsIn(core: Core): Reassessments {
  const { db } = core
  return {
    async open(after, limit) {
      const rows = await db
        .select({ id: threads.id })
        .from(threads)
        .where(and(gt(threads.id, after), lt(threads.rank, rankOutside)))
        .orderBy(asc(threads.id))
        .limit(limit)
      return rows.map(({ id }) => id)
    },
    stale: (threadId, ruleSet) => stale(db, threadId, ruleSet),
    commit: (reassessed) => commit(core, reassessed),
    advance: (reign, to) =>
      core.write((tx) => [
        tx
          .update(ruleReigns)
          .set(to)
          .where(and(eq(ruleReigns.place, reign.place), eq(ruleReigns.cursor, reign.cursor)))
          .returning({ place: ruleReigns.place }),
      ]),
  }
}

async function stale(db: Db, threadId: string, ruleSet: string): Promise<StaleThread | null> {
  const { id, revision, rank } = threads
  const newest = and(eq(assessments.threadId, id), eq(assessments.revision, revision))
  const [row] = await db
    .select({ threadId: id, messageId: assessments.messageId, ruleSet: assessments.ruleSet })
    .from(threads)
    .innerJoin(assessments, newest)
    .where(and(eq(id, threadId), lt(rank, rankOutside), eq(assessments.muted, false)))
    .limit(1)
  if (!row || row.ruleSet === ruleSet) return null
  const [decided] = await db
    .select({ id: decisions.id })
    .from(decisions)
    .innerJoin(threads, and(eq(id, decisions.threadId), eq(revision, decisions.revision)))
    .where(eq(id, threadId))
  return decided ? null : { threadId: row.threadId, messageId: row.messageId }
}

function commit(core: Core, reassessed: Reassessed): Promise<void> {
  const { matter, version, gist, subjectShielded, messageId, assessed, event } = reassessed
  const { id, revision } = matter.thread
  const { result, read } = assessed
  const { ruleSet, severity } = result
  const row = { ruleSet, severity, read: [...read], result }
  const face = { gist: [...gist], subjectShielded, version: version + 1 }
  return core.commit([event], (tx) => [
    tx
      .update(threads)
      .set({ ...threadColumns(matter), ...face })
      .where(and(eq(threads.id, id), eq(threads.version, version)))
      .returning({ id: threads.id }),
    tx
      .update(assessments)
      .set(row)
      .where(
        and(
          eq(assessments.messageId, messageId),
          eq(assessments.threadId, id),
          eq(assessments.revision, revision),
          ne(assessments.ruleSet, ruleSet),
        ),
      )
      .returning({ id: assessments.messageId }),
  ])
}
