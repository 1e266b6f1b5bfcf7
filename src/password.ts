import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<
  string,
  Buffer,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt)

/** Shorter passwords are refused when an account is made. */
export const passwordLengthMin = 12

/** Longer input is cut off: hashing it would only cost time. */
const passwordLengthMax = 256

/** OWASP's scrypt setting for sign-in: 2^16 rounds of 8, about 64 MiB and a tenth of a second. */
const cost = { N: 65_536, r: 8, p: 1, maxmem: 128 * 65_536 * 8 * 2 }
const keyLength = 32

/** A password's hash with its salt, as text: `scrypt$salt$hash`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password.slice(0, passwordLengthMax), salt, keyLength, cost)
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** Whether the password is the one that was hashed; takes the same time either way. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [, salt = '', hash = ''] = stored.split('$')
  const expected = Buffer.from(hash, 'base64url')
  const salted = Buffer.from(salt, 'base64url')
  const key = await derive(password.slice(0, passwordLengthMax), salted, keyLength, cost)
  return expected.length === key.length && timingSafeEqual(expected, key)
}
