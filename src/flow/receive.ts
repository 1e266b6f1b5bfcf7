import type { Cursor, ParsedMail } from '../domain/mail.ts'
import type { Parser } from '../mail/parse.ts'
import type { Batch } from '../store/arrivals.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { pack } from '../store/raws.ts'
import { sha256 } from '../store/sealing.ts'
import { type Desk, sort } from './desk.ts'
import { type House, untilFresh } from './house.ts'
import { type Judgement, judge } from './judge.ts'

/** A mail as it came in. `receivedAt` is the server's INTERNALDATE, or the time of the import. */
export type Incoming = { readonly raw: Buffer; readonly receivedAt: Date }

export type Received = {
  readonly read: number
  readonly stored: number
  readonly duplicate: number
  readonly unparsable: number
  /** Threads that the batch opened. */
  readonly threads: number
}

export type Reception = {
  readonly mailbox: Mailbox
  /** Moves the mailbox on in the same transaction; null for an import. */
  readonly cursor: { readonly from: Cursor; readonly to: Cursor } | null
  /**
   * `live` joins a thread only for its own sender, for those written to in it, and for who
   * answers our own Message-ID; `archive` is old mail that an operator vouches for: References
   * alone do.
   */
  readonly trust: 'live' | 'archive'
}

/** A mail with what was found out about it before threads and senders are looked for. */
export type Read = {
  readonly incoming: Incoming
  readonly mail: ParsedMail
  readonly sha256: string
  /** The original bytes, zstd; null where the same bytes are kept already. */
  readonly packed: Buffer | null
}

/**
 * Takes a batch of mail in: parse, dedupe, thread, mute or assess, store. One transaction holds
 * it all with the mailbox's cursor; run again after a crash, it stores nothing twice.
 */
export async function receive(
  house: House,
  parser: Parser,
  incoming: readonly Incoming[],
  reception: Reception,
): Promise<Received> {
  const { trustedAuthservIds } = house
  const parsed = await Promise.all(
    incoming.map(async (one) => ({
      incoming: one,
      mail: await parser.parse(one.raw, { trustedAuthservIds }),
      sha256: sha256(one.raw),
    })),
  )
  return untilFresh(() => file(house, parsed, reception))
}

async function file(
  house: House,
  parsed: readonly Omit<Read, 'packed'>[],
  reception: Reception,
): Promise<Received> {
  const { mailbox, cursor } = reception
  const { arrivals } = house.store
  const kept = await arrivals.known(
    mailbox.id,
    parsed.map((one) => one.sha256),
  )
  const fresh = withoutDuplicates(parsed, kept.here).map((one) => ({
    ...one,
    packed: kept.bytes.has(one.sha256) ? null : pack(one.incoming.raw),
  }))
  const desk = await sort(house, reception, fresh)
  const said = await judge(house, desk)
  if (fresh.length > 0 || cursor !== null) {
    await arrivals.store(batchOf(desk, said, mailbox.id, cursor))
  }
  return figuresOf(parsed.length, desk)
}

function batchOf(
  { drafts, placed, senders, events }: Desk,
  said: Judgement,
  mailboxId: string,
  cursor: Reception['cursor'],
): Batch {
  return {
    mailboxId,
    arrivals: placed.map(({ arrival }) => ({ ...arrival, assessed: said.get(arrival.id) ?? null })),
    // A thread that was only looked at is not written: nobody's review goes stale by it.
    threads: [...drafts.values()].filter(({ matter }) =>
      placed.some(({ arrival }) => arrival.threadId === matter.thread.id),
    ),
    senders,
    events,
    cursor,
  }
}

/** The same bytes are the same mail, once a mailbox: also where a batch holds them twice. */
function withoutDuplicates<T extends { readonly sha256: string }>(
  read: readonly T[],
  here: ReadonlySet<string>,
): T[] {
  const seen = new Set(here)
  return read.filter(({ sha256: hash }) => !seen.has(hash) && seen.add(hash))
}

function figuresOf(read: number, { placed, drafts }: Desk): Received {
  return {
    read,
    stored: placed.length,
    duplicate: read - placed.length,
    unparsable: placed.filter(({ arrival }) => arrival.mail.unreadable !== null).length,
    threads: [...drafts.values()].filter(({ version }) => version === null).length,
  }
}
