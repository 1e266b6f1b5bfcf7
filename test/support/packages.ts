import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { openPromise } from 'yauzl'
import { ZipFile } from 'yazl'

/** The files of a package by their whole names. */
export type Files = Map<string, Buffer>

export async function filesOf(path: string): Promise<Files> {
  const zip = await openPromise(path, { autoClose: false })
  const files: Files = new Map()
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  }
  zip.close()
  return files
}

/** A zip of these files; `modes` are those of files that are no plain ones. */
export function zipOf(files: Files, modes: Readonly<Record<string, number>> = {}): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, bytes] of files) {
    zip.addBuffer(bytes, name, { mode: modes[name] ?? 0o100644 })
  }
  zip.end()
  return buffer(zip.outputStream)
}

/** The same files with manifests that fit: what somebody who knows bags would do after a change. */
export function resealed(files: Files): Files {
  const [root = ''] = [...files.keys()][0]?.split('/') ?? []
  const next = new Map(files)
  const lines = (isListed: (path: string) => boolean) =>
    [...next]
      .map(([name, bytes]) => [name.slice(root.length + 1), bytes] as const)
      .filter(([path]) => isListed(path))
      .map(([path, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`)
      .join('')
  const inData = [...next].filter(([name]) => name.startsWith(`${root}/data/`))
  const bytes = inData.reduce((sum, [, one]) => sum + one.length, 0)
  const put = (path: string, text: string) => next.set(`${root}/${path}`, Buffer.from(text))
  const info = String(next.get(`${root}/bag-info.txt`))
  put('bag-info.txt', info.replace(/Payload-Oxum: .*/, `Payload-Oxum: ${bytes}.${inData.length}`))
  put(
    'manifest-sha256.txt',
    lines((path) => path.startsWith('data/')),
  )
  put(
    'tagmanifest-sha256.txt',
    lines((path) => !/^(data\/|tagmanifest)/.test(path)),
  )
  return next
}

/** Bytes with each of one text put in another's place, of the same length. */
export function replaced(bytes: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error('both must be equally long')
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')
}
