import { createHash, randomBytes } from 'node:crypto'

/** Crockford's base 32: no letter in it can be taken for a figure. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 20
const groupLength = 5

/** A code by which somebody comes back to their anonymous report: 100 random bits. */
export function newCode(): string {
  const code = [...randomBytes(length)].map((byte) => signs[byte % signs.length]).join('')
  return code.match(new RegExp(`.{${groupLength}}`, 'g'))?.join('-') ?? code
}

/** What is kept of a code, however it was typed; null where it can be none of ours. */
export function hashOfCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (code.length !== length) return null
  return createHash('sha256').update(`consultation code\n${code}`).digest('hex')
}
