import { createHash } from 'node:crypto'
import {
  type AttachmentStream,
  MailParser,
  type MailParserOptions,
  type StructuredHeader,
} from 'mailparser'
import type { Attachment } from '../domain/mail.ts'
import { safeFilename } from './filename.ts'
import { type Look, lookInto, type Opened, type PartHead, type Sight, unseen } from './look.ts'

/** A part that was measured while it passed by, and what was seen in it. */
export type Part = {
  readonly attachment: Attachment
  /** Its Content-ID without brackets; empty where HTML cannot refer to it. */
  readonly cid: string
  readonly sight: Sight
}

/** A mail as mailparser takes it apart. */
export type TakenApart = {
  readonly text: string
  readonly html: string
  /** HTML that was too long or too deep to be among the words of the text. */
  readonly htmlUnread: boolean
  readonly parts: readonly Part[]
}

/** More attachments are no mail that anybody writes, and no list that anybody reads. */
const partsMax = 10_000

/** Mails in mails in mails are looked into so deep; the next one is a file. */
const depthMax = 4

/** Begins to take a mail apart: bytes go into `parser`, the parts pass by one after the other. */
export function takeApart(options: MailParserOptions, depth = 0) {
  const parser = new MailParser(options)
  const done = new Promise<TakenApart>((resolve, reject) => {
    const parts: Part[] = []
    let words = { text: '', html: '', htmlUnread: false }
    let last = Promise.resolve()
    parser.on('data', (piece) => {
      if (piece.type === 'text') {
        const htmlUnread = piece.textConversionError !== undefined
        words = { text: piece.text ?? '', html: piece.html || '', htmlUnread }
      } else {
        last = passing(piece, parts, depth)
        last.catch(reject)
      }
    })
    // The parser waits for each part but the last one.
    parser.once('end', () => last.then(() => resolve({ ...words, parts }), reject))
    parser.once('error', reject)
  })
  return { parser, done }
}

/** Large attachments cost little memory: what has passed is gone. */
async function passing(stream: AttachmentStream, parts: Part[], depth: number): Promise<void> {
  const { filename = '', contentType, content, cid = '', related = false } = stream
  const head = { filename, contentType, charset: charsetOf(stream) }
  const measured = measuring(parts.length, head, depth)
  for await (const chunk of content as AsyncIterable<Buffer>) await measured.take(chunk)
  const { attachment, sight } = await measured.end()
  const inline = related && contentType.startsWith('image/')
  parts.push({ attachment: { ...attachment, inline }, cid, sight })
  stream.release?.()
}

/** Size, hash and sight of a part at that place, chunk by chunk. */
export function measuring(index: number, head: PartHead, depth: number) {
  if (index >= partsMax) throw new Error(`it has more than ${partsMax} attachments`)
  const look: Look | null = lookInto(head, () => openWithin(depth + 1))
  const hash = createHash('sha256')
  let size = 0
  return {
    async take(chunk: Buffer): Promise<void> {
      hash.update(chunk)
      size += chunk.length
      await look?.take(chunk)
    },
    async end(): Promise<Pick<Part, 'attachment' | 'sight'>> {
      const sight = (await look?.end()) ?? unseen
      const figures = { size, sha256: hash.digest('hex') }
      const filename = head.filename || nameBy(sight)
      return { attachment: attachmentOf(index, { ...head, filename }, figures), sight }
    },
  }
}

/** An attached mail is called by its subject. */
function nameBy({ enclosed }: Sight): string {
  return enclosed?.kind === 'mail' && enclosed.subject !== ''
    ? `${enclosed.subject.replace(/[/\\]/g, '_')}.eml`
    : ''
}

/** A mail within: its words count only where a signature wraps them. */
function openWithin(depth: number): Opened | null {
  if (depth >= depthMax) return null
  const { parser, done } = takeApart(innerOptions, depth)
  const failed = done.then(
    () => undefined,
    () => undefined,
  )
  return {
    async take(chunk) {
      const written = new Promise<void>((resolve) => parser.write(chunk, () => resolve()))
      await Promise.race([written, failed])
    },
    async done() {
      parser.end()
      const { text, html, parts } = await done
      return {
        text,
        html,
        parts: parts.map(({ attachment: { filename, size }, sight: { enclosed } }) => ({
          file: { filename, size },
          enclosed,
        })),
      }
    },
  }
}

const innerOptions: MailParserOptions = {
  skipTextToHtml: true,
  skipImageLinks: true,
  skipHtmlToText: true,
  checksumAlgo: false,
}

function attachmentOf(
  index: number,
  { filename, contentType }: PartHead,
  figures: Pick<Attachment, 'size' | 'sha256'>,
): Attachment {
  const plain = /^[\w.+-]+\/[\w.+-]+$/.test(contentType)
  return {
    index,
    filename: safeFilename(filename, index, contentType),
    contentType: plain ? contentType : 'application/octet-stream',
    ...figures,
    inline: false,
  }
}

function charsetOf({ headers }: AttachmentStream): string {
  const type = headers.get('content-type') as StructuredHeader | undefined
  return type?.params.charset ?? ''
}
