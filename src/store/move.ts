import { isDeepStrictEqual } from 'node:util'
import { count, eq } from 'drizzle-orm'
import type { Db, Engine, Write } from './engine.ts'
import { type KeptTable, keptAs, pagesOf, propertyOf } from './kept.ts'
import * as tables from './tables.ts'

/** Rows carried, by table, in the order in which they went. */
export type Moved = ReadonlyMap<string, number>

/** A database that cannot be moved, or whose copy differs; nothing at the source was changed. */
export class MoveError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MoveError'
  }
}

type Row = Record<string, unknown>

/**
 * Every table in the order that foreign keys and guards ask for: a decision rests on reviews, a
 * measure in force on its letter. Leases and presences stay: they belong to processes and pages.
 */
export const order = [
  'people',
  'sessions',
  'totps',
  'recoveryCodes',
  'passkeys',
  'externalIds',
  'invitations',
  'grants',
  'staffMails',
  'mailboxes',
  'folders',
  'senders',
  'senderAddresses',
  'senderJoins',
  'senderMembers',
  'senderNotes',
  'pictureSenders',
  'senderLabels',
  'trustedServers',
  'raws',
  'threads',
  'messages',
  'attachments',
  'leads',
  'assessments',
  'searchTexts',
  'searchState',
  'reviews',
  'decisions',
  'letters',
  'outgoing',
  'templateProposals',
  'apiTokens',
  'letterVersions',
  'uploads',
  'drafts',
  'snippets',
  'signatures',
  'notes',
  'mentions',
  'absences',
  'savedViews',
  'automaticAssignments',
  'passes',
  'careTasks',
  'careNotes',
  'consultations',
  'consultationWords',
  'drills',
  'drillCases',
  'trainings',
  'measures',
  'measureTerms',
  'objections',
  'digests',
  'representatives',
  'mutedMoves',
  'alerts',
  'exposures',
  'incidents',
  'incidentPictures',
  'incidentReviews',
  'incidentDecisions',
  'ruleFiles',
  'ruleSets',
  'ruleProposals',
  'ruleReigns',
  'ruleTrials',
  'ruleHits',
  'ruleDesk',
  'notifications',
  'toldSettings',
  'toldDesk',
  'webhooks',
  'webhookDeliveries',
  'events',
  'holds',
  'retentionRules',
  'deletionRequests',
  'disclosureRequests',
  'policyVersions',
  'policyConfirmations',
  'checkpoints',
] as const satisfies readonly (keyof typeof tables)[]

/**
 * Carries everything into an empty database, engine to engine, and compares it row by row. The
 * guards of the target hold all the while. Throws `MoveError` where the target is not empty, where
 * somebody writes to the source meanwhile, or where a row arrived otherwise than it left.
 */
export async function moveAll(
  from: Engine,
  to: Engine,
  say: (table: string, rows: number) => void,
): Promise<Moved> {
  await refuseUnlessEmpty(to)
  const before = await headOf(from.db)
  const moved = new Map<string, number>()
  for (const name of order) {
    const rows = await moveTable(from.db, to, keptAs(name))
    moved.set(name, rows)
    say(name, rows)
  }
  await moveChain(to, before)
  if (!isDeepStrictEqual(before, await headOf(from.db))) {
    throw new MoveError('the source was written to meanwhile: stop its processes, empty the target')
  }
  for (const name of order) await compare(from.db, to.db, keptAs(name))
  return moved
}

async function moveTable(from: Db, to: Engine, kept: KeptTable): Promise<number> {
  let rows = 0
  for await (const page of pagesOf(from, kept)) {
    await to.atomically((tx) => writesFor(tx, kept, page))
    rows += page.length
  }
  return rows
}

function writesFor(tx: Db, { name, table, key }: KeptTable, page: readonly Row[]): Write[] {
  if (name === 'measures') return page.flatMap((row) => measureWrites(tx, row))
  return [
    tx
      .insert(table)
      .values([...page])
      .returning({ key }),
  ]
}

/** A measure begins as a proposal also here: the guards ask for that order of things. */
function measureWrites(tx: Db, row: Row): Write[] {
  const { measures } = tables
  const full = row as typeof measures.$inferInsert
  const { id, state } = full
  return [
    tx
      .insert(measures)
      .values({ ...full, state: 'proposed' })
      .returning({ id: measures.id }),
    tx.update(measures).set({ state }).where(eq(measures.id, id)).returning({ id: measures.id }),
  ]
}

async function moveChain(to: Engine, head: { seq: number; hash: string }): Promise<void> {
  const { chain } = tables
  await to.atomically((tx) => [
    tx.update(chain).set(head).where(eq(chain.seq, 0)).returning({ id: chain.id }),
  ])
}

async function compare(from: Db, to: Db, kept: KeptTable): Promise<void> {
  const copies = pagesOf(to, kept)[Symbol.asyncIterator]()
  const property = propertyOf(kept.table, kept.key)
  for await (const page of pagesOf(from, kept)) {
    const { value: copy = [] } = await copies.next()
    for (const [at, row] of page.entries()) {
      if (isDeepStrictEqual(row, copy[at])) continue
      throw new MoveError(`${kept.name} ${row[property]} arrived otherwise than it left: see both`)
    }
  }
  if (!(await copies.next()).done) throw new MoveError(`${kept.name} has more rows than it had`)
}

async function refuseUnlessEmpty({ db }: Engine): Promise<void> {
  const { seq } = await headOf(db)
  const [people] = await db.select({ n: count() }).from(tables.people)
  if (seq === 0 && people?.n === 0) return
  throw new MoveError('the target is not empty: name a new database')
}

async function headOf(db: Db): Promise<{ seq: number; hash: string }> {
  const { seq, hash } = tables.chain
  const [head] = await db.select({ seq, hash }).from(tables.chain)
  if (!head) throw new MoveError('the event chain has no head: the database is damaged')
  return head
}
