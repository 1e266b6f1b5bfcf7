import { createHmac, timingSafeEqual } from 'node:crypto'
import { referencePlace, referenceSigns } from '../domain/reference.ts'

/** Signs that prove a code: 60 bits, so that nobody guesses one by mail. */
const proofLength = 12

/**
 * The reference code of a thread (受付番号), short enough to be read out: where to find the
 * thread, then the proof that we gave it out.
 */
export function referenceOf(threadId: string, secret: string): string {
  const signs = `${referencePlace(threadId)}${proofOf(threadId, secret)}`
  return signs.match(/.{4}/g)?.join('-') ?? signs
}

/** Whether the code, in the form of `referencesIn`, is that thread's. */
export function isReferenceOf(code: string, threadId: string, secret: string): boolean {
  const expected = Buffer.from(referenceOf(threadId, secret))
  const given = Buffer.from(code)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function proofOf(threadId: string, secret: string): string {
  const mac = createHmac('sha256', secret).update(`reference.${threadId.toLowerCase()}`).digest()
  return Array.from(
    mac.subarray(0, proofLength),
    (byte) => referenceSigns[byte % referenceSigns.length],
  ).join('')
}
