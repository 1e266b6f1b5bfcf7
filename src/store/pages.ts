import { and, count, desc, eq, gte, inArray, lt, lte, ne, or, type SQL } from 'drizzle-orm'
import type { Category, Flag, Severity } from '../domain/category.ts'
import type { Decision } from '../domain/decision.ts'
import type { LetterKind, MeasureKind } from '../domain/event.ts'
import type { LetterState } from '../domain/letter.ts'
import type { QueueState } from '../domain/matter.ts'
import type { Reach } from '../domain/person.ts'
import type { MeasureState } from '../domain/sender.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { besideOf } from './measure-terms.ts'
import type { MeasureRecord } from './measures.ts'
import { type IncidentEntry, listIncidents, type WhichIncidents } from './pages.incidents.ts'
import { type ChainLink, linksAfter } from './pages.links.ts'
import { listSenders, type SenderEntry, type WhichSenders } from './pages.senders.ts'
import { inReach, ofReach } from './reach.ts'
import { decisionOf, measureOf, writtenLetterOf } from './rows.ts'
import { decisions, letters, measures, senders, threads } from './tables.ts'
import type { WrittenLetter } from './threads.ts'

/** A thread as a program lists it: no word of the customer's but the subject, if harmless. */
export type ThreadLine = {
  readonly id: string
  readonly mailboxId: string
  readonly senderId: string
  /** Null where the subject itself is shielded, or of a muted mail. */
  readonly subject: string | null
  readonly state: QueueState
  readonly revision: number
  readonly severity: Severity
  readonly categories: readonly Category[]
  readonly flags: readonly Flag[]
  readonly urgent: boolean
  readonly messageCount: number
  readonly waitingSince: Instant
  readonly lastAt: Instant
  /** The thread that holds its mail now; null where it still does itself. */
  readonly joinedInto: string | null
}

export type ThreadFilter = {
  readonly id?: string | undefined
  readonly state?: QueueState | undefined
  readonly mailboxId?: string | undefined
  readonly senderId?: string | undefined
  /** At least so severe. */
  readonly severity?: number | undefined
  /** Whose newest mail came at that instant or later. */
  readonly since?: Instant | undefined
  readonly withMuted: boolean
}

export type DecisionEntry = Decision & { readonly threadId: string; readonly at: Instant }

/** Where a page of threads goes on: behind that thread. */
export type ThreadKey = { readonly at: Instant; readonly id: string }

/** Lists by key, for programs: each page goes on where the last one ended, whatever was added. */
export type Pages = {
  /** The newest mail first. */
  threads(filter: ThreadFilter, after: ThreadKey | null, limit: number): Promise<ThreadLine[]>
  /** The lists below: the newest id first; `before` is the last id of the page before. */
  senders(which: WhichSenders, limit: number): Promise<SenderEntry[]>
  decisions(before: string | null, limit: number): Promise<DecisionEntry[]>
  measures(
    filter: {
      readonly state?: MeasureState | undefined
      readonly kind?: MeasureKind | undefined
      readonly senderId?: string | undefined
    },
    before: string | null,
    limit: number,
  ): Promise<MeasureRecord[]>
  letters(
    filter: {
      readonly state?: LetterState | undefined
      readonly kind?: LetterKind | undefined
      readonly threadId?: string | undefined
    },
    before: string | null,
    limit: number,
  ): Promise<WrittenLetter[]>
  incidents(which: WhichIncidents, before: string | null, limit: number): Promise<IncidentEntry[]>
  /** How many letters are in each state that somebody has to look after. */
  letterCounts(): Promise<ReadonlyMap<LetterState, number>>
  /** The chain of events from a number on; what lies out of reach is there by its hashes only. */
  links(after: number, limit: number): Promise<ChainLink[]>
}

