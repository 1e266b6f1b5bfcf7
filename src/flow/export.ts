import { once } from 'node:events'
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import type { Checkpoint } from '../domain/checkpoint.ts'
import type { Language } from '../domain/person.ts'
import { EvidenceError } from '../evidence/error.ts'
import type { Take } from '../evidence/mails.ts'
import { maskOf } from '../evidence/mask.ts'
import { writePackage } from '../evidence/package.ts'
import { lastOfCase, type Scope, scopeOf } from '../evidence/scope.ts'
import { isSigned } from '../evidence/signature.ts'
import { signCheckpoint } from './checkpoints.ts'
import type { House } from './house.ts'
import type { MadeFile } from './makings.ts'
import { type Hide, hiddenPeople, hideNobody } from './uninvolved.ts'

export type Wanted = {
  readonly senderId: string
  readonly language: Language
  /** The person who asked; null for the operator at the machine. */
  readonly by: string | null
  /** The file that it is to be; it has that name only once it is whole and on record. */
  readonly out: string
  readonly hide?: Hide
  /** Hears how many mails of how many are written. */
  readonly progress?: (mails: number, of: number) => void
}

export type Exported = {
  readonly senderId: string
  readonly manifestSha256: string
  readonly mails: number
  readonly bytes: number
  /** People and words that were hidden. */
  readonly masked: number
  readonly checkpoint: Checkpoint
}

/** A case that goes on while it is written is begun anew so often. */
const attemptsMax = 5

/**
 * Writes everything about a sender into a file that others can check, on record. Whatever goes
 * wrong leaves nothing under the file's name.
 */
export function exportCase(house: House, take: Take, wanted: Wanted): Promise<Exported> {
  return intoFile(wanted.out, async (part) => {
    const made = await writeUnchanged(house, wanted.senderId, part, (covered, file) =>
      writeCase(house, take, { ...wanted, ...covered }, file),
    )
    const { senderId, manifestSha256, masked } = made
    const { by } = wanted
    const event = { kind: 'case_exported', at: house.now(), by, senderId, manifestSha256 } as const
    await house.store.record([masked > 0 ? { ...event, masked } : event])
    return made
  })
}

async function writeCase(house: House, take: Take, given: Wanted & Covered, file: Writable) {
  const { store } = house
  const { scope, checkpoint, language, hide = hideNobody, progress } = given
  const mask = maskOf(await hiddenPeople(store, scope, hide), language)
  const passed = (mails: number) => progress?.(mails, scope.mails.length)
  const source = { store, take, scope, checkpoint, language, mask, passed, at: house.now() }
  return { ...(await writePackage(source, file)), masked: mask.people }
}

/** Makes a file under another name: it gets its own once it is whole and on record. */
export async function intoFile<T>(out: string, make: (part: string) => Promise<T>): Promise<T> {
  if (existsSync(out)) throw new EvidenceError(`${out} is there already: name another file`)
  const part = `${out}.part`
  try {
    const made = await make(part)
    renameSync(part, out)
    return made
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') rmSync(part, { force: true })
    throw inWords(error, part)
  }
}

/** The case for somebody at a page. */
export function exportToSend(
  house: House,
  take: Take,
  wanted: Omit<Wanted, 'out'>,
): Promise<MadeFile> {
  return toSend('mamori-case', (out) => exportCase(house, take, { ...wanted, out }))
}

/**
 * The whole file is made before the first byte goes out, and it has no name any more by then, so
 * that nothing of it stays behind, whatever ends the download.
 */
export async function toSend(
  name: string,
  make: (out: string) => Promise<Pick<Exported, 'bytes' | 'senderId'>>,
): Promise<MadeFile> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`))
  try {
    const out = join(folder, 'package.zip')
    const { bytes, senderId } = await make(out)
    return madeFile(await open(out), `${name}-${senderId}.zip`, bytes)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function madeFile(handle: FileHandle, filename: string, bytes: number): MadeFile {
  const readers = new Set<Promise<unknown>>()
  return {
    ...{ filename, bytes },
    open() {
      const stream = handle.createReadStream({ start: 0, autoClose: false })
      const closed = once(stream, 'close').finally(() => readers.delete(closed))
      readers.add(closed)
      return stream
    },
    async close() {
      await Promise.allSettled(readers)
      await handle.close()
    },
  }
}

/** What belongs to a sender, and how far the log is signed that covers it. */
export type Covered = { readonly scope: Scope; readonly checkpoint: Checkpoint }

/** What is read while somebody decides something would be half of it: then it is read again. */
export async function writeUnchanged<W>(
  house: House,
  asked: string,
  part: string,
  write: (covered: Covered, file: Writable) => Promise<W>,
) {
  const { store } = house
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const scope = await scopeOf(store, asked)
    const last = await lastOfCase(store, scope)
    const checkpoint = await checkpointFrom(house, last)
    const file = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true })
    const written = await write({ scope, checkpoint }, file)
    if (await isAsBefore(house, scope, last)) {
      const { size: bytes } = await stat(part)
      return { senderId: scope.senderId, ...written, bytes, checkpoint }
    }
    rmSync(part)
  }
  throw new EvidenceError('the case goes on while it is exported: try again in a moment')
}

async function isAsBefore({ store }: House, scope: Scope, last: number): Promise<boolean> {
  const now = await scopeOf(store, scope.senderId)
  const same =
    now.members.length === scope.members.length && now.mails.length === scope.mails.length
  return same && (await lastOfCase(store, now)) === last
}

/** The first checkpoint that covers the case, signed now where there is none yet. */
async function checkpointFrom(house: House, last: number): Promise<Checkpoint> {
  const all = await house.store.checkpoints.all()
  const found = all.find((one) => one.events >= last && isSigned(one))
  const checkpoint = found ?? (await signCheckpoint(house))
  if (checkpoint) return checkpoint
  throw new EvidenceError(
    'nothing can be signed: there is no event yet, or no key (see .env.example)',
  )
}

function inWords(error: unknown, part: string): unknown {
  if (codeOf(error) === 'ENOSPC') return new EvidenceError('the disk is full: nothing was exported')
  if (codeOf(error) === 'EEXIST') {
    return new EvidenceError(`${part} is there: another export is under way, or was cut off`)
  }
  return error
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}
