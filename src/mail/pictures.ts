import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { type AttachmentStream, MailParser } from 'mailparser'
import { options, piecesOf } from './body.ts'
import { withLineFeeds } from './line-feeds.ts'
import { type Picture, pictureOf } from './picture.ts'

/** A picture with its bytes, ready to stand in a page without being fetched. */
export type OwnPicture = Picture & { readonly sha256: string; readonly data: string }

/** Together: they stand in the page itself. What is larger is a file to look at by itself. */
const bytesMax = 3 * 1024 * 1024
const countMax = 30

/** A picture larger than this takes more memory to draw than it is worth: 40 MB at four bytes. */
export const pixelsMax = 10_000_000

/** The pictures that a mail brings for its own HTML, by Content-ID; other parts pass by. */
export async function picturesByCid(raw: Buffer): Promise<Map<string, OwnPicture>> {
  const found = new Map<string, OwnPicture>()
  let left = bytesMax
  const parser = new MailParser({ ...options, skipHtmlToText: true })
  const done = new Promise<void>((resolve, reject) => {
    let last = Promise.resolve()
    parser.on('data', (piece) => {
      if (piece.type !== 'attachment') return
      last = bytesIn(piece, piece.cid && found.size < countMax ? left : 0).then((bytes) => {
        const picture = bytes && ownPicture(bytes)
        if (picture && bytes && piece.cid) {
          left -= bytes.length
          found.set(piece.cid, picture)
        }
        piece.release?.()
      })
      last.catch(reject)
    })
    parser.once('end', () => last.then(resolve, reject))
    parser.once('error', reject)
  })
  Readable.from(piecesOf(withLineFeeds(raw))).pipe(parser)
  await done
  return found
}

/** A picture in the words of HTML itself (RFC 2397), by its bytes like any other. */
export function pictureInUrl(url: string): OwnPicture | null {
  const [, base64 = ''] = /^data:image\/[\w.+-]{1,40};base64,([\w+/=\s]+)$/i.exec(url) ?? []
  return base64 === '' ? null : ownPicture(Buffer.from(base64, 'base64'))
}

/** A picture by its bytes; null where they are none, or one of too many points. */
export function ownPicture(bytes: Buffer): OwnPicture | null {
  const picture = pictureOf(bytes)
  if (!picture || picture.width * picture.height > pixelsMax) return null
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { ...picture, sha256, data: `data:${picture.type};base64,${bytes.toString('base64')}` }
}

async function bytesIn({ content }: AttachmentStream, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= most) chunks.push(chunk)
  }
  return size > 0 && size <= most ? Buffer.concat(chunks) : null
}
