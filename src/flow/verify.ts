import { type ChainHead, flawsOfLink } from '../domain/chain.ts'
import type { Event } from '../domain/event.ts'
import type { Matter } from '../domain/matter.ts'
import { membersOf } from '../domain/sender-join.ts'
import { openWorld } from '../domain/world.ts'
import type { RowOf } from '../store/kept.ts'
import { eventIn, type KeptLink, type LoggedEvent } from '../store/log.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import { threadColumns } from '../store/writes.ts'
import {
  type CheckpointWitness,
  type FromOutside,
  openCheckpointWitness,
} from './verify.checkpoints.ts'
import { flawsOfNotes } from './verify.desk.ts'
import { flawsOfMail } from './verify.mails.ts'
import { flawsOfStrays } from './verify.strays.ts'
import { flawsOfThreadRows, withNeighbours } from './verify.threads.ts'
import { type Addresses, flawsOfUnseen, flawsOfViews } from './verify.views.ts'
import { openWitnesses, type Witness } from './verify.witnesses.ts'

export type Verdict = {
  readonly events: number
  readonly messages: number
  /** What is wrong, in words; empty where everything holds. */
  readonly flaws: readonly string[]
}

/** Flaws listed at most: the first one says where to look, a thousand say no more. */
const flawsMax = 20

/**
 * Checks the whole record: each event's hash and its place in the chain, each mail's bytes against
 * their hash, and that replaying the events gives the state that is stored. Goes through it in
 * pages, so that its memory does not grow with the record. What was kept outside shows more: whether
 * the whole log was written anew, or goes less far than it did.
 */
export async function verify(store: Store, outside: FromOutside = {}): Promise<Verdict> {
  const { witnesses, pairs, gone } = openWitnesses()
  const signed = openCheckpointWitness(await store.checkpoints.all(), outside)
  const { events, messages, flaws } = await verifyChain(store, witnesses, signed)
  const whole = flaws.length === 0
  flaws.push(...signed.flaws())
  // What a bent log says of the state is worth nothing; the mails' own bytes are looked at anyway.
  if (!whole) {
    for await (const more of flawsOfRaws(store, gone)) flaws.push(more)
    return { events, messages, flaws: flaws.slice(0, flawsMax) }
  }
  for (const witness of witnesses) flaws.push(...(await readable(() => witness.flaws(store))))
  flaws.push(...(await flawsOfStrays(store)))
  flaws.push(...(await readable(() => restOf(store, { pairs, gone }, flawsMax - flaws.length))))
  return { events, messages, flaws: flaws.slice(0, flawsMax) }
}

async function verifyChain(store: Store, witnesses: readonly Witness[], signed: CheckpointWitness) {
  const flaws: string[] = []
  const tell = (event: Event) => {
    for (const witness of witnesses) witness.note(event)
  }
  let messages = 0
  let last: ChainHead = { seq: 0, hash: '' }
  for await (const batch of store.log.links()) {
    for (const link of batch) {
      const wrong = flawsOfLink(last, link, sealing)
      last = { seq: link.seq, hash: link.hash }
      flaws.push(...wrong)
      // What was changed may be no event at all: nobody hears it.
      if (wrong.length > 0) continue
      const event = eventIn(link.content)
      flaws.push(...flawsOfListing(link, event))
      if (event === null) continue
      messages += 'rawSha256' in event ? 1 : 0
      tell(event)
      signed.note({ ...link, event })
    }
    if (flaws.length >= flawsMax) break
  }
  flaws.push(...(await flawsOfHead(store, last)))
  return { events: last.seq, messages, flaws }
}

async function flawsOfHead({ log, kept }: Store, last: ChainHead): Promise<string[]> {
  const heads = await Array.fromAsync(kept.rows('chain'))
  if (heads.length > 1) return ['the log has more than one head: one was added']
  const head = await log.head()
  if (head.seq === last.seq && head.hash === last.hash) return []
  return [`the log ends at event ${last.seq}, its head says ${head.seq}: it was cut or added to`]
}

/** What was bent may be no value of its column any more: that is a flaw like any other. */
async function readable(look: () => Promise<string[]>): Promise<string[]> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
    return [`a row was changed to what cannot be read: ${error.message}`]
  }
}

async function restOf(store: Store, heard: Heard, most: number): Promise<string[]> {
  const flaws: string[] = []
  for await (const more of flawsOfRest(store, heard)) {
    flaws.push(...more)
    if (flaws.length >= most) break
  }
  return flaws
}

type Pairs = readonly (readonly [string, string])[]

