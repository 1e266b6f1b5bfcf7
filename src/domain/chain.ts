import type { Event } from './event.ts'

/** Where the log ends: the last event's number and hash; 0 and empty before the first. */
export type ChainHead = { readonly seq: number; readonly hash: string }

/** An event with its place in the chain. `content` is canonical JSON (RFC 8785). */
export type SealedEvent = {
  readonly seq: number
  readonly event: Event
  readonly content: string
  readonly previousHash: string
  readonly hash: string
}

export type Sealing = {
  /** Canonical JSON (RFC 8785) of a value. */
  readonly canonical: (value: unknown) => string
  /** SHA-256 of UTF-8 text, in lower-case hex. */
  readonly sha256: (text: string) => string
}

/** Chains events to the log: each hash covers the hash before it, its number and its content. */
export function seal(head: ChainHead, events: readonly Event[], by: Sealing): SealedEvent[] {
  const sealed: SealedEvent[] = []
  let last = head
  for (const event of events) {
    const seq = last.seq + 1
    const content = by.canonical(event)
    const hash = hashOf(last.hash, seq, content, by)
    sealed.push({ seq, event, content, previousHash: last.hash, hash })
    last = { seq, hash }
  }
  return sealed
}

/** A link of the chain; of one that shows no content only its place can be looked at. */
export type ShownLink = {
  readonly seq: number
  readonly hash: string
  readonly previousHash?: string | undefined
  readonly content?: string | undefined
}

/** What is wrong with a link, as it follows the one before it. */
export function flawsOfLink(last: ChainHead, link: ShownLink, by: Sealing): string[] {
  const { seq, hash, previousHash = '', content } = link
  const flaws: string[] = []
  if (seq !== last.seq + 1) flaws.push(`event ${last.seq + 1} is missing: the next one is ${seq}`)
  if (content === undefined) return flaws
  if (previousHash !== last.hash) flaws.push(`event ${seq} does not follow the one before it`)
  if (hash !== hashOf(previousHash, seq, content, by)) {
    flaws.push(`event ${seq} was changed: its hash does not cover its content`)
  }
  return flaws
}

/** The hash that an event at that place with that content must have. */
export function hashOf(previousHash: string, seq: number, content: string, by: Sealing): string {
  return by.sha256(`${previousHash}\n${seq}\n${content}`)
}
