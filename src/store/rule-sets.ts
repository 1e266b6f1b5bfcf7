import { count, desc, eq, lt } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import { rankOutside } from '../domain/matter.ts'
import type { PolicySource, RuleContent, RuleOverlay } from '../domain/rule-change.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db, Write } from './engine.ts'
import { pack, unpackAside } from './packing.ts'
import { sha256 } from './sealing.ts'
import { ruleDesk, ruleFiles, ruleReigns, ruleSets, threads } from './tables.ts'

/** A rule set's time in force, and how far open threads were assessed anew by it. */
export type Reign = typeof ruleReigns.$inferSelect

/** A rule set as lists show it. */
export type KeptRuleSet = {
  readonly id: string
  readonly filesId: string
  readonly overlays: readonly RuleOverlay[]
  readonly madeAt: Instant
}

/** A rule set that comes into force, over the one that was. */
export type Succession = {
  readonly ruleSet: string
  readonly content: RuleContent
  /** Hash of the files on the disk. */
  readonly filesId: string
  /** The place of the reign that ends; 0 before the first. */
  readonly after: number
  readonly proposalId: string | null
  readonly by: string | null
  readonly at: Instant
}

/** What is wrong with the files on the disk, while the last good version goes on. */
export type RuleTrouble = { readonly words: readonly string[]; readonly at: Instant }

export type RuleSets = {
  current(): Promise<Reign | null>
  /** Newest first. */
  reigns(limit: number): Promise<Reign[]>
  find(id: string): Promise<KeptRuleSet | null>
  /** All that a rule set is made of; null where it is not kept. */
  content(id: string): Promise<RuleContent | null>
  /** Keeps a rule set that assesses mail, if it is not kept already. */
  keep(ruleSet: string, content: RuleContent, at: Instant): Promise<void>
  /** Puts a rule set in force, with the event that says so; throws `StaleWrite` where another one came first. */
  succeed(succession: Succession): Promise<void>
  trouble(): Promise<RuleTrouble | null>
  /** Notes what is wrong with the files, or that nothing is. */
  note(words: readonly string[] | null, at: Instant): Promise<void>
}

/** What a bundle of policy files is kept under. */
export function filesIdOf(files: readonly PolicySource[]): string {
  return sha256(JSON.stringify(files))
}

export function ruleSetsIn(core: Core): RuleSets {
  const { db } = core
  return {
    async current() {
      const [row] = await db.select().from(ruleReigns).orderBy(desc(ruleReigns.place)).limit(1)
      return row ?? null
    },
    reigns: (limit) =>
      Promise.resolve(db.select().from(ruleReigns).orderBy(desc(ruleReigns.place)).limit(limit)),
    find: (id) => find(db, id),
    async content(id) {
      const kept = await find(db, id)
      if (!kept) return null
      const [row] = await db.select().from(ruleFiles).where(eq(ruleFiles.id, kept.filesId))
      if (!row) throw new Error(`the files of rule set ${id} are missing: the database is damaged`)
      const files = JSON.parse((await unpackAside(row.bytes)).toString()) as PolicySource[]
      return { files, overlays: kept.overlays }
    },
    async keep(ruleSet, content, at) {
      const missing = await missingRows(db, ruleSet, content, at)
      if (missing.rows > 0) await core.write(missing.writes)
    },
    succeed: (succession) => succeed(core, succession),
    async trouble() {
      const [row] = await db.select().from(ruleDesk)
      return row?.trouble && row.troubleAt ? { words: row.trouble, at: row.troubleAt } : null
    },
    async note(words, at) {
      const row = { trouble: words && [...words], troubleAt: words && at }
      await core.write((tx) => [deskWrite(tx, row)])
    },
  }
}

async function find(db: Db, id: string): Promise<KeptRuleSet | null> {
  const [row] = await db.select().from(ruleSets).where(eq(ruleSets.id, id))
  return row ?? null
}

/** What is said of the desk; the row is made when it is first needed. */
export function deskWrite(tx: Db, said: Partial<typeof ruleDesk.$inferInsert>): Write {
  return tx
    .insert(ruleDesk)
    .values({ id: 1, seq: 0, ...said })
    .onConflictDoUpdate({ target: ruleDesk.id, set: said })
    .returning({ id: ruleDesk.id })
}

/** The rows of a rule set that are not there yet; another process may add the same ones. */
async function missingRows(db: Db, id: string, { files, overlays }: RuleContent, madeAt: Instant) {
  const filesId = filesIdOf(files)
  const known = await find(db, id)
  const [bundle] = await db
    .select({ id: ruleFiles.id })
    .from(ruleFiles)
    .where(eq(ruleFiles.id, filesId))
  const row = { id, filesId, overlays: [...overlays], madeAt }
  // An update of nothing: whoever comes second finds what they wanted to write.
  const bytes = bundle ? null : pack(Buffer.from(JSON.stringify(files)))
  const writes = (tx: Db): Write[] => [
    ...(bytes === null
      ? []
      : [
          tx
            .insert(ruleFiles)
            .values({ id: filesId, bytes })
            .onConflictDoUpdate({ target: ruleFiles.id, set: { id: filesId } })
            .returning({ id: ruleFiles.id }),
        ]),
    ...(known
      ? []
      : [
          tx
            .insert(ruleSets)
            .values(row)
            .onConflictDoUpdate({ target: ruleSets.id, set: { id } })
            .returning({ id: ruleSets.id }),
        ]),
  ]
  return { rows: (bytes === null ? 0 : 1) + (known ? 0 : 1), writes }
}

/** The event and the rows of a succession, for whoever commits more with it. */
export async function successionWrites(
  { db }: Core,
  { ruleSet, content, filesId, after, proposalId, by, at }: Succession,
): Promise<(tx: Db) => Write[]> {
  const kept = await missingRows(db, ruleSet, content, at)
  const total = await openThreads(db)
  const progress = { cursor: '', total, looked: 0, changed: 0, finishedAt: null }
  const reign = { place: after + 1, ruleSet, filesId, proposalId, by, at, ...progress }
  return (tx) => [
    ...kept.writes(tx),
    tx
      .insert(ruleReigns)
      .values(reign)
      .onConflictDoNothing()
      .returning({ place: ruleReigns.place }),
  ]
}

async function succeed(core: Core, succession: Succession): Promise<void> {
  const { ruleSet, filesId: filesSha256, proposalId, by, at } = succession
  const event: Event = { kind: 'rule_set_in_force', at, by, ruleSet, proposalId, filesSha256 }
  const writes = await successionWrites(core, succession)
  await core.commit([event], writes)
}

/** Threads with a place in the queue: those that rules of now have something to say of. */
async function openThreads(db: Db): Promise<number> {
  const [row] = await db.select({ n: count() }).from(threads).where(lt(threads.rank, rankOutside))
  return row?.n ?? 0
}
