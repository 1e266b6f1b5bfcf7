import { createHash } from 'node:crypto'
import { type AddressObject, type ParsedMail as Decoded, simpleParser } from 'mailparser'
import addressparser from 'nodemailer/lib/addressparser'
import PostalMime from 'postal-mime'
import type { Address, Attachment, ParsedMail } from '../domain/mail.ts'
import { identityOf } from './authenticity.ts'
import { decodeGuessing, firstValue, type HeaderField, headerFields, isRaw } from './header.ts'
import { bounceOf, natureOf } from './nature.ts'

/** Longer HTML costs more to make safe than it is worth reading: the text and the bytes remain. */
const htmlLengthMax = 256 * 1024

/** A text this long holds every mail a person writes; the original bytes hold the rest. */
const textLengthMax = 1_000_000
const subjectLengthMax = 2_000
const addressesMax = 500
const idsMax = 200

type Words = Pick<ParsedMail, 'subject' | 'text' | 'html' | 'attachments' | 'date' | 'to' | 'cc'>

/**
 * Reads a mail from its bytes: by mailparser, by postal-mime where that gives up, by hand where
 * both do; then it says why. Never throws for what a mail holds.
 */
export async function readMail(raw: Buffer, trusted: readonly string[]): Promise<ParsedMail> {
  const fields = headerFields(raw)
  const words = await wordsOf(raw, fields)
  if ('unreadable' in words) return unreadable(raw, words.unreadable, trusted)
  return { ...frameOf(raw, fields, trusted), ...words, unreadable: null }
}

/** What can be said of a mail that nobody could parse: its header, read by hand. */
export function unreadable(raw: Buffer, why: string, trusted: readonly string[]): ParsedMail {
  const fields = headerFields(raw)
  const date = new Date(firstValue(fields, 'date'))
  return {
    ...frameOf(raw, fields, trusted),
    subject: subjectOf(fields, decodeWords(firstValue(fields, 'subject'))),
    text: '',
    html: null,
    attachments: [],
    date: Number.isNaN(date.getTime()) ? null : date,
    to: addressesIn(fields, 'to'),
    cc: addressesIn(fields, 'cc'),
    unreadable: why,
  }
}

async function wordsOf(
  raw: Buffer,
  fields: readonly HeaderField[],
): Promise<Words | { unreadable: string }> {
  try {
    const options = {
      skipTextToHtml: true,
      skipImageLinks: true,
      maxHtmlLengthToParse: htmlLengthMax,
    }
    return decoded(await simpleParser(raw, options), fields)
  } catch (first) {
    try {
      return await secondTry(raw, fields)
    } catch {
      return { unreadable: first instanceof Error ? first.message : String(first) }
    }
  }
}

function decoded(mail: Decoded, fields: readonly HeaderField[]): Words {
  return {
    subject: subjectOf(fields, mail.subject ?? ''),
    text: cleaned(mail.text ?? ''),
    html: htmlOf(mail.html || null),
    attachments: mail.attachments.map(({ filename, contentType, content }, index) =>
      attachmentOf(index, filename, contentType, content),
    ),
    date: mail.date ?? null,
    to: isRaw(firstValue(fields, 'to')) ? addressesIn(fields, 'to') : addressesOf(mail.to),
    cc: isRaw(firstValue(fields, 'cc')) ? addressesIn(fields, 'cc') : addressesOf(mail.cc),
  }
}

async function secondTry(raw: Buffer, fields: readonly HeaderField[]): Promise<Words> {
  const mail = await PostalMime.parse(raw)
  const date = new Date(mail.date ?? '')
  return {
    subject: subjectOf(fields, mail.subject ?? ''),
    text: cleaned(mail.text ?? ''),
    html: htmlOf(mail.html ?? null),
    attachments: mail.attachments.map(({ filename, mimeType, content }, index) => {
      const bytes =
        typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer)
      return attachmentOf(index, filename ?? undefined, mimeType, bytes)
    }),
    date: Number.isNaN(date.getTime()) ? null : date,
    to: addressesIn(fields, 'to'),
    cc: addressesIn(fields, 'cc'),
  }
}

