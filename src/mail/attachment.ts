import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { type AttachmentStream, MailParser } from 'mailparser'
import PostalMime from 'postal-mime'
import { bytesOf, options, piecesOf, postalOptions } from './body.ts'
import { withLineFeeds } from './line-feeds.ts'

/** An attachment is asked for by its hash, and by its size, so that no other one is kept. */
export type Wanted = { readonly sha256: string; readonly size: number }

/**
 * The bytes of the attachment with that hash, or null where the mail has none. `secondTry` leaves
 * out mailparser, where it took too much time or memory before.
 */
export async function attachmentOf(
  raw: Buffer,
  wanted: Wanted,
  secondTry = false,
): Promise<OwnBytes | null> {
  const bytes = withLineFeeds(raw)
  const first = secondTry ? null : await byMailparser(bytes, wanted).catch(() => null)
  // Read as its view was read: what mailparser gives up, postal-mime counted.
  return first ?? byPostalMime(bytes, wanted)
}

function byMailparser(raw: Buffer, wanted: Wanted): Promise<OwnBytes | null> {
  return new Promise((resolve, reject) => {
    const parser = new MailParser({ ...options, skipHtmlToText: true })
    const source = Readable.from(piecesOf(raw))
    let last = Promise.resolve()
    parser.on('data', (piece) => {
      if (piece.type !== 'attachment') return
      last = collected(piece, wanted).then((found) => {
        if (!found) return piece.release?.()
        source.destroy()
        resolve(found)
      })
      last.catch(reject)
    })
    parser.once('end', () => last.then(() => resolve(null), reject))
    parser.once('error', reject)
    source.pipe(parser)
  })
}

/** Bytes of their own: they may be handed over to another thread. */
type OwnBytes = Uint8Array<ArrayBuffer>

async function collected(
  { content }: AttachmentStream,
  { sha256, size }: Wanted,
): Promise<OwnBytes | null> {
  const bytes = new Uint8Array(size)
  let passed = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    if (passed + chunk.length <= size) bytes.set(chunk, passed)
    passed += chunk.length
  }
  return passed === size && hashOf(bytes) === sha256 ? bytes : null
}

async function byPostalMime(raw: Buffer, { sha256, size }: Wanted): Promise<OwnBytes | null> {
  const { attachments } = await PostalMime.parse(raw, postalOptions)
  const found = attachments
    .map(({ content }) => bytesOf(content))
    .find((bytes) => bytes.length === size && hashOf(bytes) === sha256)
  return found ? new Uint8Array(found) : null
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
