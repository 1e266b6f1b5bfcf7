import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Keeps secrets so that a copy of the database tells none of them. */
export type Vault = {
  /** Why nothing can be sealed, in words of what to do; null where all is well. */
  readonly trouble: string | null
  /** Seals text for one purpose (`mailbox:ID`). Throws `VaultError` where there is no key. */
  seal(plain: string, purpose: string): string
  /** Opens what was sealed for that purpose. Throws `VaultError` in words of what to do. */
  open(sealed: string, purpose: string): string
  /** Whether the text is sealed with the key that is used now. */
  isCurrent(sealed: string): boolean
}

/** A secret that cannot be sealed or opened. Never holds a secret or a key. */
export class VaultError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'VaultError'
  }
}

const keyBytes = 32
/** NIST SP 800-38D: 96 bits are the length that GCM is made for. */
const ivBytes = 12
const tagBytes = 16
const missing = 'MAMORI_ENCRYPTION_KEY is not set: make one with `mamori keys new` and set it'

/** A fresh key as it stands in the settings: 32 bytes in base64. */
export function newKey(): string {
  return randomBytes(keyBytes).toString('base64')
}

/** Whether a setting holds a key. */
export function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text)
}

/**
 * A vault on the given keys, base64; the first one seals, the others still open what they sealed.
 * AES-256-GCM: whoever changes a sealed text, or moves it to another purpose, is found out.
 */
export function openVault(keys: readonly string[]): Vault {
  const known = new Map(
    keys.map((text) => {
      const key = Buffer.from(text, 'base64')
      return [idOf(key), key]
    }),
  )
  const [current] = known
  return {
    trouble: current ? null : missing,
    seal(plain, purpose) {
      if (!current) throw new VaultError(missing)
      const [id, key] = current
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      const all = Buffer.concat([iv, cipher.getAuthTag(), body])
      return `v1.${id}.${all.toString('base64url')}`
    },
    open(sealed, purpose) {
      const [, id = '', content = ''] = /^v1\.(\w{12})\.([\w-]+)$/.exec(sealed) ?? []
      const key = known.get(id)
      if (!key) throw new VaultError(unknownKey(id, purpose))
      return opened(key, Buffer.from(content, 'base64url'), purpose)
    },
    isCurrent: (sealed) => current !== undefined && sealed.startsWith(`v1.${current[0]}.`),
  }
}

function opened(key: Buffer, all: Buffer, purpose: string): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, all.subarray(0, ivBytes))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(all.subarray(ivBytes, ivBytes + tagBytes))
    const body = [decipher.update(all.subarray(ivBytes + tagBytes)), decipher.final()]
    return Buffer.concat(body).toString('utf8')
  } catch {
    // What the cipher says of it is no help to anybody; who changed it is the question.
    throw new VaultError(`the secret of ${purpose} was changed in the database: enter it again`)
  }
}

function unknownKey(id: string, purpose: string): string {
  return `the secret of ${purpose} was sealed with another key (${id || 'unknown'}): add that key to MAMORI_ENCRYPTION_KEYS_OLD, or enter the secret again`
}

/** Names a key without telling it. */
function idOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12)
}
