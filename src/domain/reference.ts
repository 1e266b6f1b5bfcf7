/** Signs of Crockford's base 32: none is taken for another one when a person reads it out. */
export const referenceSigns = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A reference code (受付番号): five groups of four, in any case, as it stands in a text. */
const code = '[0-9a-z]{4}(?:-[0-9a-z]{4}){4}'

/** The code with its label and brackets, as it is put into a subject. */
export const referenceMark = new RegExp(
  `[[(（]\\s*(?:受付番号|Reference)\\s*[:：]?\\s*${code}\\s*[\\])）]`,
  'gi',
)

const candidate = new RegExp(`(?<![0-9a-z-])${code}(?![0-9a-z-])`, 'gi')
const wide = /[‐-―−－０-９Ａ-Ｚａ-ｚ]/

/** Text looked at, in UTF-16 units, and codes taken from it: a mail that names more is a list. */
const readMax = 32_768
const codesMax = 5

/** The part of a thread's code by which the thread is found. It is no secret. */
export function referencePlace(threadId: string): string {
  return threadId.replaceAll('-', '').slice(-8).toUpperCase()
}

/** What may be a reference code in a text, in the form in which codes are made. */
export function referencesIn(text: string): string[] {
  const head = text.slice(0, readMax)
  const narrow = wide.test(head) ? head.normalize('NFKC').replace(/[‐-―−]/g, '-') : head
  const found = [...new Set((narrow.match(candidate) ?? []).map(readOut))]
  return found.filter(isMade).slice(0, codesMax)
}

/**
 * The text without our codes, every other sign in its place: their signs are chance, and `ADR` or a
 * swear word among them is nobody's. What has no digit is not taken for a code: words stay words.
 */
export function withoutReferences(text: string): string {
  return text.replace(candidate, (found) =>
    isMade(readOut(found)) && /\d/.test(found) ? ' '.repeat(found.length) : found,
  )
}

/** Codes begin with eight signs of an id. */
function isMade(read: string): boolean {
  return /^[0-9A-F]{4}-[0-9A-F]{4}-/.test(read)
}

/** What people write instead of the signs that are not used. */
function readOut(found: string): string {
  return found.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1')
}
