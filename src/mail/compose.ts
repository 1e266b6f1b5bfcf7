import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Address } from '../domain/mail.ts'

/** A mail about to leave, with everything that its bytes depend on. */
export type OutgoingMail = {
  readonly messageId: string
  readonly from: Address
  /** Exactly one: nothing of ours goes to a list. */
  readonly to: Address
  readonly subject: string
  readonly text: string
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly date: Date
  /** RFC 3834: null where a person wrote to a person. */
  readonly autoSubmitted: 'auto-generated' | 'auto-replied' | null
}

/** Something in a mail that must not become a header; the message names the field. */
export class UnsafeMail extends Error {
  constructor(field: string, why: string) {
    super(`${field} cannot be sent: ${why}`)
    this.name = 'UnsafeMail'
  }
}

/** RFC 5321 section 4.5.3.1.3: a path has at most 256 octets. */
const addressLengthMax = 254

/** References kept: the first and the newest, so that no header grows without end. */
const referencesMax = 30

const addrSpec =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/
const ownId = /^<[!-;=?A-~]{1,400}@[!-;=?A-~]{1,255}>$/

/** Other programs leave out the @ or write too much; what stands on one line can be referred to. */
const foreignId = /^<[!-;=?-~]{1,990}>$/

/**
 * The bytes of a mail (RFC 5322), the same for the same input. Throws `UnsafeMail` where a field
 * could break out of its header.
 */
export function compose(mail: OutgoingMail): Promise<Buffer> {
  if (!ownId.test(mail.messageId)) throw new UnsafeMail('Message-ID', 'it is not <left@right>')
  const [inReplyTo] = usableIds('In-Reply-To', mail.inReplyTo === null ? [] : [mail.inReplyTo])
  const references = usableIds('References', mail.references)
  const kept = [...references.slice(0, 1), ...references.slice(1).slice(-(referencesMax - 1))]
  const composer = new MailComposer({
    messageId: mail.messageId,
    from: safeAddress('From', mail.from),
    to: [safeAddress('To', mail.to)],
    subject: safeLine('Subject', mail.subject),
    text: safeText(mail.text),
    html: htmlOf(mail.text),
    date: mail.date,
    ...(inReplyTo ? { inReplyTo } : {}),
    ...(kept.length > 0 ? { references: kept } : {}),
    headers: mail.autoSubmitted
      ? { 'Auto-Submitted': mail.autoSubmitted, 'X-Auto-Response-Suppress': 'All' }
      : {},
    // The same input has to give the same bytes: what was approved is what is sent.
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 24),
    textEncoding: 'base64',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

/** An address that can stand in a header and in SMTP, or `UnsafeMail`. */
export function safeAddress(field: string, { name, address }: Address): Address {
  if (address.length > addressLengthMax) throw new UnsafeMail(field, 'the address is too long')
  if (!addrSpec.test(address)) throw new UnsafeMail(field, 'the address is not one plain address')
  const [local = ''] = address.split('@')
  if (local.length > 64) throw new UnsafeMail(field, 'the part before the @ is too long')
  if (/^\.|\.\.|\.$/.test(local)) throw new UnsafeMail(field, 'the address has a dot out of place')
  return { name: safeLine(`${field} name`, name), address }
}

/** The ids that can stand in a header; one that was made to break out of it is no mere oddity. */
function usableIds(field: string, ids: readonly string[]): string[] {
  for (const id of ids) safeLine(field, id)
  return ids.filter((id) => foreignId.test(id))
}

/** The same words for programs that show HTML: paragraphs and line breaks, nothing else. */
function htmlOf(text: string): string {
  const escaped = text.trim().replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  const paragraphs = escaped
    .split(/\n{2,}/)
    .map((one) => `<p>${one.replaceAll('\n', '<br>\n')}</p>`)
  return `<!doctype html>\n<meta charset="utf-8">\n${paragraphs.join('\n')}\n`
}

function safeLine(field: string, text: string): string {
  if (hasControls(text)) throw new UnsafeMail(field, 'it has a line break or a control character')
  return text
}

function safeText(text: string): string {
  if (text.includes('\0')) throw new UnsafeMail('the text', 'it has a NUL character')
  return text
}

function hasControls(text: string): boolean {
  // U+2028 and U+2029 end lines for some programs as well.
  return [...text].some(
    (character) => character < ' ' || /[\u007f-\u009f\u2028\u2029]/.test(character),
  )
}
