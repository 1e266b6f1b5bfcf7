import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readMbox } from './mbox.ts'
import { ArchiveError, chunksOf, linesOf } from './unpacked.ts'

export { ArchiveError } from './unpacked.ts'

export type ArchivedMail = {
  readonly name: string
  readonly raw: Buffer
  /** When the archive says that it was delivered: an mbox's From line, a Maildir's file name. */
  readonly deliveredAt: Date | null
}

/** Who hears what goes on besides the mails themselves. */
export type ArchiveWatch = {
  /** What is left out; where nobody listens, the first one ends the reading. */
  readonly leftOut?: (error: ArchiveError) => void
  /** Bytes of the files, as they are read. */
  readonly read?: (bytes: number) => void
}

/** No provider takes larger ones; a file that holds more in one mail is damaged, or no mail. */
const mailBytesMax = 160 * 1024 * 1024

/**
 * The mails of an .eml file, of a folder (a Maildir with its folders, or .eml and .mbox files at
 * any depth, by name), or of an mbox file, each also gzip: one after the other in flat memory.
 * Other files in a folder are passed over.
 */
export async function* readArchive(
  path: string,
  watch: ArchiveWatch = {},
): AsyncIterable<ArchivedMail> {
  const { leftOut } = watch
  if (!leftOut) {
    for await (const file of filesOf(path)) yield* readFile(file, watch)
    return
  }
  try {
    for await (const file of filesOf(path)) yield* readOrLeaveOut(file, watch, leftOut)
  } catch (error) {
    leftOut(asArchiveError(path, error))
  }
}

/** How many bytes of files a path holds, for who wants to know how far it is. */
export async function sizeOfArchive(path: string): Promise<number> {
  let bytes = 0
  try {
    for await (const file of filesOf(path)) bytes += (await stat(file)).size
  } catch (error) {
    // Whoever reads it will be told, file by file.
    if (!(error instanceof Error)) throw error
  }
  return bytes
}

async function* readOrLeaveOut(
  file: string,
  watch: ArchiveWatch,
  leftOut: (error: ArchiveError) => void,
): AsyncIterable<ArchivedMail> {
  const mails = readFile(file, watch)[Symbol.asyncIterator]()
  try {
    for (;;) {
      // Only what reading throws is the archive's; what its reader does with a mail is not.
      const next = await mails.next().catch((error: unknown) => asArchiveError(file, error))
      if (next instanceof ArchiveError) return leftOut(next)
      if (next.done) return
      yield next.value
    }
  } finally {
    await mails.return?.()
  }
}

function asArchiveError(path: string, error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error
  return new ArchiveError(path, error instanceof Error ? error.message : String(error))
}

async function* filesOf(path: string): AsyncIterable<string> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new ArchiveError(path, 'there is no such file or folder')
  if (!found.isDirectory()) return yield path
  let empty = true
  for await (const file of mailFiles(path)) {
    empty = false
    yield file
  }
  if (!empty || isMaildir(await readdir(path))) return
  throw new ArchiveError(path, 'is no Maildir, and holds no .eml or .mbox file')
}

/** One without mail is a Maildir all the same. */
function isMaildir(names: readonly string[]): boolean {
  return names.includes('cur') && names.includes('new')
}

/** By name, a folder where its name stands; symbolic links are not followed. */
async function* mailFiles(path: string): AsyncIterable<string> {
  const entries = await readdir(path, { withFileTypes: true })
  const maildir = isMaildir(entries.map(({ name }) => name))
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = join(path, entry.name)
    // What is in tmp is still being written.
    if (entry.isDirectory() && !(maildir && entry.name === 'tmp')) yield* mailFiles(inside)
    else if (entry.isFile() && (isInMaildir(inside) || /\.(?:eml|mbox)(?:\.gz)?$/i.test(inside))) {
      yield inside
    }
  }
}

function isInMaildir(path: string): boolean {
  return ['cur', 'new'].includes(basename(join(path, '..')))
}

async function* readFile(
  path: string,
  { leftOut, read }: ArchiveWatch,
): AsyncIterable<ArchivedMail> {
  if (isInMaildir(path) || /\.eml(?:\.gz)?$/i.test(path)) {
    return yield { name: path, raw: await wholeOf(path, read), deliveredAt: dateInName(path) }
  }
  if (!(await startsAsMbox(path))) {
    // A folder of a mail program that is empty.
    if (/\.mbox$/i.test(path) && (await stat(path)).size === 0) return
    throw new ArchiveError(path, 'is neither an .eml file, nor an mbox, nor a folder with mail')
  }
  for await (const { number, bytes, deliveredAt } of readMbox(
    linesOf(chunksOf(path, read)),
    mailBytesMax,
  )) {
    const name = `${path}#${number}`
    if (bytes) yield { name, raw: bytes, deliveredAt }
    else if (leftOut) leftOut(new ArchiveError(name, tooLarge))
    else throw new ArchiveError(name, tooLarge)
  }
}

async function wholeOf(path: string, read: ArchiveWatch['read']): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunksOf(path, read)) {
    bytes += chunk.length
    if (bytes > mailBytesMax) throw new ArchiveError(path, tooLarge)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = `is larger than ${mailBytesMax / 1024 / 1024} MB in one mail: take it out first`

async function startsAsMbox(path: string): Promise<boolean> {
  let head = ''
  for await (const chunk of chunksOf(path)) {
    head += chunk.toString('latin1', 0, 5)
    if (head.length >= 5) break
  }
  return head.startsWith('From ')
}

/** A Maildir's file name begins with the second of delivery. */
function dateInName(path: string): Date | null {
  const [, seconds] = /^(\d{9,10})\./.exec(basename(path)) ?? []
  return seconds === undefined ? null : new Date(Number(seconds) * 1000)
}
