import { type ChainHead, hashOf } from '../domain/chain.ts'
import type { Event } from '../domain/event.ts'
import { openWorld, type World } from '../domain/world.ts'
import type { LoggedEvent } from '../store/log.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'

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
 * their hash, and that replaying the events gives the state that is stored.
 */
export async function verify(store: Store): Promise<Verdict> {
  const world = openWorld()
  const received = new Map<string, Received>()
  const flaws: string[] = []
  let last: ChainHead = { seq: 0, hash: '' }
  for await (const batch of store.log.all()) {
    for (const logged of batch) {
      flaws.push(...flawsOfLink(last, logged))
      last = { seq: logged.seq, hash: logged.hash }
      world.apply(logged.event)
      noteMail(received, logged.event)
    }
    if (flaws.length >= flawsMax) break
  }
  const head = await store.log.head()
  if (head.seq !== last.seq || head.hash !== last.hash) {
    flaws.push(
      `the log ends at event ${last.seq}, its head says ${head.seq}: it was cut or added to`,
    )
  }
  flaws.push(...(await flawsOfMail(store, received)), ...(await flawsOfState(store, world)))
  return { events: last.seq, messages: received.size, flaws: flaws.slice(0, flawsMax) }
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

/** A mail as events tell of it: its bytes, and the thread that it came to or was moved to. */
type Received = { readonly sha256: string; readonly threadId: string }

function noteMail(received: Map<string, Received>, event: Event): void {
  if ('rawSha256' in event) {
    received.set(event.messageId, { sha256: event.rawSha256, threadId: event.threadId })
  }
  if (event.kind !== 'mails_moved_in') return
  for (const id of event.messageIds) {
    received.set(id, { sha256: '', ...received.get(id), threadId: event.threadId })
  }
}

async function flawsOfMail(
  store: Store,
  received: ReadonlyMap<string, Received>,
): Promise<string[]> {
  const flaws: string[] = []
  const kept = new Set<string>()
  for await (const { sha256: name, bytes } of store.raws.all()) {
    kept.add(name)
    if (bytes === null || sha256(bytes) !== name) {
      flaws.push(`mail ${name.slice(0, 12)} was changed: its bytes do not have its hash`)
    }
  }
  const stored = new Map((await store.threads.hashes()).map((one) => [one.id, one]))
  for (const [messageId, { sha256: name, threadId }] of received) {
    const row = stored.get(messageId)
    if (!kept.has(name)) flaws.push(`message ${messageId}: its original bytes are missing`)
    if (row?.sha256 !== name) flaws.push(`message ${messageId} is not as it was received`)
    else if (row.threadId !== threadId) {
      flaws.push(`message ${messageId} is in thread ${row.threadId}, its events say ${threadId}`)
    }
  }
  for (const messageId of stored.keys()) {
    if (!received.has(messageId)) flaws.push(`message ${messageId} is in no event`)
  }
  return flaws
}

async function flawsOfState(store: Store, world: World): Promise<string[]> {
  const flaws: string[] = []
  for (const id of world.threadIds()) {
    const loaded = await store.matters.find(id)
    if (!loaded) flaws.push(`thread ${id} is in the log and not in the database`)
    else if (sealing.canonical(loaded.matter) !== sealing.canonical(world.matter(id))) {
      flaws.push(`thread ${id} is not as its events say`)
    }
  }
  return flaws
}
