import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

export type ArchivedMail = { readonly name: string; readonly raw: Buffer }

/** A path that holds no mail that we can read. */
export class ArchiveError extends Error {
  constructor(path: string, why: string) {
    super(`${path}: ${why}`)
    this.name = 'ArchiveError'
  }
}

/** No provider takes larger ones; a file that holds more in one mail is damaged, or no mail. */
const mailBytesMax = 160 * 1024 * 1024

/**
 * The mails of an .eml file, of a folder (a Maildir, or .eml files at any depth, by name), or of
 * an mbox file, one after the other in flat memory. Other files in a folder are passed over.
 */
export async function* readArchive(path: string): AsyncIterable<ArchivedMail> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new ArchiveError(path, 'there is no such file or folder')
  if (found.isDirectory()) return yield* readFolder(path)
  if (isEml(path)) return yield await readOne(path)
  if (await startsAsMbox(path)) return yield* readMbox(path)
  throw new ArchiveError(path, 'is neither an .eml file, nor an mbox, nor a folder with mail')
}

async function* readFolder(path: string): AsyncIterable<ArchivedMail> {
  let empty = true
  for await (const file of mailFiles(path)) {
    empty = false
    yield await readOne(file)
  }
  if (!empty || (await isMaildir(path))) return
  throw new ArchiveError(path, 'is no Maildir, and holds no .eml file')
}

/** One without mail is a Maildir all the same. */
async function isMaildir(path: string): Promise<boolean> {
  const names = await readdir(path)
  return names.includes('cur') && names.includes('new')
}

/** By name, a folder where its name stands; symbolic links are not followed. */
async function* mailFiles(path: string): AsyncIterable<string> {
  const entries = await readdir(path, { withFileTypes: true })
  const maildir = ['cur', 'new'].includes(basename(path))
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) yield* mailFiles(inside)
    else if (entry.isFile() && (maildir || isEml(entry.name))) yield inside
  }
}

function isEml(name: string): boolean {
  return name.toLowerCase().endsWith('.eml')
}

async function readOne(path: string): Promise<ArchivedMail> {
  const { size } = await stat(path)
  if (size > mailBytesMax) throw new ArchiveError(path, tooLarge)
  return { name: path, raw: await readFile(path) }
}

const tooLarge = `is larger than ${mailBytesMax / 1024 / 1024} MB in one mail: take it out first`

async function startsAsMbox(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 4 })) return chunk.toString() === 'From '
  return false
}

const newline = 0x0a

/** A line that begins with `From ` divides mails; `>From ` and `>>From ` lose one mark (mboxrd). */
async function* readMbox(path: string): AsyncIterable<ArchivedMail> {
  let lines: Buffer[] = []
  let bytes = 0
  let count = 0
  for await (const line of linesOf(path)) {
    if (line.subarray(0, 5).toString('latin1') === 'From ') {
      if (count > 0) yield { name: `${path}#${count}`, raw: mailOf(lines) }
      count += 1
      lines = []
      bytes = 0
    } else {
      lines.push(isQuotedFrom(line) ? line.subarray(1) : line)
      bytes += line.length
      if (bytes > mailBytesMax) throw new ArchiveError(`${path}#${count}`, tooLarge)
    }
  }
  if (count > 0) yield { name: `${path}#${count}`, raw: mailOf(lines) }
}

function isQuotedFrom(line: Buffer): boolean {
  return line[0] === 0x3e && /^>+From /.test(line.subarray(0, 64).toString('latin1'))
}

/** The empty line before the next `From ` belongs to the mbox, not to the mail. */
function mailOf(lines: Buffer[]): Buffer {
  const last = lines.at(-1)?.toString('latin1')
  return Buffer.concat(last === '\n' || last === '\r\n' ? lines.slice(0, -1) : lines)
}

async function* linesOf(path: string): AsyncIterable<Buffer> {
  // Pieces of a line that is not at its end yet, put together once.
  let begun: Buffer[] = []
  let bytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      const piece = chunk.subarray(from, end + 1)
      yield begun.length > 0 ? Buffer.concat([...begun, piece]) : piece
      begun = []
      bytes = 0
      from = end + 1
    }
    if (from === chunk.length) continue
    begun.push(chunk.subarray(from))
    bytes += chunk.length - from
    if (bytes > mailBytesMax) throw new ArchiveError(path, tooLarge)
  }
  if (begun.length > 0) yield Buffer.concat(begun)
}
