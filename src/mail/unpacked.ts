import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** A path or a mail that cannot be read; the rest of an archive can. */
export class ArchiveError extends Error {
  constructor(path: string, why: string) {
    super(`${path}: ${why}`)
    this.name = 'ArchiveError'
  }
}

/** Mail shrinks to a fifth, repeated mail to a hundredth; what grows more is made to fill disks. */
const growthMax = 200
const growthFreeBytes = 256 * 1024 * 1024

/** A file's bytes as they stream, unpacked where they are gzip; `read` hears of the file's own. */
export async function* chunksOf(
  path: string,
  read: (bytes: number) => void = () => undefined,
): AsyncIterable<Buffer> {
  let taken = 0
  let given = 0
  const counted = async function* () {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      taken += chunk.length
      read(chunk.length)
      yield chunk
    }
  }
  try {
    for await (const chunk of (await isGzip(path)) ? unpack(counted()) : counted()) {
      given += chunk.length
      if (given > growthFreeBytes && given > taken * growthMax)
        throw new ArchiveError(path, tooMuch)
      yield chunk
    }
  } catch (error) {
    if (error instanceof ArchiveError) throw error
    throw new ArchiveError(path, `cannot be read to its end: ${wordsOf(error)}`)
  }
}

const tooMuch = `unpacks to more than ${growthMax} times its size: nobody’s mail does`

/** By its first two bytes (RFC 1952), whatever its name. */
async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

function unpack(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip()
  // A failure destroys the last stream with its error, which whoever reads it gets.
  pipeline(packed, gunzip, () => undefined)
  return gunzip
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A line, or a piece of one that is too long to be held whole. */
export type Line = { readonly bytes: Buffer; readonly begins: boolean }

/** No line of mail is longer (RFC 5322: 998); a piece of this length is passed on as it is. */
const pieceBytesMax = 1024 * 1024
const newline = 0x0a

/** The lines with their ends. Memory is bounded, however long a line is. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncIterable<Line> {
  let begun: Buffer[] = []
  let held = 0
  let begins = true
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      const piece = chunk.subarray(from, end + 1)
      yield { bytes: held > 0 ? Buffer.concat([...begun, piece]) : piece, begins }
      begun = []
      held = 0
      begins = true
      from = end + 1
    }
    if (from === chunk.length) continue
    begun.push(chunk.subarray(from))
    held += chunk.length - from
    if (held < pieceBytesMax) continue
    yield { bytes: Buffer.concat(begun), begins }
    begun = []
    held = 0
    begins = false
  }
  if (held > 0) yield { bytes: Buffer.concat(begun), begins }
}
