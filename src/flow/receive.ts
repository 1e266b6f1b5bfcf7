import type { Batch, FolderStep } from '../store/arrivals.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { MutedMove } from '../store/muted-moves.ts'
import { ahead } from './ahead.ts'
import { assignByLoad } from './assignment.ts'
import { parseOptions, trustedAuthservIds } from './authenticity.ts'
import { type Desk, sort } from './desk.ts'
import { type House, untilFresh } from './house.ts'
import { type Judgement, judge } from './judge.ts'
import { withoutOtherLineEnds } from './line-ends.ts'
import type { Parser } from './parse.ts'
import type { Digest } from './reader-worker.ts'

/** A mail as it came in. `receivedAt` is the server's INTERNALDATE, or the time of the import. */
export type Incoming = {
  readonly raw: Buffer
  readonly receivedAt: Date
  /** Its place in the folder; null for mail that comes from elsewhere. */
  readonly uid?: number | null
}

export type Received = {
  readonly read: number
  readonly stored: number
  readonly duplicate: number
  readonly unparsable: number
  /** Threads that the batch opened. */
  readonly threads: number
}

/** Mail that is stored in one transaction, and with it how far the folder has been read. */
export type Delivery = {
  readonly mails: readonly Incoming[]
  /** Null for an import, which moves no folder on. */
  readonly step: FolderStep | null
}

export type Reception = {
  readonly mailbox: Mailbox
  /**
   * `live` joins a thread only for its own sender, for those written to in it, and for who
   * answers our own Message-ID; `archive` is old mail that an operator vouches for: References
   * alone do.
   */
  readonly trust: 'live' | 'archive'
}

/** A mail with what was found out about it before threads and senders are looked for. */
export type Read = Omit<Digest, 'packed'> & {
  /** Without its bytes: of a large mail the packed ones are enough to hold. */
  readonly incoming: {
    readonly receivedAt: Date
    readonly size: number
    readonly uid: number | null
  }
  /** The original bytes, zstd; null where the same bytes are kept already. */
  readonly packed: Uint8Array | null
}

/** Deliveries that are fetched and parsed while one is stored: enough to keep the threads busy. */
const deliveriesAhead = 2

/**
 * Takes mail in, delivery by delivery: parse, dedupe, thread, mute or assess, store. One
 * transaction holds a delivery with the folder's cursor; run again after a crash, it stores
 * nothing twice. The next delivery is fetched and parsed while one is stored.
 */
export async function* receive(
  house: House,
  parser: Parser,
  deliveries: AsyncIterable<Delivery> | Iterable<Delivery>,
  reception: Reception,
): AsyncIterable<Received> {
  const source = toAsync(deliveries)
  for await (const { read, step } of ahead(
    source,
    (one) => parsed(house, parser, one),
    deliveriesAhead,
  )) {
    yield await untilFresh(() => file(house, parser, { read, step }, reception))
  }
}

async function* toAsync<T>(source: AsyncIterable<T> | Iterable<T>): AsyncIterable<T> {
  yield* source
}

type Parsed = { readonly read: readonly Read[]; readonly step: FolderStep | null }

async function parsed(house: House, parser: Parser, { mails, step }: Delivery): Promise<Parsed> {
  const trusted = await trustedAuthservIds(house)
  const read = await Promise.all(
    mails.map(async ({ raw, receivedAt, uid = null }): Promise<Read> => {
      const digest = await parser.read(raw, parseOptions(house, trusted, receivedAt))
      return { incoming: { receivedAt, size: raw.length, uid }, ...digest }
    }),
  )
  return { read, step }
}

async function file(
  house: House,
  parser: Parser,
  { read, step }: Parsed,
  reception: Reception,
): Promise<Received> {
  const { id: mailboxId } = reception.mailbox
  const { arrivals } = house.store
  const kept = await arrivals.known(
    mailboxId,
    read.map((one) => one.sha256),
  )
  const other = withoutDuplicates(read, kept.here)
  const fresh = (await withoutOtherLineEnds(house, mailboxId, other)).map((one) =>
    kept.bytes.has(one.sha256) ? { ...one, packed: null } : one,
  )
  const desk = await sort(house, reception, fresh)
  const said = await judge(house, parser, desk)
  await assignByLoad(house, desk, reception)
  if (fresh.length > 0 || step !== null) {
    await arrivals.store(batchOf(desk, said, reception.mailbox, step))
  }
  return figuresOf(read.length, desk)
}

function batchOf(
  { drafts, placed, senders, events }: Desk,
  said: Judgement,
  { id: mailboxId, mutedFolder }: Mailbox,
  step: FolderStep | null,
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
    step,
    mutedMoves: step && mutedFolder !== null ? mutedMovesIn(placed, step) : [],
  }
}

/** Muted mail whose copy on the server is to be moved once this is stored. */
function mutedMovesIn(placed: Desk['placed'], { folderId, to }: FolderStep): MutedMove[] {
  return placed.flatMap(({ arrival: { mutedBy, uid } }) =>
    mutedBy === null || uid === null ? [] : [{ folderId, uidValidity: to.uidValidity, uid }],
  )
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
