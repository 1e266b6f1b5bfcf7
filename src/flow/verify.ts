import { type ChainHead, hashOf } from '../domain/chain.ts'
import type { Event } from '../domain/event.ts'
import { applyToRights } from '../domain/staff.ts'
import { openWorld } from '../domain/world.ts'
import type { LoggedEvent } from '../store/log.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import type { StoredHash } from '../store/threads.ts'
import { flawsOfMuting, noteMuting, openMuting } from './verify.ladder.ts'
import { flawsOfRules } from './verify.rules.ts'
import { flawsOfTemplates, noteProposal, type Proposed } from './verify.templates.ts'

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
 * pages, so that its memory does not grow with the record.
 */
export async function verify(store: Store): Promise<Verdict> {
  const { events, messages, flaws, ofRules, proposals, rights, muting } = await verifyChain(store)
  flaws.push(...(await flawsOfRules(store, ofRules)), ...(await flawsOfStaff(store, rights)))
  flaws.push(...(await flawsOfTemplates(store, proposals)))
  flaws.push(...(await flawsOfMuting(store, muting)))
  for await (const more of flawsOfRest(store)) {
    flaws.push(...more)
    if (flaws.length >= flawsMax) break
  }
  return { events, messages, flaws: flaws.slice(0, flawsMax) }
}

async function verifyChain(store: Store) {
  const flaws: string[] = []
  const ofRules: Event[] = []
  const rights = new Map<string, Held | null>()
  const proposals = new Map<string, Proposed>()
  const muting = openMuting()
  let messages = 0
  let last: ChainHead = { seq: 0, hash: '' }
  for await (const batch of store.log.all()) {
    for (const logged of batch) {
      flaws.push(...flawsOfLink(last, logged))
      last = { seq: logged.seq, hash: logged.hash }
      if ('rawSha256' in logged.event) messages += 1
      if (logged.event.kind.startsWith('rule_')) ofRules.push(logged.event)
      noteRights(rights, logged.event)
      noteProposal(proposals, logged.event)
      noteMuting(muting, logged.event)
    }
    if (flaws.length >= flawsMax) break
  }
  const head = await store.log.head()
  if (head.seq !== last.seq || head.hash !== last.hash) {
    flaws.push(
      `the log ends at event ${last.seq}, its head says ${head.seq}: it was cut or added to`,
    )
  }
  return { events: last.seq, messages, flaws, ofRules, proposals, rights, muting }
}

type Held = ReturnType<typeof applyToRights>

function noteRights(rights: Map<string, Held>, event: Event): void {
  if (!('personId' in event)) return
  rights.set(event.personId, applyToRights(rights.get(event.personId) ?? null, event))
}

/** Nobody may do more, or is somebody, but by an event. */
async function flawsOfStaff(store: Store, rights: ReadonlyMap<string, Held>): Promise<string[]> {
  const people = await store.people.list()
  return people.flatMap(({ id, roles, within, disabledAt }) => {
    const stored: Held = { roles, within, disabled: disabledAt !== null }
    const said = rights.get(id) ?? null
    if (said === null) return [`person ${id} is in no event`]
    const same = sealing.canonical(said) === sealing.canonical(stored)
    return same ? [] : [`what person ${id} may do is not as the events say`]
  })
}

async function* flawsOfRest(store: Store): AsyncIterable<string[]> {
  for await (const { sha256: name, bytes } of store.raws.all()) {
    if (bytes === null || sha256(bytes) !== name) {
      yield [`mail ${name.slice(0, 12)} was changed: its bytes do not have its hash`]
    }
  }
  for (let last = ''; ; ) {
    const ids = await store.log.threadIds(last, threadsPerPage)
    const end = ids.length < threadsPerPage ? null : (ids.at(-1) ?? null)
    yield await flawsOfUnlogged(store, ids, last, end)
    if (ids.length > 0) yield await flawsOfThreads(store, ids)
    if (end === null) return
    last = end
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

async function flawsOfThreads(store: Store, ids: readonly string[]): Promise<string[]> {
  const ofThreads = await store.log.ofThreads(ids)
  const events = ofThreads.map(({ event }) => event)
  const senderIds = events.flatMap((event) => ('senderId' in event ? [event.senderId] : []))
  const ofSenders = await store.log.ofSenders([...new Set(senderIds)])
  const world = openWorld()
  for (const { event } of inOrder([...ofThreads, ...ofSenders])) world.apply(event)
  const flaws = await flawsOfMail(store, ids, events)
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

function flawsOfLink(last: ChainHead, { seq, content, previousHash, hash }: LoggedEvent): string[] {
  const flaws: string[] = []
  if (seq !== last.seq + 1) flaws.push(`event ${last.seq + 1} is missing: the next one is ${seq}`)
  if (previousHash !== last.hash) flaws.push(`event ${seq} does not follow the one before it`)
  if (hash !== hashOf(previousHash, seq, content, sealing)) {
    flaws.push(`event ${seq} was changed: its hash does not cover its content`)
  }
  return flaws
}
