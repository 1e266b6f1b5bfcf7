import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Checkpoint, type CheckpointStatement, statementOf } from '../domain/checkpoint.ts'
import { sealing } from '../store/sealing.ts'

/** Signs checkpoints; the private key never leaves it. */
export type CheckpointKey = {
  /** SubjectPublicKeyInfo (RFC 8410) in base64. */
  readonly publicKey: string
  sign(statement: CheckpointStatement): string
}

/**
 * The Ed25519 key in that file (PKCS #8, PEM); one is made where there is no such file. Throws in
 * words where the file holds another kind of key.
 */
export function openCheckpointKey(file: string): CheckpointKey {
  const key = createPrivateKey(pemIn(file))
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new Error(`${file}: must be an Ed25519 key (openssl genpkey -algorithm ed25519)`)
  }
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
  return {
    publicKey,
    sign: (statement) => sign(null, signedBytes(statement), key).toString('base64'),
  }
}

/** Whether the signature is the named key's and covers the whole statement. */
export function isSigned(checkpoint: Checkpoint): boolean {
  const { publicKey, signature } = checkpoint
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'base64'),
      type: 'spki',
      format: 'der',
    })
    if (key.asymmetricKeyType !== 'ed25519') return false
    return verify(null, signedBytes(checkpoint), key, Buffer.from(signature, 'base64'))
  } catch {
    // What is no key at all has signed nothing.
    return false
  }
}

function signedBytes(statement: CheckpointStatement): Buffer {
  return Buffer.from(sealing.canonical(statementOf(statement)))
}

/** Two processes may start at once: the file is written by the first one, and read by both. */
function pemIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, pem, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8')
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}
