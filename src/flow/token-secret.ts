import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** What every token begins with, so that scanners of code and logs know one when they see it. */
export const tokenPrefix = 'mamori_'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const secretBytes = 30
/** 62^41 is more than 2^240. */
const secretDigits = 41
/** 62^6 is more than 2^32. */
const checkDigits = 6

const form = new RegExp(`^${tokenPrefix}[0-9A-Za-z]{${secretDigits + checkDigits}}$`)

/** A new secret: 240 random bits and the checksum (CRC-32) of what stands before it, in base 62. */
export function newTokenSecret(): string {
  const bits = BigInt(`0x${randomBytes(secretBytes).toString('hex')}`)
  return withChecksum(`${tokenPrefix}${inBase62(bits, secretDigits)}`)
}

/** Whether it can be one of ours at all: what was cut or mistyped asks no database. */
export function isTokenSecret(secret: string): boolean {
  return form.test(secret) && withChecksum(secret.slice(0, -checkDigits)) === secret
}

/** What is kept of a secret. It is long and random, so that one round of SHA-256 is enough. */
export function hashOfToken(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function withChecksum(head: string): string {
  return `${head}${inBase62(BigInt(crc32(head)), checkDigits)}`
}

function inBase62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest /= 62n) {
    text = `${digits[Number(rest % 62n)]}${text}`
  }
  return text
}
