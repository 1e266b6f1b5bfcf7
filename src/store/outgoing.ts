import { and, asc, eq, lte } from 'drizzle-orm'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { StaleWrite } from './engine.ts'
import { pack, unpackAside } from './packing.ts'
import { writtenLetterOf } from './rows.ts'
import { sha256 } from './sealing.ts'
import { letters, messages, outgoing, raws, threads } from './tables.ts'
import type { WrittenLetter } from './threads.ts'

/** A mail as it leaves. */
export type OutgoingBytes = { readonly sha256: string; readonly bytes: Buffer }

/** A letter with what is known of its traces, and the mailbox that it went out from. */
export type Trail = {
  readonly letter: WrittenLetter
  readonly mailboxId: string
  readonly copyAttempts: number
  readonly looks: number
}

/** A stored mail of a letter's thread, as far as it may speak of the letter. */
export type Mention = {
  readonly id: string
  readonly messageId: string | null
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
}

export type Outgoing = {
  /** The letter's bytes, made once and kept: what is tried again is the same mail. */
  bytesOf(letterId: string): Promise<OutgoingBytes | null>
  /** Keeps them, unless somebody else was faster; gives what is kept. */
  keep(letterId: string, bytes: Buffer, at: Instant): Promise<OutgoingBytes>
  /** Sent letters whose copy is due, the longest first. */
  copiesDue(at: Instant, limit: number): Promise<Trail[]>
  copied(letterId: string): Promise<void>
  /** Without a time there is no other try. */
  notCopied(letterId: string, again: Instant | null, why: string): Promise<void>
  /** Letters of unknown result. */
  uncertain(): Promise<Trail[]>
  /** Those among them whose Sent folder is due to be looked through. */
  looksDue(at: Instant, limit: number): Promise<Trail[]>
  looked(letterId: string, again: Instant): Promise<void>
  /** How often was looked, and what keeps a copy away; null where the bytes were never made. */
  traceOf(letterId: string): Promise<{ readonly looks: number; readonly trouble: string } | null>
  /** What the thread's mails name. */
  mentions(threadId: string): Promise<Mention[]>
}

export function outgoingIn(core: Core): Outgoing {
  const { db } = core
  const change = (letterId: string, row: Partial<typeof outgoing.$inferInsert>) =>
    core.write((tx) => [
      tx.update(outgoing).set(row).where(eq(outgoing.id, letterId)).returning({ id: outgoing.id }),
    ])
  return {
    bytesOf: (letterId) => keptBytes(db, letterId),
    keep: (letterId, bytes, at) => keep(core, letterId, bytes, at),
    copiesDue: (at, limit) => copiesDue(db, at, limit),
    copied: (letterId) => change(letterId, { copy: 'kept', copyTrouble: '' }),
    async notCopied(letterId, again, why) {
      const [row] = await db.select().from(outgoing).where(eq(outgoing.id, letterId))
      const copyAttempts = (row?.copyAttempts ?? 0) + 1
      const next = again === null ? { copy: 'left' as const } : { copyAt: again }
      await change(letterId, { ...next, copyAttempts, copyTrouble: why })
    },
    uncertain: () => trails(db, null),
    looksDue: async (at, limit) => (await trails(db, at)).slice(0, limit),
    async looked(letterId, again) {
      const [row] = await db.select().from(outgoing).where(eq(outgoing.id, letterId))
      await change(letterId, { looks: (row?.looks ?? 0) + 1, lookAt: again })
    },
    async traceOf(letterId) {
      const [row] = await db.select().from(outgoing).where(eq(outgoing.id, letterId))
      return row ? { looks: row.looks, trouble: row.copyTrouble } : null
    },
    async mentions(threadId) {
      const { id, messageId, inReplyTo, references } = messages
      return db
        .select({ id, messageId, inReplyTo, references })
        .from(messages)
        .where(eq(messages.threadId, threadId))
    },
  }
}

async function keep(
  { db, write }: Core,
  id: string,
  bytes: Buffer,
  at: Instant,
): Promise<OutgoingBytes> {
  const name = sha256(bytes)
  const raw = { sha256: name, size: bytes.length, bytes: pack(bytes) }
  const row = { id, rawSha256: name, copyAt: at, lookAt: at }
  try {
    await write((tx) => [
      tx.insert(raws).values(raw).returning({ id: raws.sha256 }),
      tx.insert(outgoing).values(row).returning({ id: outgoing.id }),
    ])
  } catch (error) {
    // Somebody else made them first: theirs are the letter's.
    if (!(error instanceof StaleWrite)) throw error
  }
  const kept = await keptBytes(db, id)
  if (!kept) throw new Error(`the bytes of letter ${id} are not kept: nothing is sent`)
  return kept
}

async function keptBytes(db: Core['db'], letterId: string): Promise<OutgoingBytes | null> {
  const [row] = await db
    .select({ sha256: raws.sha256, bytes: raws.bytes })
    .from(outgoing)
    .innerJoin(raws, eq(raws.sha256, outgoing.rawSha256))
    .where(eq(outgoing.id, letterId))
  return row && row.bytes.length > 0
    ? { sha256: row.sha256, bytes: await unpackAside(row.bytes) }
    : null
}

const trail = {
  letter: letters,
  mailboxId: threads.mailboxId,
  copyAttempts: outgoing.copyAttempts,
  looks: outgoing.looks,
}

async function copiesDue(db: Core['db'], at: Instant, limit: number): Promise<Trail[]> {
  const due = and(eq(outgoing.copy, 'due'), lte(outgoing.copyAt, at), eq(letters.state, 'sent'))
  const rows = await db
    .select(trail)
    .from(outgoing)
    .innerJoin(letters, eq(letters.id, outgoing.id))
    .innerJoin(threads, eq(threads.id, letters.threadId))
    .where(due)
    .orderBy(asc(outgoing.copyAt))
    .limit(limit)
  return rows.map((row) => ({ ...row, letter: writtenLetterOf(row.letter) }))
}

/** Few: all of them, or those whose time to look has come. */
async function trails(db: Core['db'], at: Instant | null): Promise<Trail[]> {
  const due = at === null ? undefined : lte(outgoing.lookAt, at)
  const rows = await db
    .select(trail)
    .from(letters)
    .innerJoin(outgoing, eq(outgoing.id, letters.id))
    .innerJoin(threads, eq(threads.id, letters.threadId))
    .where(and(eq(letters.state, 'uncertain'), due))
    .orderBy(asc(letters.id))
  return rows.map((row) => ({ ...row, letter: writtenLetterOf(row.letter) }))
}
