import { createHash } from 'node:crypto'
import { bagit } from './bag.ts'
import type { OpenedZip } from './check.zip.ts'

/** What the bag holds, by hash, and what is not as it says. */
export type CheckedBag = {
  /** The hash that each file has, by its path. */
  readonly hashes: ReadonlyMap<string, string>
  readonly flaws: readonly string[]
}

const tagManifest = 'tagmanifest-sha256.txt'
const manifest = 'manifest-sha256.txt'

/** Compares every file with the manifests (RFC 8493 section 3): none changed, none more, none less. */
export async function checkBag(zip: OpenedZip): Promise<CheckedBag> {
  const flaws: string[] = []
  const hashes = new Map<string, string>()
  let bytes = 0
  let count = 0
  for (const path of zip.files.keys()) {
    const counted = await hashOf(zip, path)
    if (typeof counted === 'string') {
      flaws.push(`${path} cannot be unpacked: ${counted}`)
      continue
    }
    hashes.set(path, counted.sha256)
    if (!path.startsWith('data/')) continue
    bytes += counted.size
    count += 1
  }
  if ((await zip.text('bagit.txt')) !== bagit)
    flaws.push('bagit.txt is not that of a bag of version 1.0')
  const inData = (path: string) => path.startsWith('data/')
  flaws.push(...(await differences(zip, hashes, tagManifest, (path) => !inData(path))))
  flaws.push(...(await differences(zip, hashes, manifest, inData)))
  flaws.push(...(await flawsOfOxum(zip, `${bytes}.${count}`)))
  return { hashes, flaws }
}

async function hashOf(zip: OpenedZip, path: string) {
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of await zip.stream(path)) {
      hash.update(chunk)
      size += chunk.length
    }
  } catch (error) {
    // Bent bytes of one file say nothing of the others.
    if (error instanceof Error) return error.message
    throw error
  }
  return { sha256: hash.digest('hex'), size }
}

async function differences(
  zip: OpenedZip,
  hashes: ReadonlyMap<string, string>,
  name: string,
  isListed: (path: string) => boolean,
): Promise<string[]> {
  const text = await zip.text(name)
  if (text === null) return [`${name} is missing`]
  const { listed, flaws } = linesOf(text, name)
  for (const [path, sha256] of listed) {
    const found = hashes.get(path)
    if (!zip.files.has(path)) flaws.push(`${path} is missing: ${name} lists it`)
    else if (found !== undefined && found !== sha256) {
      flaws.push(`${path} was changed: it has another hash than in ${name}`)
    }
  }
  for (const path of zip.files.keys()) {
    if (isListed(path) && path !== tagManifest && !listed.has(path)) {
      flaws.push(`${path} is one file more: ${name} does not list it`)
    }
  }
  return flaws
}

function linesOf(text: string, name: string) {
  const listed = new Map<string, string>()
  const flaws: string[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line === '') continue
    const [, sha256, path] = /^([0-9a-f]{64}) [ *](\S+)$/.exec(line) ?? []
    if (!sha256 || !path) flaws.push(`${name}, line ${at + 1}: is no hash with a name`)
    else if (listed.has(path)) flaws.push(`${name}, line ${at + 1}: lists ${path} again`)
    else listed.set(path, sha256)
  }
  return { listed, flaws }
}

async function flawsOfOxum(zip: OpenedZip, counted: string): Promise<string[]> {
  const said = /^Payload-Oxum: (.*)$/m.exec((await zip.text('bag-info.txt')) ?? '')?.[1]
  return said === counted
    ? []
    : [`bag-info.txt says ${said ?? 'nothing'} of its files, there are ${counted}`]
}
