import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { EvidenceError } from './error.ts'

/** How much of a package is read at all: what is beyond is no evidence, but a way to keep us busy. */
export type Limits = {
  readonly files: number
  /** Of all files unpacked. */
  readonly bytes: number
  /** Of a line of JSON, and of each file that is read whole. */
  readonly textBytes: number
}

export const usualLimits: Limits = {
  files: 1_000_000,
  bytes: 256 * 1024 ** 3,
  textBytes: 64 * 1024 ** 2,
}

/** A zip whose names are safe and known; nothing of it is ever written to the disk. */
export type OpenedZip = {
  /** By their path below the one folder that they are all in. */
  readonly files: ReadonlyMap<string, Entry>
  readonly flaws: readonly string[]
  stream(path: string): Promise<Readable>
  /** A whole file; null where there is none. */
  text(path: string): Promise<string | null>
  close(): void
}

/** Reads what the zip says it holds, and what is wrong with that. */
export async function openZip(path: string, limits: Limits): Promise<OpenedZip> {
  const zip = await inWords(path, () =>
    openPromise(path, { autoClose: false, decodeStrings: false }),
  )
  try {
    const { entries, flaws } = await inWords(path, () => listed(zip, limits))
    const files = new Map(entries.map((entry) => [below(nameOf(entry)), entry]))
    async function stream(file: string): Promise<Readable> {
      const entry = files.get(file)
      if (!entry) throw new EvidenceError(`${file} is missing`)
      return zip.openReadStreamPromise(entry)
    }
    return {
      files,
      flaws,
      stream,
      async text(file) {
        const entry = files.get(file)
        if (!entry) return null
        if (entry.uncompressedSize > limits.textBytes) {
          throw new EvidenceError(`${file} is too large to be read`)
        }
        return Buffer.concat(await Array.fromAsync(await stream(file))).toString('utf8')
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function inWords<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Error) || 'code' in error || error instanceof EvidenceError) throw error
    throw new EvidenceError(`${path} is no zip, or was cut off: ${error.message}`)
  }
}

/** Every entry with a safe name, once each; the others are flaws. */
async function listed(zip: ZipFile, limits: Limits) {
  const entries: Entry[] = []
  const flaws: string[] = []
  const names = new Set<string>()
  const spans: Span[] = []
  let bytes = 0
  if (zip.entryCount > limits.files) {
    throw new EvidenceError(
      `the zip has ${zip.entryCount} files: more than ${limits.files} are not read`,
    )
  }
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry)
    const flaw =
      flawOf(entry, name) ??
      (names.has(name.toLowerCase()) ? `${shown(name)} is in the zip twice` : null)
    names.add(name.toLowerCase())
    bytes += entry.uncompressedSize
    if (bytes > limits.bytes) {
      throw new EvidenceError(`the zip unpacks to more than ${limits.bytes} bytes: it is not read`)
    }
    spans.push(await spanOf(zip, entry, flaws))
    if (flaw) flaws.push(flaw)
    else if (!name.endsWith('/')) entries.push(entry)
  }
  flaws.push(...flawsOfSpans(spans))
  const folders = new Set(entries.map((entry) => nameOf(entry).split('/', 1)[0]))
  if (folders.size > 1) flaws.push('the zip has several folders: a package is in one')
  return { entries, flaws }
}

function nameOf(entry: Entry): string {
  return entry.fileNameRaw.toString('utf8')
}

function below(name: string): string {
  return name.slice(name.indexOf('/') + 1)
}

const regularFile = 0o100000
const folder = 0o040000

function flawOf(entry: Entry, name: string): string | null {
  const type = (entry.externalFileAttributes >>> 16) & 0o170000
  if (/^(?:[a-z]:)?[/\\]/i.test(name)) return `${shown(name)} has an absolute name`
  if (name.split(/[/\\]/).includes('..')) return `${shown(name)} leads out of its folder`
  if (type === 0o120000) return `${shown(name)} is a link`
  if (type !== 0 && type !== regularFile && type !== folder)
    return `${shown(name)} is no plain file`
  if (!/^[\w-]+\/(?:[\w-][\w.-]*(?:\/|$))*$/.test(name))
    return `${shown(name)} has a name that no package has`
  if (entry.isEncrypted()) return `${shown(name)} is encrypted`
  if (!entry.canDecodeFileData()) return `${shown(name)} is packed in a way that is not read`
  return null
}

/** A name as it can be shown in a terminal: no sign of it does anything there. */
function shown(name: string): string {
  return JSON.stringify(name.slice(0, 200)).replaceAll(/[^\x20-\x7e]/g, '?')
}

type Span = { readonly name: string; readonly from: number; readonly to: number }

/** Where its bytes lie; a reader that goes by what stands there must see the same name. */
async function spanOf(zip: ZipFile, entry: Entry, flaws: string[]): Promise<Span> {
  const name = nameOf(entry)
  const local = await zip.readLocalFileHeaderPromise(entry)
  if (!local.fileName.equals(entry.fileNameRaw)) {
    flaws.push(`${shown(name)} is called otherwise where its bytes lie`)
  }
  const from = entry.relativeOffsetOfLocalHeader
  return { name, from, to: local.fileDataStart + entry.compressedSize }
}

/** Files that share their bytes are how a small zip becomes an endless one. */
function flawsOfSpans(spans: readonly Span[]): string[] {
  const sorted = spans.toSorted((a, b) => a.from - b.from)
  return sorted.flatMap(({ name, from }, at) => {
    const before = sorted[at - 1]
    return before && from < before.to ? [`${shown(name)} shares its bytes with another file`] : []
  })
}
