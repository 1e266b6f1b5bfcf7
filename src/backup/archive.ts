import { createReadStream, mkdirSync } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline, Readable, type Transform } from 'node:stream'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { BackupError } from './error.ts'

/** A file on the disk, and what it is called in a backup. */
export type Packed = { readonly name: string; readonly path: string }

/** What a backup says of itself: one line of JSON before the bytes of its files, in their order. */
const manifest = z.object({
  format: z.literal(1),
  madeAt: z.string(),
  files: z.array(z.object({ name: z.string(), size: z.number().int().min(0) })),
})
export type Manifest = z.infer<typeof manifest>

/** The database, and what people wrote beside it: nothing else is ever unpacked. */
const names = /^(?:mamori\.db|(?:policy|templates)(?:\/[^./\\][^/\\]*){1,8})$/

const headBytesMax = 1024 * 1024

/** The files as one stream, zstd: a line that says which, then their bytes. */
export async function pack(files: readonly Packed[], madeAt: string): Promise<Readable> {
  const sized = await Promise.all(
    files.map(async ({ name, path }) => ({ name, size: (await stat(path)).size })),
  )
  const head: Manifest = { format: 1, madeAt, files: sized }
  async function* bytes() {
    yield Buffer.from(`${JSON.stringify(head)}\n`)
    for (const { path } of files) yield* createReadStream(path)
  }
  return through(Readable.from(bytes()), createZstdCompress())
}

/** Writes the files of such a stream into a folder; says which. */
export async function unpack(packed: AsyncIterable<Uint8Array>, folder: string): Promise<Manifest> {
  const plain = through(Readable.from(packed), createZstdDecompress())
  const bytes = plain[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const { head, rest } = await headOf(bytes)
  let left = rest
  for (const { name, size } of head.files) {
    if (!names.test(name))
      throw new BackupError(`the backup holds a file that is none of ours: ${name}`)
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const handle = await open(path, 'wx', 0o600)
    try {
      left = await fill(handle, size, left, bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  // What is sealed is looked at to its very end: a missing one would not be noticed before it.
  if (left.length > 0 || !(await bytes.next()).done) {
    throw new BackupError('the backup holds more than it says')
  }
  return head
}

async function headOf(bytes: AsyncIterator<Buffer>): Promise<{ head: Manifest; rest: Buffer }> {
  let read = Buffer.alloc(0)
  for (;;) {
    const end = read.indexOf('\n')
    if (end !== -1) return { head: manifestIn(read.subarray(0, end)), rest: read.subarray(end + 1) }
    const { done, value } = await bytes.next()
    if (done || read.length > headBytesMax) throw new BackupError('it does not say what it holds')
    read = Buffer.concat([read, value])
  }
}

function manifestIn(line: Buffer): Manifest {
  const read = manifest.safeParse(JSON.parse(line.toString()))
  if (read.success) return read.data
  throw new BackupError('it was made by another version: restore it with that one')
}

/** Gives what was read beyond the file's end. */
async function fill(
  handle: FileHandle,
  size: number,
  first: Buffer,
  bytes: AsyncIterator<Buffer>,
): Promise<Buffer> {
  let chunk = first
  for (let missing = size; ; ) {
    const part = chunk.subarray(0, missing)
    if (part.length > 0) await handle.writeFile(part)
    missing -= part.length
    if (missing === 0) return chunk.subarray(part.length)
    const { done, value } = await bytes.next()
    if (done) throw new BackupError('a file of the backup is shorter than it says')
    chunk = value
  }
}

/** A failure before it is met by whoever reads from it: the pipeline passes it on. */
function through(source: Readable, transform: Transform): Readable {
  return pipeline(source, transform, () => undefined)
}
