import { isFileName } from '../domain/attachment.ts'

/**
 * What may stand in a mail of ours. Each value is made here, sign by sign, or refused: nothing that
 * was made can end its header, add another one, or speak to a server in our name.
 */
declare const kind: unique symbol
type Made<Kind extends string> = string & { readonly [kind]: Kind }

/** One line of words in a header: a subject. */
export type HeaderLine = Made<'line'>
/** The name beside an address. */
export type DisplayName = Made<'name'>
/** One address that SMTP and a header take as it stands (RFC 5321 section 4.1.2, no quotes). */
export type EmailAddress = Made<'address'>
/** A Message-ID: ours, or one that we refer to. */
export type MessageId = Made<'id'>
/** The words of a mail. */
export type MailText = Made<'text'>
/** The name of a file that goes with a mail (RFC 2183, RFC 2231). */
export type FileName = Made<'file'>

/** Something in a mail that must not leave; the message names the field. */
export class UnsafeMail extends Error {
  constructor(field: string, why: string) {
    super(`${field} cannot be sent: ${why}`)
    this.name = 'UnsafeMail'
  }
}

/** RFC 5322 section 2.1.1: the longest line. */
const lineLengthMax = 998

export function headerLine(field: string, text: string): HeaderLine {
  if (hasControls(text)) throw new UnsafeMail(field, 'it has a line break or a control character')
  if (text.length > lineLengthMax) throw new UnsafeMail(field, 'it is too long')
  // Shown as other words than were approved, by a program that decodes it once more.
  if (/=\?[^?\s]{1,80}\?[bq]\?/i.test(text)) {
    throw new UnsafeMail(field, 'it has an encoded word (RFC 2047): write it in plain letters')
  }
  return text as string as HeaderLine
}

/** What would begin an address, or another one, is in no name. */
export function displayName(field: string, text: string): DisplayName {
  if (/["<>\\]/.test(text)) throw new UnsafeMail(field, 'it has a quotation mark or a bracket')
  return headerLine(field, text) as string as DisplayName
}

/** RFC 5321 section 4.5.3.1: a path has at most 256 octets, the part before the @ at most 64. */
const addressLengthMax = 254
const localLengthMax = 64

const addrSpec =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/

export function emailAddress(field: string, text: string): EmailAddress {
  if (text.length > addressLengthMax) throw new UnsafeMail(field, 'the address is too long')
  if (!addrSpec.test(text)) throw new UnsafeMail(field, 'the address is not one plain address')
  const [local = ''] = text.split('@')
  if (local.length > localLengthMax) {
    throw new UnsafeMail(field, 'the part before the @ is too long')
  }
  if (/^\.|\.\.|\.$/.test(local)) throw new UnsafeMail(field, 'the address has a dot out of place')
  return text as string as EmailAddress
}

const wellFormedId = /^<[!-;=?A-~]{1,400}@[!-;=?A-~]{1,255}>$/

/** A Message-ID of our own making. */
export function messageId(text: string): MessageId {
  if (!wellFormedId.test(text)) throw new UnsafeMail('Message-ID', 'it is not <left@right>')
  return text as string as MessageId
}

/** Other programs leave out the @ or write too much; what stands on one line can be referred to. */
const foreignId = /^<[!-;=?-~]{1,990}>$/

/** A Message-ID that somebody else made, as far as it can be referred to. */
export function referredId(field: string, text: string): MessageId {
  if (!foreignId.test(text)) throw new UnsafeMail(field, 'it is not one Message-ID')
  return text as string as MessageId
}

/**
 * The words of a mail. A line with nothing but a dot ends a mail in SMTP; it is carried safely, and
 * yet nobody writes one who means no harm.
 */
export function mailText(text: string): MailText {
  if (text.includes('\0')) throw new UnsafeMail('the text', 'it has a NUL character')
  if (/\r(?!\n)/.test(text)) throw new UnsafeMail('the text', 'it has a bare carriage return')
  if (/^\.\r?$/m.test(text)) throw new UnsafeMail('the text', 'a line has nothing but a dot')
  return text as string as MailText
}

/**
 * The name of a file in a mail. Signs that end a parameter or a header are refused; others go out
 * in the form of RFC 2231.
 */
export function fileName(text: string): FileName {
  if (!isFileName(text))
    throw new UnsafeMail('the file name', 'it is no plain name of a known kind')
  return headerLine('the file name', text) as string as FileName
}

/** The name of a file of JSON that we made ourselves, for somebody who is no customer. */
export function jsonFileName(text: string): FileName {
  if (/^[a-z0-9-]{1,100}\.json$/.test(text)) return text as string as FileName
  throw new UnsafeMail('the file name', 'it is no plain name')
}

function hasControls(text: string): boolean {
  // U+2028 and U+2029 end lines for some programs as well.
  return [...text].some(
    (character) => character < ' ' || /[\u007f-\u009f\u2028\u2029]/.test(character),
  )
}
