import { guessText } from './charset.ts'

/** Beyond this no person's words stand where every parser sees none. */
const bodyBytesMax = 1024 * 1024

/**
 * What stands below the header, as it stands, without the lines that were meant as boundaries:
 * for mail in which parsers find nothing because its structure is broken.
 */
export function wordsAsTheyStand(raw: Buffer): string {
  const begin = bodyOffset(raw)
  const head = raw.subarray(0, begin).toString('latin1')
  const body = guessText(raw.subarray(begin, begin + bodyBytesMax))
  const boundary = /boundary\s*=\s*"?([^"\r\n;]{1,200})/i.exec(head)?.[1]?.trim()
  const lines = body.replace(/\r\n?/g, '\n').replaceAll('\0', '').split('\n')
  const kept = boundary ? lines.filter((line) => !line.startsWith(`--${boundary}`)) : lines
  return kept.join('\n').trim()
}

/** Where the body begins; the end of a mail that has none. */
function bodyOffset(raw: Buffer): number {
  if (raw[0] === 0x0a) return 1
  const ends = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter((at) => at !== -1)
  const first = Math.min(...ends)
  if (ends.length === 0) return raw.length
  return first + (raw[first] === 0x0d ? 4 : 2)
}
