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

/**
 * The mails of an .eml file, of a folder (a Maildir, or .eml files at any depth, by name), or of
 * an mbox file, one after the other in flat memory. Other files in a folder are passed over.
 */
export async function* readArchive(path: string): AsyncIterable<ArchivedMail> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new ArchiveError(path, 'there is no such file or folder')
  if (found.isDirectory()) return yield* readFolder(path)
  if (path.endsWith('.eml')) return yield { name: path, raw: await readFile(path) }
  if (await startsAsMbox(path)) return yield* readMbox(path)
  throw new ArchiveError(path, 'is neither an .eml file, nor an mbox, nor a folder with mail')
}

async function* readFolder(path: string): AsyncIterable<ArchivedMail> {
  const entries = await readdir(path, { withFileTypes: true })
  const maildir = ['cur', 'new'].includes(basename(path))
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) yield* readFolder(inside)
    else if (entry.isFile() && (maildir || entry.name.endsWith('.eml'))) {
      yield { name: inside, raw: await readFile(inside) }
    }
  }
}

async function startsAsMbox(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 4 })) return chunk.toString() === 'From '
  return false
}

const newline = 0x0a

/** A line that begins with `From ` divides mails; `>From ` and `>>From ` lose one mark (mboxrd). */
async function* readMbox(path: string): AsyncIterable<ArchivedMail> {
  let lines: Buffer[] = []
  let count = 0
  for await (const line of linesOf(path)) {
    if (line.subarray(0, 5).toString('latin1') === 'From ') {
      if (count > 0) yield { name: `${path}#${count}`, raw: mailOf(lines) }
      count += 1
      lines = []
    } else {
      lines.push(isQuotedFrom(line) ? line.subarray(1) : line)
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
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path)) {
    let data = rest.length > 0 ? Buffer.concat([rest, chunk]) : (chunk as Buffer)
    for (let end = data.indexOf(newline); end !== -1; end = data.indexOf(newline)) {
      yield data.subarray(0, end + 1)
      data = data.subarray(end + 1)
    }
    rest = data
  }
  if (rest.length > 0) yield rest
}