/** What the whole log told: senders that are one, bytes that were erased. */
type Heard = { readonly pairs: Pairs; readonly gone: ReadonlySet<string> }

async function* flawsOfRest(store: Store, { pairs, gone }: Heard): AsyncIterable<string[]> {
  const addresses: Addresses = { seen: new Set() }
  for await (const flaw of flawsOfRaws(store, gone)) yield [flaw]
  for (let last = ''; ; ) {
    const ids = await store.log.threadIds(last, threadsPerPage)
    const end = ids.length < threadsPerPage ? null : (ids.at(-1) ?? null)
    yield await flawsOfUnlogged(store, ids, last, end)
    if (ids.length > 0) yield await flawsOfThreads(store, ids, pairs, addresses)
    if (end === null) break
    last = end
  }
  yield await flawsOfUnseen(store, addresses)
}

async function* flawsOfRaws(store: Store, erased: ReadonlySet<string>): AsyncIterable<string> {
  for await (const { sha256: name, bytes, gone } of store.raws.all()) {
    if (gone) {
      if (!erased.has(name)) yield `mail ${name.slice(0, 12)} is gone, and no erasure names it`
    } else if (bytes === null || sha256(bytes) !== name) {
      yield `mail ${name.slice(0, 12)} was changed: its bytes do not have its hash`
    }
  }
}

/** Threads replayed at a time. */
const threadsPerPage = 200

/** Threads of a stretch of ids that no event names. */
async function flawsOfUnlogged(
  store: Store,
  logged: readonly string[],
  after: string,
  upTo: string | null,
): Promise<string[]> {
  const named = new Set(logged)
  const kept = await store.threads.ids(after, upTo, threadsPerPage + flawsMax)
  return kept.filter((id) => !named.has(id)).map((id) => `thread ${id} is in no event`)
}

async function flawsOfThreads(
  store: Store,
  ids: readonly string[],
  pairs: Pairs,
  addresses: Addresses,
): Promise<string[]> {
  const ofThreads = await store.log.ofThreads(ids)
  const events = ofThreads.map(({ event }) => event)
  const senderIds = events.flatMap((event) => ('senderId' in event ? [event.senderId] : []))
  // Also of whoever was ever joined with them: what was decided against one reaches the others.
  const related = [...new Set(senderIds)].flatMap((id) => membersOf(id, pairs))
  const ofSenders = await store.log.ofSenders([...new Set(related)])
  const world = openWorld()
  for (const { event } of inOrder([...ofThreads, ...ofSenders])) world.apply(event)
  const flaws = await flawsOfMail(store, ids, events)
  flaws.push(...(await flawsOfNotes(store, ids, events)))
  const of = await withNeighbours(store, ids, ofThreads)
  flaws.push(...(await flawsOfThreadRows(store, of)))
  flaws.push(...(await flawsOfViews(store, of, addresses)))
  const loaded = await store.matters.findAll(ids)
  const rows = new Map((await store.kept.of('threads', 'id', ids)).map((row) => [row.id, row]))
  for (const id of ids) {
    const matter = loaded.get(id)?.matter
    if (!matter) flaws.push(`thread ${id} is in the log and not in the database`)
    else if (sealing.canonical(matter) !== sealing.canonical(world.matter(id))) {
      flaws.push(`thread ${id} is not as its events say`)
    } else if (!isQueued(matter, rows.get(id))) {
      flaws.push(`thread ${id} is in another place of the queue than its events say`)
    }
  }
  return flaws
}

/** A thread that the queue does not show where it belongs would be seen by nobody. */
function isQueued(matter: Matter, row: RowOf<'threads'> | undefined): boolean {
  const { state, rank, urgent, assignee, erased } = threadColumns(matter)
  return (
    row?.state === state &&
    row.rank === rank &&
    row.urgent === urgent &&
    row.erased === erased &&
    row.assignee === (assignee ?? '')
  )
}

/** Each event once, in the order of the log. */
function inOrder(logged: readonly LoggedEvent[]): LoggedEvent[] {
  const bySeq = new Map(logged.map((one) => [one.seq, one]))
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** Lists and figures read these columns; the hash covers the content alone. */
function flawsOfListing(link: KeptLink, event: Event | null): string[] {
  if (event === null) return [`event ${link.seq} is no event`]
  const { at, by, kind } = event
  const threadId = 'threadId' in event ? event.threadId : null
  const senderId = 'senderId' in event ? event.senderId : null
  const same =
    link.at === at &&
    link.by === by &&
    link.kind === kind &&
    link.threadId === threadId &&
    link.senderId === senderId
  return same ? [] : [`event ${link.seq} is listed as another one than it is`]
}
