import type { ParsedMail } from '../domain/mail.ts'
import { addressesIn } from './addresses.ts'
import { standingOf } from './authenticity.ts'
import { type Body, bodyByMailparser, bodyByPostalMime } from './body.ts'
import { decodeGuessing, decodeWords, isRaw } from './charset.ts'
import { firstValue, type HeaderField, headerFields } from './header.ts'
import { bounceOf, natureOf } from './nature.ts'

/** RFC 5322 section 2.1.1 asks for lines of 998 at most; a longer subject is nobody's title. */
const subjectLengthMax = 2_000

/** A thread that long is found by its newest and its first mails. */
const idsMax = 200

/** Readers of a body in the order in which they are tried. */
const readers = [bodyByMailparser, bodyByPostalMime]

/**
 * Reads a mail from its bytes: by mailparser, by postal-mime where that gives up, by hand where
 * both do; then it says why. Never throws for what a mail holds. `secondTry` leaves out mailparser,
 * where it took too much time or memory before.
 */
export async function readMail(
  bytes: Buffer,
  trusted: readonly string[],
  secondTry = false,
): Promise<ParsedMail> {
  const raw = withLineFeeds(bytes)
  let why = ''
  for (const read of secondTry ? readers.slice(1) : readers) {
    try {
      const body = await read(raw)
      return { ...frameOf(raw, trusted), ...body, unreadable: null }
    } catch (error) {
      why ||= error instanceof Error ? error.message : String(error)
    }
  }
  return unreadable(raw, why, trusted)
}

/** What can be said of a mail that nobody could parse: its header, read by hand. */
export function unreadable(bytes: Buffer, why: string, trusted: readonly string[]): ParsedMail {
  const body: Body = { text: '', html: null, attachments: [] }
  return { ...frameOf(withLineFeeds(bytes), trusted), ...body, unreadable: why }
}

/** A mail whose lines end in CR alone reads as one line to every parser. */
export function withLineFeeds(raw: Buffer): Buffer {
  if (raw.includes(0x0a) || !raw.includes(0x0d)) return raw
  return Buffer.from(raw.toString('latin1').replaceAll('\r', '\r\n'), 'latin1')
}

function frameOf(raw: Buffer, trusted: readonly string[]) {
  const fields = headerFields(raw)
  const from = addressesIn(fields, 'from')
  const nature = natureOf(fields)
  const bounce = nature === 'bounce' ? bounceOf(raw) : null
  return {
    messageId: idsIn(firstValue(fields, 'message-id'))[0] ?? null,
    inReplyTo: idsIn(firstValue(fields, 'in-reply-to')),
    references: idsIn(firstValue(fields, 'references')),
    from,
    to: addressesIn(fields, 'to'),
    cc: addressesIn(fields, 'cc'),
    subject: subjectOf(fields),
    date: dateOf(fields),
    ...standingOf(fields, from, trusted),
    // A report on mail that is late or has arrived is a machine's, and nothing came back.
    nature: nature === 'bounce' && !bounce ? ('auto_generated' as const) : nature,
    bounce,
  }
}

function subjectOf(fields: readonly HeaderField[]): string {
  const value = firstValue(fields, 'subject')
  const subject = isRaw(value) ? decodeWords(decodeGuessing(value)) : decodeWords(value)
  return subject
    .replace(/[\0-\x1f\x7f]+/g, ' ')
    .trim()
    .slice(0, subjectLengthMax)
}

/** By hand: where a date cannot be read, mailparser says the present, which is no date of a mail. */
function dateOf(fields: readonly HeaderField[]): Date | null {
  const date = new Date(firstValue(fields, 'date'))
  return Number.isNaN(date.getTime()) ? null : date
}

function idsIn(value: string): string[] {
  const found = value.match(/<[^\s<>]{1,990}>/g) ?? []
  return found.length <= idsMax ? found : [...found.slice(0, 1), ...found.slice(1 - idsMax)]
}
