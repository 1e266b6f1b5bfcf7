import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Ctx } from './env.ts'

/** Nothing from outside opens in our origin: whatever it calls itself, it is plain bytes to save. */
export function download(c: Ctx, bytes: Buffer, filename: string): Response {
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, headersFor(filename))
}

/** The same of a file that is too large to be held: it flows by. */
export function downloadStream(
  c: Ctx,
  { stream, bytes, filename }: { stream: Readable; bytes: number; filename: string },
): Response {
  const body = Readable.toWeb(stream) as ReadableStream<Uint8Array> as BodyInit &
    globalThis.ReadableStream
  return c.body(body, 200, { ...headersFor(filename), 'Content-Length': String(bytes) })
}

function headersFor(filename: string) {
  const ascii = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const coded = encodeURIComponent(filename.toWellFormed()).replace(/['()*]/g, percent)
  const name = `filename="${ascii}"; filename*=UTF-8''${coded}`
  return {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; ${name}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
  }
}

/** RFC 8187 section 3.2.1 lets fewer characters stand for themselves than a URI does. */
function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
