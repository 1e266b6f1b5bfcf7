import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/** One-time codes of an app (TOTP, RFC 6238): what every app takes, SHA-1 and six digits in 30 seconds. */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** RFC 6238 section 5.2: a code of the step before or after is taken, as clocks and people differ. */
const window = 1

/** A new secret, base32. RFC 4226 section 4: 160 bits. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The address that an app reads from a QR code. */
export function addressOf(secret: string, issuer: string, label: string): string {
  return new TOTP({ ...shape, issuer, label, secret: Secret.fromBase32(secret) }).toString()
}

/** The step of time that a code is of; null where it is none of now. */
export function stepOf(code: string, secret: string, now: number): number | null {
  const token = code.normalize('NFKC').replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = TOTP.validate({
    ...shape,
    token,
    secret: Secret.fromBase32(secret),
    timestamp: now,
    window,
  })
  return delta === null ? null : Math.floor(now / 1000 / shape.period) + delta
}

/** What stands in for a lost app: enough to print, each good once. */
const recoveryCodes = 10
/** No letter that looks like another one (Crockford's base 32). */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** New recovery codes like `7k2m-x4qp-9f3t`: 60 bits each. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: recoveryCodes }, () => {
    const letters = [...randomBytes(12)].map((byte) => alphabet[byte % alphabet.length])
    return [0, 4, 8].map((at) => letters.slice(at, at + 4).join('')).join('-')
  })
}

/** A recovery code as it was made, however it was typed; null where it is none. */
export function recoveryCodeIn(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s-]/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1')
  if (!/^[0-9a-hjkmnp-tv-z]{12}$/.test(plain)) return null
  return [0, 4, 8].map((at) => plain.slice(at, at + 4)).join('-')
}
