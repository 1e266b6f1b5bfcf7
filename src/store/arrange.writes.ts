import { and, eq, inArray } from 'drizzle-orm'
import type { GistPart } from '../domain/assessment.ts'
import type { Matter } from '../domain/matter.ts'
import { referencePlace } from '../domain/reference.ts'
import type { Instant } from '../domain/time.ts'
import type { Arrangement } from './arrange.ts'
import type { Db, Write } from './engine.ts'
import { alerts, assessments, messages, threads } from './tables.ts'
import type { Assessed } from './threads.ts'
import { threadColumns } from './writes.ts'

/** One of the two threads as it is after mails came or went by hand. */
export type Rearranged = {
  readonly matter: Matter
  /** Null for a thread that begins with it. */
  readonly version: number | null
  readonly subject: string
  /** Empty where the thread has no mail left: nothing is found by its subject then. */
  readonly subjectKey: string
  readonly subjectShielded: boolean
  readonly gist: readonly GistPart[]
  readonly messageCount: number
  readonly waitingSince: Instant
  readonly lastAt: Instant
  /** What the rules say now, kept with the newest mail that somebody must read. */
  readonly assessed: (Assessed & { readonly messageId: string }) | null
}

/** What of the moved mails has rows to be moved along. */
export type There = {
  readonly assessments: ReadonlySet<string>
  readonly alerts: ReadonlySet<string>
}

/** Ids of one statement: below what either database takes. */
const idsPerUpdate = 1_000

/**
 * The rows of a move. The thread that takes comes first and the one that gives last: a thread that
 * was joined into another one holds no mail at any time.
 */
export function arrangementWrites(
  tx: Db,
  { from, to, messageIds }: Arrangement,
  there: There,
): Write[] {
  const [source, target] = [from.matter.thread.id, to.matter.thread.id]
  return [
    threadWrite(tx, to),
    ...inPieces(messageIds, (ids) =>
      tx
        .update(messages)
        .set({ threadId: target })
        .where(and(inArray(messages.id, ids), eq(messages.threadId, source)))
        .returning({ id: messages.id }),
    ),
    ...followingWrites(tx, messageIds, target, there),
    ...assessmentWrite(tx, to, there),
    ...assessmentWrite(tx, from, there),
    threadWrite(tx, from),
  ]
}

/** What belongs to a mail goes where it goes. */
function followingWrites(
  tx: Db,
  moved: readonly string[],
  threadId: string,
  there: There,
): Write[] {
  const alerted = moved.filter((id) => there.alerts.has(id))
  const judged = moved.filter((id) => there.assessments.has(id))
  return [
    ...inPieces(alerted, (ids) =>
      tx
        .update(alerts)
        .set({ threadId })
        .where(inArray(alerts.messageId, ids))
        .returning({ id: alerts.id }),
    ),
    // What was said of them before belongs to no revision of their new thread.
    ...inPieces(judged, (ids) =>
      tx
        .update(assessments)
        .set({ threadId, revision: 0 })
        .where(inArray(assessments.messageId, ids))
        .returning({ id: assessments.messageId }),
    ),
  ]
}

function inPieces(ids: readonly string[], write: (piece: string[]) => Write): Write[] {
  const writes: Write[] = []
  for (let from = 0; from < ids.length; from += idsPerUpdate) {
    writes.push(write(ids.slice(from, from + idsPerUpdate)))
  }
  return writes
}

function threadWrite(tx: Db, { version, assessed: _, matter, gist, ...face }: Rearranged): Write {
  const { id, mailboxId, senderId } = matter.thread
  const row = { ...face, ...threadColumns(matter), gist: [...gist], version: (version ?? 0) + 1 }
  if (version === null) {
    const reference = referencePlace(id)
    return tx
      .insert(threads)
      .values({ ...row, id, mailboxId, senderId, reference })
      .returning({ id: threads.id })
  }
  return tx
    .update(threads)
    .set(row)
    .where(and(eq(threads.id, id), eq(threads.version, version)))
    .returning({ id: threads.id })
}

function assessmentWrite(tx: Db, { assessed, matter }: Rearranged, there: There): Write[] {
  if (!assessed) return []
  const { messageId, result, read } = assessed
  const { id: threadId, revision } = matter.thread
  const { ruleSet, severity } = result
  const row = { threadId, revision, muted: false, ruleSet, severity, read: [...read], result }
  const known = there.assessments.has(messageId)
  return [
    known
      ? tx
          .update(assessments)
          .set(row)
          .where(eq(assessments.messageId, messageId))
          .returning({ id: assessments.messageId })
      : tx
          .insert(assessments)
          .values({ ...row, messageId })
          .returning({ id: assessments.messageId }),
  ]
}
