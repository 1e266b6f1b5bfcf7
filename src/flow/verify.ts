import { type ChainHead, hashOf } from '../domain/chain.ts'
import type { Event } from '../domain/event.ts'
import { membersOf } from '../domain/sender-join.ts'
import { openWorld } from '../domain/world.ts'
import type { Link, LoggedEvent } from '../store/log.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import type { StoredHash } from '../store/threads.ts'
import {
  type CheckpointWitness,
  type FromOutside,
  openCheckpointWitness,
} from './verify.checkpoints.ts'
import { flawsOfNotes } from './verify.desk.ts'
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
  for (const witness of witnesses) flaws.push(...(await witness.flaws(store)))
  for await (const more of flawsOfRest(store, pairs, gone)) {
    flaws.push(...more)
    if (flaws.length >= flawsMax) break
  }
  return { events, messages, flaws: flaws.slice(0, flawsMax) }
}

async function verifyChain(store: Store, witnesses: readonly Witness[], signed: CheckpointWitness) {
  const flaws: string[] = []
  let messages = 0
  let last: ChainHead = { seq: 0, hash: '' }
  for await (const batch of store.log.links()) {
    for (const link of batch) {
      const wrong = flawsOfLink(last, link)
      last = { seq: link.seq, hash: link.hash }
      flaws.push(...wrong)
      // What was changed may be no event at all: nobody hears it.
      if (wrong.length > 0) continue
      const logged = { ...link, event: JSON.parse(link.content) as Event }
      if ('rawSha256' in logged.event) messages += 1
      signed.note(logged)
      for (const witness of witnesses) witness.note(logged.event)
    }
    if (flaws.length >= flawsMax) break
  }
  flaws.push(...flawsOfHead(await store.log.head(), last))
  return { events: last.seq, messages, flaws }
}

function flawsOfHead(head: ChainHead, last: ChainHead): string[] {
  if (head.seq === last.seq && head.hash === last.hash) return []
  return [`the log ends at event ${last.seq}, its head says ${head.seq}: it was cut or added to`]
}

type Pairs = readonly (readonly [string, string])[]

async function* flawsOfRest(
  store: Store,
  pairs: Pairs,
  gone: ReadonlySet<string>,
): AsyncIterable<string[]> {
  for await (const flaw of flawsOfRaws(store, gone)) yield [flaw]
  for (let last = ''; ; ) {
    const ids = await store.log.threadIds(last, threadsPerPage)
    const end = ids.length < threadsPerPage ? null : (ids.at(-1) ?? null)
    yield await flawsOfUnlogged(store, ids, last, end)
    if (ids.length > 0) yield await flawsOfThreads(store, ids, pairs)
    if (end === null) return
    last = end
  }
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
  const loaded = await store.matters.findAll(ids)
  for (const id of ids) {
    const matter = loaded.get(id)?.matter
    if (!matter) flaws.push(`thread ${id} is in the log and not in the database`)
    else if (sealing.canonical(matter) !== sealing.canonical(world.matter(id))) {
      flaws.push(`thread ${id} is not as its events say`)
    }
  }
  return flaws
}

/** Each event once, in the order of the log. */
function inOrder(logged: readonly LoggedEvent[]): LoggedEvent[] {
  const bySeq = new Map(logged.map((one) => [one.seq, one]))
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/**
 * Each mail where it belongs: in the thread that it came to, or that a person moved it to, with the
 * bytes that its own event names.
 */
async function flawsOfMail(
  store: Store,
  threadIds: readonly string[],
  events: readonly Event[],
): Promise<string[]> {
  const received = new Map<string, string>()
  const places = new Map<string, string>()
  for (const event of events) {
    if ('rawSha256' in event) received.set(event.messageId, event.rawSha256)
    for (const [messageId, threadId] of placesIn(event)) places.set(messageId, threadId)
  }
  const here = await store.threads.hashes(threadIds)
  const known = new Set(here.map(({ id }) => id))
  const moved = await store.threads.hashesOf([...received.keys()].filter((id) => !known.has(id)))
  const stored = new Map([...here, ...moved].map((one) => [one.id, one]))
  return [
    ...(await flawsOfBytes(store, received, stored)),
    ...flawsOfPlaces(places, new Set(threadIds), here, stored),
  ]
}

/** Which mails an event puts where: where they came to, or where a person moved them to. */
function placesIn(event: Event): [string, string][] {
  if ('rawSha256' in event) return [[event.messageId, event.threadId]]
  if (event.kind === 'mails_moved_in') return event.messageIds.map((id) => [id, event.threadId])
  if (event.kind === 'mails_moved_out') return event.messageIds.map((id) => [id, event.other])
  return []
}

async function flawsOfBytes(
  store: Store,
  received: ReadonlyMap<string, string>,
  stored: ReadonlyMap<string, StoredHash>,
): Promise<string[]> {
  const kept = await store.raws.kept([...new Set(received.values())])
  const flaws: string[] = []
  for (const [messageId, name] of received) {
    if (!kept.has(name)) flaws.push(`message ${messageId}: its original bytes are missing`)
    if (stored.get(messageId)?.sha256 !== name) {
      flaws.push(`message ${messageId} is not as it was received`)
    }
  }
  return flaws
}

/** Where a mail went on to from another thread, that thread's own events say. */
function flawsOfPlaces(
  places: ReadonlyMap<string, string>,
  threadIds: ReadonlySet<string>,
  here: readonly StoredHash[],
  stored: ReadonlyMap<string, StoredHash>,
): string[] {
  const flaws = here
    .filter(({ id }) => !places.has(id))
    .map(({ id }) => `message ${id} is in no event of its thread`)
  for (const [id, threadId] of places) {
    const row = stored.get(id)
    const misplaced = threadIds.has(threadId) ? row && row.threadId !== threadId : isIn(here, id)
    if (misplaced) {
      flaws.push(`message ${id} is in thread ${row?.threadId}, its events say ${threadId}`)
    }
  }
  return flaws
}

function isIn(rows: readonly StoredHash[], id: string): boolean {
  return rows.some((row) => row.id === id)
}

function flawsOfLink(last: ChainHead, { seq, content, previousHash, hash }: Link): string[] {
  const flaws: string[] = []
  if (seq !== last.seq + 1) flaws.push(`event ${last.seq + 1} is missing: the next one is ${seq}`)
  if (previousHash !== last.hash) flaws.push(`event ${seq} does not follow the one before it`)
  if (hash !== hashOf(previousHash, seq, content, sealing)) {
    flaws.push(`event ${seq} was changed: its hash does not cover its content`)
  }
  return flaws
}
