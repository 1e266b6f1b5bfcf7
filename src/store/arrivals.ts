import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Assessment } from '../domain/assessment.ts'
import type { Event } from '../domain/event.ts'
import type { Cursor, ParsedMail } from '../domain/mail.ts'
import type { Instant } from '../domain/time.ts'
import { arrivalWrites } from './arrivals.writes.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import type { FiledThread } from './filed.ts'
import type { MutedMove } from './muted-moves.ts'
import { noBytes } from './packing.ts'
import { letters, messages, raws, senderAddresses } from './tables.ts'

/** One mail that is about to be stored, with everything that was found out about it. */
export type Arrival = {
  readonly id: string
  readonly threadId: string
  readonly direction: 'in' | 'out'
  readonly rawSha256: string
  readonly rawSize: number
  /** Its place in the folder that it was fetched from; null where it came from elsewhere. */
  readonly uid: number | null
  /** The original bytes, zstd; null where the same bytes are kept already. */
  readonly packed: Uint8Array | null
  /** What search finds it by. */
  readonly terms: string
  readonly mail: ParsedMail
  readonly fromAddress: string
  readonly fromName: string
  readonly sentAt: string
  readonly receivedAt: string
  readonly mutedBy: string | null
  readonly revision: number
  /** What later mail may be recognised by: Message-IDs it awaits, numbers of a partner's tickets. */
  readonly leads: readonly string[]
  readonly assessed: { readonly result: Assessment; readonly read: readonly string[] } | null
}

/** A thread that a batch touches: loaded at a version, or new (null). */
export type TouchedThread = FiledThread & { readonly version: number | null }

export type NewSender = {
  readonly id: string
  readonly name: string
  /** Empty where the mail names no address. */
  readonly address: string
  readonly createdAt: string
}

/** How far a batch moves a folder on. */
export type FolderStep = {
  readonly folderId: string
  /** When the server gave these mails. */
  readonly at: Instant
  readonly from: Cursor
  readonly to: Cursor
  /** Mails that the server still has above `to`. */
  readonly remaining: number
}

export type Batch = {
  readonly mailboxId: string
  readonly arrivals: readonly Arrival[]
  readonly threads: readonly TouchedThread[]
  readonly senders: readonly NewSender[]
  readonly events: readonly Event[]
  /** Where the folder was read up to before and after; null for an import. */
  readonly step: FolderStep | null
  /** Mails on the server that are to be moved, as they are muted. */
  readonly mutedMoves: readonly MutedMove[]
}

export type SentLetter = {
  readonly id: string
  readonly threadId: string
  readonly measureId: string | null
  readonly body: string
}

export type Arrivals = {
  /** Which of these bytes are kept already, and which of them in this mailbox. */
  known(
    mailboxId: string,
    sha256s: readonly string[],
  ): Promise<{ bytes: Set<string>; here: Set<string> }>
  /** The senders that these addresses belong to. */
  senders(addresses: readonly string[]): Promise<Map<string, string>>
  /** The letter that we sent under that Message-ID. */
  letter(messageId: string): Promise<SentLetter | null>
  /** Stores the batch, its events and the cursor in one transaction, or throws `StaleWrite`. */
  store(batch: Batch): Promise<void>
}

export function arrivalsIn(core: Core): Arrivals {
  const { db } = core
  return {
    known: (mailboxId, sha256s) => known(db, mailboxId, sha256s),
    async senders(addresses) {
      const rows = await db
        .select()
        .from(senderAddresses)
        .where(inArray(senderAddresses.address, [...addresses]))
      return new Map(rows.map(({ address, senderId }) => [address, senderId]))
    },
    async letter(messageId) {
      const [row] = await db
        .select({
          id: letters.id,
          threadId: letters.threadId,
          measureId: letters.measureId,
          body: letters.body,
        })
        .from(letters)
        .where(eq(letters.messageId, messageId))
      return row ?? null
    },
    async store(batch) {
      const erased = await erasedAmong(db, batch)
      await core.commit(batch.events, (tx) => arrivalWrites(tx, batch, erased))
    },
  }
}

/** Bytes that were erased, and come in again with a mail to another mailbox. */
async function erasedAmong(db: Db, { arrivals }: Batch): Promise<ReadonlySet<string>> {
  const brought = arrivals.flatMap(({ packed, rawSha256 }) => (packed === null ? [] : [rawSha256]))
  const rows = await db
    .select({ sha256: raws.sha256 })
    .from(raws)
    .where(and(inArray(raws.sha256, brought), eq(raws.bytes, noBytes)))
  return new Set(rows.map(({ sha256 }) => sha256))
}

async function known(db: Db, mailboxId: string, sha256s: readonly string[]) {
  const wanted = [...sha256s]
  const kept = await db
    .select({ sha256: raws.sha256 })
    .from(raws)
    .where(and(inArray(raws.sha256, wanted), ne(raws.bytes, noBytes)))
  const here = await db
    .select({ sha256: messages.rawSha256 })
    .from(messages)
    .where(and(eq(messages.mailboxId, mailboxId), inArray(messages.rawSha256, wanted)))
  return {
    bytes: new Set(kept.map(({ sha256 }) => sha256)),
    here: new Set(here.map(({ sha256 }) => sha256)),
  }
}
