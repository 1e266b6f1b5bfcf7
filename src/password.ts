import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { passwordLengthMax } from './domain/password.ts'

const derive = promisify<
  string,
  Buffer,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt)

/** OWASP's scrypt setting for sign-in: 2^16 rounds of 8, about 64 MiB and a tenth of a second. */
const cost = { N: 65_536, r: 8, p: 1, maxmem: 128 * 65_536 * 8 * 2 }
const keyLength = 32

/** A password's hash with its salt, as text: `scrypt$salt$hash`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return stored(salt, await derive(plain(password), salt, keyLength, cost))
}

/** What no password has as its hash: looking at it takes as long as at somebody's. */
export function nobodysHash(): string {
  return stored(randomBytes(16), randomBytes(keyLength))
}

function stored(salt: Buffer, key: Buffer): string {
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** Whether the password is the one that was hashed; takes the same time either way. */
export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const [, salt = '', hash = ''] = hashed.split('$')
  const expected = Buffer.from(hash, 'base64url')
  const salted = Buffer.from(salt, 'base64url')
  const key = await derive(plain(password), salted, keyLength, cost)
  return expected.length === key.length && timingSafeEqual(expected, key)
}

/** NIST SP 800-63B: the same characters however a keyboard made them; longer input is cut off. */
function plain(password: string): string {
  return password.normalize('NFKC').slice(0, passwordLengthMax)
}
