import { decodeGuessing, decodeWords, isRaw } from './charset.ts'
import { firstValue, type HeaderField } from './header.ts'

/** RFC 5322 section 2.1.1 asks for lines of 998 at most; a longer subject is nobody's title. */
const subjectLengthMax = 2_000

/** The subject, decoded, on one line. */
export function subjectOf(fields: readonly HeaderField[]): string {
  return decodedValue(firstValue(fields, 'subject')).slice(0, subjectLengthMax)
}

/** By hand: where a date cannot be read, mailparser says the present, which is no date of a mail. */
export function dateOf(fields: readonly HeaderField[]): Date | null {
  const date = new Date(firstValue(fields, 'date'))
  return Number.isNaN(date.getTime()) ? null : date
}

/** A header is shown so far, and each of its values; nobody reads on. */
const headerLengthMax = 16_000
const valueLengthMax = 500

/** The header as plain text, for mail of which nothing else can be read. */
export function headerText(fields: readonly HeaderField[]): string {
  let text = ''
  for (const { name, value } of fields) {
    if (text.length > headerLengthMax) break
    const title = name.slice(0, 80).replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase())
    const words = decodedValue(value.slice(0, headerLengthMax))
    const cut = words.length > valueLengthMax ? `${words.slice(0, valueLengthMax)}…` : words
    text += `${title}: ${cut}\n`
  }
  return text.slice(0, headerLengthMax).trim()
}

function decodedValue(value: string): string {
  return (isRaw(value) ? decodeWords(decodeGuessing(value)) : decodeWords(value))
    .replace(/[\0-\x1f\x7f]+/g, ' ')
    .trim()
}
