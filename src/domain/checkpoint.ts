import type { Instant } from './time.ts'

/** What is signed: how far the log went at that time, and what every event's hash was. */
export type CheckpointStatement = {
  readonly at: Instant
  /** The number of events, which is the number of the last one. */
  readonly events: number
  /** The last event's hash. */
  readonly head: string
  /** SHA-256 of the list of all hashes up to there, one a line, each line ended by a line feed. */
  readonly listSha256: string
}

/** A statement with its Ed25519 signature (RFC 8032), both in base64, over its canonical JSON. */
export type Checkpoint = CheckpointStatement & {
  readonly id: string
  /** The signer's public key: SubjectPublicKeyInfo (RFC 8410) in base64. */
  readonly publicKey: string
  readonly signature: string
}

/** The part of a checkpoint that its signature covers. */
export function statementOf(checkpoint: CheckpointStatement): CheckpointStatement {
  const { at, events, head, listSha256 } = checkpoint
  return { at, events, head, listSha256 }
}
