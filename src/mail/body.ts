import { Readable } from 'node:stream'
import type { MailParserOptions } from 'mailparser'
import PostalMime, { type Attachment as PostalAttachment } from 'postal-mime'
import type { ParsedMail } from '../domain/mail.ts'
import { headerFields } from './header.ts'
import { wordsOfHtml } from './markup.ts'
import { withReadableNames } from './names.ts'
import { measuring, type Part, type TakenApart, takeApart } from './parts.ts'
import { protectionOf } from './protection.ts'
import { holesIn, ownCharset, withOwnCharsets } from './repair.ts'

export type Body = Pick<ParsedMail, 'text' | 'html' | 'attachments' | 'enclosures' | 'protection'>

/** A body, and whether the reader found nothing at all in the mail. */
export type ReadBody = { readonly body: Body; readonly isEmpty: boolean }

/** Longer HTML costs more to make safe than it is worth reading: its words and the bytes remain. */
const htmlLengthMax = 256 * 1024

/** The words of HTML are looked for so far: nobody hides any behind more. */
const htmlReadMax = 8 * 1024 * 1024

/** A text this long holds every mail a person writes; the original bytes hold the rest. */
const textLengthMax = 1_000_000

/** A garbled mail is read twice only up to here: beyond it lie attachments, not words. */
const repairBytesMax = 2 * 1024 * 1024

/** The parser gets a mail in pieces: one of 50 MB at once would lie in memory several times. */
const pieceBytes = 64 * 1024

/** Levels and parts cost mailparser time by their square; more parts than these are for postal-mime. */
const levelsMax = 4_000

export const options: MailParserOptions = {
  skipTextToHtml: true,
  skipImageLinks: true,
  checksumAlgo: false,
  maxHtmlLengthToParse: htmlLengthMax,
  maxChildNodes: levelsMax,
}

export const postalOptions = { rfc822Attachments: true, maxNestingDepth: levelsMax }

/** What a mail says, by mailparser; rejects where it gives up. */
export async function bodyByMailparser(raw: Buffer): Promise<ReadBody> {
  return bodyOf(raw, await repaired(raw, await takenApart(raw, options)))
}

/** What a mail says, by postal-mime: it reads much of what mailparser gives up. */
export async function bodyByPostalMime(raw: Buffer): Promise<ReadBody> {
  const named = Buffer.concat([...withReadableNames(raw)])
  const { text = '', html = '', attachments } = await PostalMime.parse(named, postalOptions)
  const parts: Part[] = []
  for (const one of attachments) parts.push(await partOf(parts.length, one))
  return bodyOf(raw, { text, html, htmlUnread: false, parts })
}

async function partOf(index: number, part: PostalAttachment): Promise<Part> {
  const { filename, mimeType: contentType, related = false, contentId = '' } = part
  const measured = measuring(index, { filename: filename ?? '', contentType, charset: '' }, 0)
  await measured.take(bytesOf(part.content))
  const { attachment, sight } = await measured.end()
  const inline = related && contentType.startsWith('image/')
  return { attachment: { ...attachment, inline }, cid: contentId.replace(/^<|>$/g, ''), sight }
}

async function takenApart(raw: Buffer, how: MailParserOptions): Promise<TakenApart> {
  const { parser, done } = takeApart(how)
  if (raw.length <= pieceBytes) parser.end(Buffer.concat([...withReadableNames(raw)]))
  else Readable.from(piecesOf(raw)).pipe(parser)
  return done
}

export function* piecesOf(raw: Buffer): Iterable<Buffer> {
  for (const stretch of withReadableNames(raw)) {
    for (let at = 0; at < stretch.length; at += pieceBytes) {
      yield stretch.subarray(at, at + pieceBytes)
    }
  }
}

/** Text in a wrong or unnamed charset is read again by its bytes; the better reading stays. */
async function repaired(raw: Buffer, first: TakenApart): Promise<TakenApart> {
  const holes = holesIn(first.text + first.html)
  if (holes === 0 || raw.length > repairBytesMax) return first
  const again = await takenApart(withOwnCharsets(raw), { ...options, Iconv: ownCharset })
  if (holesIn(again.text + again.html) >= holes) return first
  return { ...again, parts: first.parts }
}

function bodyOf(raw: Buffer, found: TakenApart): ReadBody {
  const { text, html, parts } = found
  const isEmpty = text.trim() === '' && html === '' && parts.length === 0
  return { body: viewOf(raw, found), isEmpty }
}

function viewOf(raw: Buffer, { text, html, htmlUnread, parts }: TakenApart): Body {
  const words = wordsOf(text, html, htmlUnread, parts)
  const shown = new Set([...html.matchAll(/\bcid:([^"'\s>]{1,256})/g)].map(([, cid]) => cid))
  return {
    text: cleaned(words),
    html: html === '' || html.length > htmlLengthMax ? null : html,
    attachments: parts.map(({ attachment, cid }) =>
      shown.has(cid) && attachment.contentType.startsWith('image/')
        ? { ...attachment, inline: true }
        : attachment,
    ),
    enclosures: parts.flatMap(({ attachment: { index }, sight: { enclosed } }) =>
      enclosed ? [{ attachment: index, enclosed }] : [],
    ),
    protection: protectionOf(headerFields(raw), parts, words),
  }
}

/** The mail's own words; where it has none, those of what it was sent to carry. */
function wordsOf(text: string, html: string, htmlUnread: boolean, parts: readonly Part[]): string {
  const own = text.trim() === '' || htmlUnread ? wordsOfHtml(html.slice(0, htmlReadMax)) : ''
  const words = [text, own].filter((one) => one.trim() !== '').join('\n')
  if (words !== '') return words
  return parts.find(({ sight }) => sight.words.trim() !== '')?.sight.words ?? ''
}

/** NUL ends text for some programs; lone line ends are made the same. */
function cleaned(text: string): string {
  return text.replaceAll('\0', '').replace(/\r\n?/g, '\n').slice(0, textLengthMax)
}

export function bytesOf(content: string | ArrayBuffer | Uint8Array): Buffer {
  if (typeof content === 'string') return Buffer.from(content)
  if (content instanceof ArrayBuffer) return Buffer.from(content)
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}
