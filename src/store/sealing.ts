import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Sealing } from '../domain/chain.ts'

/** SHA-256 in lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Canonical JSON and SHA-256 as the event chain uses them. */
export const sealing: Sealing = {
  canonical(value) {
    const text = canonicalize(value)
    if (text === undefined) throw new Error('an event has no canonical JSON: it is not an object')
    return text
  },
  sha256,
}
