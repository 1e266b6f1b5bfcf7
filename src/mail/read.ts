import type { ParsedMail } from '../domain/mail.ts'
import { addressesIn } from './addresses.ts'
import { standingOf } from './authenticity.ts'
import { type Body, bodyByMailparser, bodyByPostalMime } from './body.ts'
import { firstValue, headerFields } from './header.ts'
import { withLineFeeds } from './line-feeds.ts'
import { natureOf } from './nature.ts'
import { wordsAsTheyStand } from './plain.ts'
import { reportOf } from './report.ts'
import { dateOf, headerText, subjectOf } from './title.ts'

/**
 * What reads mail, and which version of it: raised whenever the same bytes come to mean something
 * else, by our own doing or a parser's. Mail that an older version could not read is read again.
 */
export const reader = { version: 3, mailparser: '3.14.2', postalMime: '4.0.0' } as const

/** A thread that long is found by its newest and its first mails. */
const idsMax = 200

/** Readers of a body in the order in which they are tried. */
const readers = [bodyByMailparser, bodyByPostalMime]

/**
 * Reads a mail from its bytes: by mailparser, by postal-mime where that gives up or finds nothing,
 * by hand where both do; then it says why. Never throws for what a mail holds. `secondTry` leaves
 * out mailparser, where it took too much time or memory before.
 */
export async function readMail(
  bytes: Buffer,
  trusted: readonly string[],
  secondTry = false,
): Promise<ParsedMail> {
  const raw = withLineFeeds(bytes)
  let why = ''
  let empty: Body | null = null
  for (const read of secondTry ? readers.slice(1) : readers) {
    try {
      const { body, isEmpty } = await read(raw)
      if (!isEmpty) return mailOf(raw, trusted, body, null)
      empty ??= body
    } catch (error) {
      why ||= error instanceof Error ? error.message : String(error)
    }
  }
  if (!empty) return unreadable(raw, why, trusted)
  return mailOf(raw, trusted, { ...empty, text: wordsAsTheyStand(raw) }, null)
}

/** What can be said of a mail that nobody could parse: its header, read by hand. */
export function unreadable(bytes: Buffer, why: string, trusted: readonly string[]): ParsedMail {
  const raw = withLineFeeds(bytes)
  const header = headerText(headerFields(raw))
  return { ...mailOf(raw, trusted, nothing, why), header }
}

const nothing: Body = {
  text: '',
  html: null,
  attachments: [],
  enclosures: [],
  protection: 'none',
}

function mailOf(
  raw: Buffer,
  trusted: readonly string[],
  body: Body,
  why: string | null,
): ParsedMail {
  return {
    ...frameOf(raw, trusted, body.text),
    ...body,
    unreadable: why,
    header: null,
    reader: reader.version,
  }
}

function frameOf(raw: Buffer, trusted: readonly string[], text: string) {
  const fields = headerFields(raw)
  const from = addressesIn(fields, 'from')
  const subject = subjectOf(fields)
  const inReplyTo = idsIn(firstValue(fields, 'in-reply-to'))
  const references = idsIn(firstValue(fields, 'references'))
  const report = reportOf({ fields, raw, subject, text, inReplyTo, references })
  return {
    messageId: idsIn(firstValue(fields, 'message-id'))[0] ?? null,
    inReplyTo,
    references,
    from,
    to: addressesIn(fields, 'to'),
    cc: addressesIn(fields, 'cc'),
    subject,
    date: dateOf(fields),
    ...standingOf(fields, from, trusted),
    nature: natureOf(fields, report),
    report,
  }
}

function idsIn(value: string): string[] {
  const found = value.match(/<[^\s<>]{1,990}>/g) ?? []
  return found.length <= idsMax ? found : [...found.slice(0, 1), ...found.slice(1 - idsMax)]
}
