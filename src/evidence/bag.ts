import { createHash } from 'node:crypto'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { sha256 } from '../store/sealing.ts'

/** The bytes of one file as they come. */
export type Pieces = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>

/** A bag (BagIt 1.0, RFC 8493) on its way into a zip file. */
export type Bag = {
  /** Writes one file below `data/`; resolves when its bytes are on their way. */
  add(path: string, pieces: Pieces): Promise<string>
  /** Writes the bag's own files; gives the hash of the manifest. */
  close(about: Readonly<Record<string, string>>): Promise<string>
  /** Leaves it unfinished. */
  abandon(error: Error): void
}

/**
 * Every file has the same time and rights, so that the same content is the same zip. Local time is
 * what DOS times are written in: in every zone they say 1 January 1980.
 */
const entry = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 }

/** Opens a bag in a folder of that name; the zip flows into `out` as files are added. */
export function openBag(folder: string, out: Writable): Bag {
  const zip = new ZipFile()
  const written = pipeline(zip.outputStream, out)
  // It is awaited with each file and at the end; until then nobody may be listening.
  written.catch(() => undefined)
  const payload: Listed[] = []
  const tags: Listed[] = []
  async function write(path: string, pieces: Pieces): Promise<Listed> {
    const hash = createHash('sha256')
    let size = 0
    async function* counted() {
      for await (const piece of pieces) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
        hash.update(bytes)
        size += bytes.length
        yield bytes
      }
    }
    const source = Readable.from(counted())
    const ended = new Promise<void>((resolve, reject) => {
      source.once('end', resolve).once('error', reject)
    })
    withoutPool(() => zip.addReadStreamLazy(`${folder}/${path}`, entry, givenOnce(source)))
    await Promise.race([ended, written])
    return { path, size, sha256: hash.digest('hex') }
  }
  async function tag(path: string, text: string): Promise<string> {
    tags.push(await write(path, [text]))
    return text
  }
  return {
    async add(path, pieces) {
      const file = await write(`data/${path}`, pieces)
      payload.push(file)
      return file.sha256
    },
    async close(about) {
      await tag('bagit.txt', bagit)
      await tag('bag-info.txt', infoOf(about, payload))
      const manifest = await tag('manifest-sha256.txt', manifestOf(payload))
      await write('tagmanifest-sha256.txt', [manifestOf(tags)])
      zip.end()
      await written
      return sha256(manifest)
    },
    abandon: (error) => out.destroy(error),
  }
}

/**
 * The zip keeps each file's name to its end. A short buffer is a piece of a pool of 64 KB, which it
 * would keep whole: ten thousand names held 640 MB.
 */
function withoutPool(add: () => void): void {
  const { poolSize } = Buffer
  Buffer.poolSize = 0
  try {
    add()
  } finally {
    Buffer.poolSize = poolSize
  }
}

/** The zip keeps what it asks for its files until its end: it must not keep their bytes with it. */
function givenOnce(source: Readable) {
  let held: Readable | null = source
  return (give: (error: null, stream: Readable) => void) => {
    const stream = held
    held = null
    if (stream) give(null, stream)
  }
}

type Listed = { readonly path: string; readonly size: number; readonly sha256: string }

export const bagit = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

function infoOf(about: Readonly<Record<string, string>>, payload: readonly Listed[]): string {
  const bytes = payload.reduce((sum, { size }) => sum + size, 0)
  const lines = Object.entries({ ...about, 'Payload-Oxum': `${bytes}.${payload.length}` })
  return lines.map(([name, value]) => `${name}: ${value}\n`).join('')
}

/** As `sha256sum` writes and checks it. */
function manifestOf(files: readonly Listed[]): string {
  return files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ sha256: hash, path }) => `${hash}  ${path}\n`)
    .join('')
}