function frameOf(raw: Buffer, fields: readonly HeaderField[], trusted: readonly string[]) {
  const nature = natureOf(fields)
  const from = addressesIn(fields, 'from')
  return {
    messageId: idsIn(firstValue(fields, 'message-id'))[0] ?? null,
    inReplyTo: idsIn(firstValue(fields, 'in-reply-to')),
    references: idsIn(firstValue(fields, 'references')),
    from,
    identity: identityOf(fields, from, trusted),
    nature,
    bounce: nature === 'bounce' ? bounceOf(raw) : null,
  }
}

function subjectOf(fields: readonly HeaderField[], parsed: string): string {
  const value = firstValue(fields, 'subject')
  const subject = isRaw(value) ? decodeGuessing(value) : parsed
  return subject
    .replace(/[\0-\x1f\x7f]+/g, ' ')
    .trim()
    .slice(0, subjectLengthMax)
}

function addressesIn(fields: readonly HeaderField[], name: string): Address[] {
  const values = fields.filter((field) => field.name === name).map(({ value }) => value)
  const text = values.map((value) => (isRaw(value) ? decodeGuessing(value) : value)).join(', ')
  const parsed = addressparser(text.slice(0, 100_000), { flatten: true })
  return parsed.slice(0, addressesMax).map((one) => plainAddress(one.name, one.address))
}

function addressesOf(header: AddressObject | AddressObject[] | undefined): Address[] {
  const objects = header === undefined ? [] : Array.isArray(header) ? header : [header]
  const flat = objects.flatMap(({ value }) => value.flatMap((one) => one.group ?? [one]))
  return flat.slice(0, addressesMax).map(({ name, address }) => plainAddress(name, address ?? ''))
}

function plainAddress(name: string, address: string): Address {
  return {
    name: decodeWords(name)
      .replace(/[\0-\x1f\x7f]+/g, ' ')
      .trim()
      .slice(0, 200),
    address: address.trim().toLowerCase().slice(0, 320),
  }
}

/** Encoded words (RFC 2047), neighbours of one charset joined before they are decoded. */
export function decodeWords(text: string): string {
  const word = /=\?([\w-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=/i
  return text
    .replace(/(=\?[\w*-]+\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, '$1')
    .replace(/(?:=\?[\w*-]+\?[bq]\?[^?]*\?=)+/gi, (run) => {
      const parts = run.split(/(?<=\?=)(?==\?)/).map((one) => word.exec(one))
      const charset = parts[0]?.[1] ?? 'utf-8'
      const bytes = parts.map((part) => wordBytes(part?.[2] ?? 'b', part?.[3] ?? ''))
      return decodeCharset(charset, Buffer.concat(bytes), run)
    })
}

function wordBytes(encoding: string, content: string): Buffer {
  if (encoding.toLowerCase() === 'b') return Buffer.from(content, 'base64')
  const plain = content
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}

function decodeCharset(charset: string, bytes: Buffer, otherwise: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    // A charset nobody knows: the words stay as they were written.
    return otherwise
  }
}

function idsIn(value: string): string[] {
  const found = value.match(/<[^\s<>]{1,990}>/g) ?? []
  return found.slice(0, idsMax)
}

function attachmentOf(
  index: number,
  filename: string | undefined,
  contentType: string,
  content: Buffer,
): Attachment {
  return {
    index,
    filename: safeFilename(filename ?? '', index),
    contentType: /^[\w.+-]+\/[\w.+-]+$/.test(contentType)
      ? contentType
      : 'application/octet-stream',
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}

/** A name that can be shown and saved under: no path, no control or direction characters. */
export function safeFilename(name: string, index: number): string {
  const base = name.split(/[/\\]/).at(-1) ?? ''
  const clean = base
    .normalize('NFC')
    .replace(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const kept = [...clean].slice(0, 120).join('')
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(kept)
  return kept === '' ? `attachment-${index + 1}` : reserved ? `_${kept}` : kept
}

function htmlOf(html: string | null): string | null {
  return html === null || html.length > htmlLengthMax ? null : html
}

/** NUL ends text for some programs; lone line ends are made the same. */
function cleaned(text: string): string {
  return text.replaceAll('\0', '').replace(/\r\n?/g, '\n').slice(0, textLengthMax)
}
