import { isDeepStrictEqual } from 'node:util'
import { asc, count, eq, gt } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db, Engine, Write } from './engine.ts'
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
type Kept = { readonly name: string; readonly table: SQLiteTable; readonly key: SQLiteColumn }

/** Rows read and written at a time; original mails are large, so that memory stays flat. */
const pageSize = 200
const rawsPageSize = 20

/** Tables whose rows hold whole files. */
const withBytes = ['raws', 'uploads', 'incidentPictures']

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

function keptAs(name: (typeof order)[number]): Kept {
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: every table is gone through by name.
  const table = tables[name]
  const key = 'id' in table ? table.id : keys[name]
  if (!key) throw new Error(`table ${name} has no key to be read by`)
  return { name, table, key }
}

/** Keys of the tables whose key has another name than `id`. */
const keys: Partial<Record<(typeof order)[number], SQLiteColumn>> = {
  totps: tables.totps.personId,
  senderAddresses: tables.senderAddresses.address,
  senderMembers: tables.senderMembers.senderId,
  senderLabels: tables.senderLabels.senderId,
  raws: tables.raws.sha256,
  measureTerms: tables.measureTerms.measureId,
  representatives: tables.representatives.address,
  pictureSenders: tables.pictureSenders.senderId,
  assessments: tables.assessments.messageId,
  searchTexts: tables.searchTexts.messageId,
  ruleReigns: tables.ruleReigns.place,
  events: tables.events.seq,
}

async function moveTable(from: Db, to: Engine, kept: Kept): Promise<number> {
  let rows = 0
  for await (const page of pagesOf(from, kept)) {
    await to.atomically((tx) => writesFor(tx, kept, page))
    rows += page.length
  }
  return rows
}

function writesFor(tx: Db, { name, table, key }: Kept, page: readonly Row[]): Write[] {
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

async function* pagesOf(db: Db, { name, table, key }: Kept): AsyncIterable<Row[]> {
  const limit = withBytes.includes(name) ? rawsPageSize : pageSize
  for (let last: unknown = null; ; ) {
    const page = (await db
      .select()
      .from(table)
      .where(last === null ? undefined : gt(key, last))
      .orderBy(asc(key))
      .limit(limit)) as Row[]
    if (page.length === 0) return
    yield page
    last = page.at(-1)?.[propertyOf(table, key)]
  }
}

/** The name that a column's value has in a row. */
function propertyOf(table: SQLiteTable, key: SQLiteColumn): string {
  const found = Object.entries(table).find(([, column]) => column === key)
  if (!found) throw new Error(`column ${key.name} is not in its table`)
  return found[0]
}

async function compare(from: Db, to: Db, kept: Kept): Promise<void> {
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
