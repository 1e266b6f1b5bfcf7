import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { copySqlite } from '../store/copy.sqlite.ts'
import { type Manifest, type Packed, pack, unpack } from './archive.ts'
import { BackupError } from './error.ts'
import { opened, seal } from './sealed.ts'

export type Wanted = {
  /** The embedded database's file. */
  readonly database: string
  readonly policyFolder: string
  readonly templatesFolder: string
  readonly out: string
  readonly key: string
  readonly at: string
}

export type Sealed = { readonly bytes: number; readonly sha256: string }

/**
 * Makes a backup while the product runs. It has its name only once it is whole, on the disk, and
 * `check` has been through it: `check` gets the folder that it was restored into, and null stands
 * for no look. Whatever goes wrong leaves nothing behind.
 */
export async function backUp<Looked>(
  wanted: Wanted,
  check: ((folder: string) => Promise<Looked>) | null,
): Promise<{ readonly sealed: Sealed; readonly looked: Looked | null }> {
  const { out, key, database } = wanted
  if (existsSync(out)) throw new BackupError(`${out} is there already: name another file`)
  const part = `${out}.part`
  const aside = await mkdtemp(join(dirname(database), '.backup-'))
  try {
    const copy = join(aside, 'mamori.db')
    await copySqlite(database, copy)
    const sealed = await write(await pack(filesOf(wanted, copy), wanted.at), part, key)
    rmSync(copy)
    const looked = check ? await lookInto(part, key, join(aside, 'restored'), check) : null
    renameSync(part, out)
    return { sealed, looked }
  } catch (error) {
    rmSync(part, { force: true })
    throw inWords(error)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

async function lookInto<Looked>(
  part: string,
  key: string,
  folder: string,
  check: (folder: string) => Promise<Looked>,
): Promise<Looked> {
  await mkdir(folder, { mode: 0o700 })
  await unpack(opened(part, key), folder)
  return check(folder)
}

/** Restores a backup into an empty place; leaves it empty where anything is wrong. */
export async function restore(file: string, folder: string, key: string): Promise<Manifest> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new BackupError(`${folder} is not empty: name a new folder`)
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    return await unpack(opened(file, key), folder)
  } catch (error) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
    throw inWords(error)
  }
}

function filesOf({ policyFolder, templatesFolder }: Wanted, copy: string): Packed[] {
  return [
    { name: 'mamori.db', path: copy },
    ...filesIn(policyFolder, 'policy'),
    ...filesIn(templatesFolder, 'templates'),
  ]
}

function filesIn(folder: string, as: string): Packed[] {
  return (
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name)
        return { name: join(as, relative(folder, path)), path }
      })
      // What begins with a dot is an editor's or a tool's, and no part of the policy.
      .filter(({ name }) => !/(?:^|\/)\./.test(name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  )
}

async function write(packed: Awaited<ReturnType<typeof pack>>, to: string, key: string) {
  const hash = createHash('sha256')
  const counted = new Transform({
    transform(chunk, _, next) {
      hash.update(chunk)
      next(null, chunk)
    },
  })
  const file = createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(await seal(packed, key), counted, file)
  return { bytes: (await stat(to)).size, sha256: hash.digest('hex') }
}

function inWords(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC') return new BackupError('the disk is full: no backup was made or restored')
  if (code === 'EEXIST') return new BackupError('another backup to that file is under way')
  return error
}