export function pagesIn(core: Core, reach: Reach = 'all'): Pages {
  const { db } = core
  return {
    threads: (filter, after, limit) => listThreads(db, reach, filter, after, limit),
    senders: (which, limit) => listSenders(db, reach, which, limit),
    async decisions(before, limit) {
      const rows = await db
        .select()
        .from(decisions)
        .where(
          and(
            before ? lt(decisions.id, before) : undefined,
            ofReach(db, decisions.threadId, reach),
          ),
        )
        .orderBy(desc(decisions.id))
        .limit(limit)
      return rows.map((row) => ({ ...decisionOf(row), threadId: row.threadId, at: row.at }))
    },
    measures: (filter, before, limit) => listMeasures(db, reach, filter, before, limit),
    letters: (filter, before, limit) => listLetters(db, reach, filter, before, limit),
    incidents: (which, before, limit) => listIncidents(core, reach, which, before, limit),
    async letterCounts() {
      const rows = await db
        .select({ state: letters.state, n: count() })
        .from(letters)
        .where(and(inArray(letters.state, open), ofReach(db, letters.threadId, reach)))
        .groupBy(letters.state)
      return new Map(rows.map(({ state, n }) => [state, n]))
    },
    links: (after, limit) => linksAfter(db, reach, after, limit),
  }
}

const open: LetterState[] = ['awaiting_approval', 'queued', 'sending', 'uncertain']

async function listThreads(
  db: Core['db'],
  reach: Reach,
  filter: ThreadFilter,
  after: ThreadKey | null,
  limit: number,
): Promise<ThreadLine[]> {
  const rows = await db
    .select()
    .from(threads)
    .where(and(...conditions(filter), after ? behind(after) : undefined, inReach(reach)))
    .orderBy(desc(threads.lastAt), desc(threads.id))
    .limit(limit)
  return rows.map((row) => {
    const { id, mailboxId, senderId, state, revision, severity, categories, flags } = row
    const { urgent, messageCount, waitingSince, lastAt, joinedInto } = row
    const subject = row.subjectShielded || state === 'muted' ? null : row.subject
    const said = { severity, categories, flags, urgent }
    const times = { messageCount, waitingSince, lastAt }
    return { id, mailboxId, senderId, subject, state, revision, ...said, ...times, joinedInto }
  })
}

function conditions(filter: ThreadFilter): (SQL | undefined)[] {
  const { id, state, mailboxId, senderId, severity, since, withMuted } = filter
  return [
    id === undefined ? undefined : eq(threads.id, id),
    state === undefined ? undefined : eq(threads.state, state),
    mailboxId === undefined ? undefined : eq(threads.mailboxId, mailboxId),
    senderId === undefined ? undefined : eq(threads.senderId, senderId),
    severity === undefined ? undefined : gte(threads.severity, severity as Severity),
    since === undefined ? undefined : gte(threads.lastAt, since),
    withMuted ? undefined : ne(threads.state, 'muted'),
  ]
}

/** The first half lets the index of times begin at the right place. */
function behind({ at, id }: ThreadKey): SQL | undefined {
  return and(lte(threads.lastAt, at), or(lt(threads.lastAt, at), lt(threads.id, id)))
}

async function listMeasures(
  db: Core['db'],
  reach: Reach,
  { state, kind, senderId }: Parameters<Pages['measures']>[0],
  before: string | null,
  limit: number,
): Promise<MeasureRecord[]> {
  const rows = await db
    .select({ measure: measures, senderName: senders.name })
    .from(measures)
    .innerJoin(senders, eq(senders.id, measures.senderId))
    .where(
      and(
        state ? eq(measures.state, state) : undefined,
        kind ? eq(measures.kind, kind) : undefined,
        senderId ? eq(measures.senderId, senderId) : undefined,
        before ? lt(measures.id, before) : undefined,
        ofReach(db, measures.threadId, reach),
      ),
    )
    .orderBy(desc(measures.id))
    .limit(limit)
  const beside = await besideOf(
    db,
    rows.map(({ measure }) => measure.id),
  )
  return rows.map(({ measure, senderName }) => {
    const { senderId, proposedAt } = measure
    return { ...measureOf(measure, beside(measure.id)), senderId, senderName, proposedAt }
  })
}

async function listLetters(
  db: Core['db'],
  reach: Reach,
  { state, kind, threadId }: Parameters<Pages['letters']>[0],
  before: string | null,
  limit: number,
): Promise<WrittenLetter[]> {
  const rows = await db
    .select()
    .from(letters)
    .where(
      and(
        state ? eq(letters.state, state) : undefined,
        kind ? eq(letters.kind, kind) : undefined,
        threadId ? eq(letters.threadId, threadId) : undefined,
        before ? lt(letters.id, before) : undefined,
        ofReach(db, letters.threadId, reach),
      ),
    )
    .orderBy(desc(letters.id))
    .limit(limit)
  return rows.map(writtenLetterOf)
}
