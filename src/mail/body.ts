import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  type AttachmentStream,
  MailParser,
  type MailParserOptions,
  type MessageText,
  simpleParser,
} from 'mailparser'
import PostalMime from 'postal-mime'
import type { Attachment, ParsedMail } from '../domain/mail.ts'
import { safeFilename } from './filename.ts'
import { wordsOfHtml } from './markup.ts'
import { holesIn, ownCharset, withOwnCharsets } from './repair.ts'

export type Body = Pick<ParsedMail, 'text' | 'html' | 'attachments'>
type Words = Pick<Body, 'text' | 'html'>

/** Longer HTML costs more to make safe than it is worth reading: its words and the bytes remain. */
const htmlLengthMax = 256 * 1024

/** A text this long holds every mail a person writes; the original bytes hold the rest. */
const textLengthMax = 1_000_000

/** A garbled mail is read twice only up to here: beyond it lie attachments, not words. */
const repairBytesMax = 2 * 1024 * 1024

/** The parser gets a mail in pieces: one of 50 MB at once would lie in memory several times. */
const pieceBytes = 64 * 1024

const options: MailParserOptions = {
  skipTextToHtml: true,
  skipImageLinks: true,
  checksumAlgo: false,
  maxHtmlLengthToParse: htmlLengthMax,
}

/** What a mail says, by mailparser; rejects where it gives up. */
export async function bodyByMailparser(raw: Buffer): Promise<Body> {
  const { attachments, ...words } = await parsed(raw, options)
  const { text, html } = await repaired(raw, words)
  return { ...wordsOf(text, html), attachments }
}

/** What a mail says, by postal-mime: it reads much of what mailparser gives up. */
export async function bodyByPostalMime(raw: Buffer): Promise<Body> {
  const { text = '', html = null, attachments } = await PostalMime.parse(raw)
  return {
    ...wordsOf(text, html),
    attachments: attachments.map(({ filename, mimeType, content }, index) =>
      attachmentOf(index, filename ?? '', mimeType, figuresOf(bytesOf(content))),
    ),
  }
}

/** The bytes of one attachment of a mail, or null where the mail has no such part. */
export async function attachmentBytes(raw: Buffer, index: number): Promise<Buffer | null> {
  try {
    const { attachments } = await simpleParser(raw, { ...options, skipHtmlToText: true })
    return attachments[index]?.content ?? null
  } catch {
    // Read as its view was read: what mailparser gives up, postal-mime counted.
    const { attachments } = await PostalMime.parse(raw)
    const found = attachments[index]
    return found ? bytesOf(found.content) : null
  }
}

/** Attachments pass by piece by piece, so that a large one costs little memory. */
function parsed(raw: Buffer, how: MailParserOptions): Promise<Body> {
  return new Promise((resolve, reject) => {
    const parser = new MailParser(how)
    const attachments: Attachment[] = []
    let words = { text: '', html: null as string | null }
    parser.on('data', (part: AttachmentStream | MessageText) => {
      if (part.type === 'text') words = { text: part.text ?? '', html: part.html || null }
      else measure(part, attachments)
    })
    parser.once('end', () => resolve({ ...words, attachments }))
    parser.once('error', reject)
    if (raw.length <= pieceBytes) parser.end(raw)
    else Readable.from(pieces(raw)).pipe(parser)
  })
}

function* pieces(raw: Buffer): Iterable<Buffer> {
  for (let at = 0; at < raw.length; at += pieceBytes) yield raw.subarray(at, at + pieceBytes)
}

function measure(part: AttachmentStream, attachments: Attachment[]): void {
  const { filename = '', contentType, content } = part
  const hash = createHash('sha256')
  let size = 0
  content.on('data', (chunk: Buffer) => {
    hash.update(chunk)
    size += chunk.length
  })
  content.once('end', () => {
    const sha256 = hash.digest('hex')
    attachments.push(attachmentOf(attachments.length, filename, contentType, { size, sha256 }))
    part.release?.()
  })
}

/** Text in a wrong or unnamed charset is read again by its bytes; the better reading stays. */
async function repaired(raw: Buffer, words: Words): Promise<Words> {
  const holes = holesIn(words.text + (words.html ?? ''))
  if (holes === 0 || raw.length > repairBytesMax) return words
  const again = await parsed(withOwnCharsets(raw), { ...options, Iconv: ownCharset })
  return holesIn(again.text + (again.html ?? '')) < holes ? again : words
}

function wordsOf(text: string, html: string | null): Words {
  const words = text.trim() === '' && html ? wordsOfHtml(html.slice(0, htmlLengthMax)) : text
  return {
    text: cleaned(words),
    html: html === null || html.length > htmlLengthMax ? null : html,
  }
}

/** NUL ends text for some programs; lone line ends are made the same. */
function cleaned(text: string): string {
  return text.replaceAll('\0', '').replace(/\r\n?/g, '\n').slice(0, textLengthMax)
}

function attachmentOf(
  index: number,
  filename: string,
  contentType: string,
  figures: Pick<Attachment, 'size' | 'sha256'>,
): Attachment {
  const plain = /^[\w.+-]+\/[\w.+-]+$/.test(contentType)
  return {
    index,
    filename: safeFilename(filename, index),
    contentType: plain ? contentType : 'application/octet-stream',
    ...figures,
  }
}

function figuresOf(content: Buffer): Pick<Attachment, 'size' | 'sha256'> {
  return {
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}

function bytesOf(content: string | ArrayBuffer | Uint8Array): Buffer {
  if (typeof content === 'string') return Buffer.from(content)
  if (content instanceof ArrayBuffer) return Buffer.from(content)
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}
