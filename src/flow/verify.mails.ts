import type { Event } from '../domain/event.ts'
import type { Store } from '../store/store.ts'
import type { StoredHash } from '../store/threads.ts'

/**
 * Each mail where it belongs: in the thread that it came to, or that a person moved it to, with the
 * bytes that its own event names.
 */
export async function flawsOfMail(
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
export function placesIn(event: Event): [string, string][] {
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
