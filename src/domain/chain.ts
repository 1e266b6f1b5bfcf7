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

/** The hash that an event at that place with that content must have. */
export function hashOf(previousHash: string, seq: number, content: string, by: Sealing): string {
  return by.sha256(`${previousHash}\n${seq}\n${content}`)
}
