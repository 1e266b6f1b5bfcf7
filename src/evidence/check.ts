import type { Checkpoint } from '../domain/checkpoint.ts'
import { checkBag } from './check.bag.ts'
import { checkChain } from './check.chain.ts'
import { openTables } from './check.files.ts'
import { type Limits, type OpenedZip, openZip, usualLimits } from './check.zip.ts'
import { checkpointIn } from './checkpoint.ts'
import { isSigned } from './signature.ts'

/** What was looked at, and what is wrong with it, in words; nothing where all holds. */
export type Checked = {
  readonly files: number
  readonly mails: number
  readonly letters: number
  readonly absent: number
  readonly masked: number
  readonly events: number
  readonly shown: number
  readonly checkpoint: Checkpoint | null
  readonly manifestSha256: string
  readonly flaws: readonly string[]
}

/** Flaws told at most. */
const flawsMax = 20

/**
 * Checks a package by itself, without any database: the zip, the bag, the signature, the chain, and
 * that each mail and letter is the one that its event says. Throws `EvidenceError` where it cannot
 * be read at all.
 */
export async function checkPackage(
  path: string,
  { publicKey, limits = usualLimits }: { publicKey?: string | undefined; limits?: Limits } = {},
): Promise<Checked> {
  const zip = await openZip(path, limits)
  try {
    const bag = await checkBag(zip)
    const checkpoint = checkpointIn((await zip.text('data/checkpoint.json')) ?? '')
    const tables = await openTables(zip, bag.hashes, limits.textBytes)
    const chain = await checkChain(zip, checkpoint, limits.textBytes, tables.note)
    const flaws = [
      ...zip.flaws,
      ...bag.flaws,
      ...flawsOfKey(checkpoint, publicKey),
      ...chain.flaws,
      ...tables.flaws(),
    ]
    return {
      files: zip.files.size,
      ...{ mails: tables.mails, letters: tables.letters },
      ...{ absent: tables.absent, masked: tables.masked },
      ...{ events: chain.events, shown: chain.shown, checkpoint },
      manifestSha256: bag.hashes.get('manifest-sha256.txt') ?? '',
      flaws: [...flaws, ...missing(zip)].slice(0, flawsMax),
    }
  } finally {
    zip.close()
  }
}

function flawsOfKey(checkpoint: Checkpoint | null, publicKey: string | undefined): string[] {
  if (!checkpoint) return ['data/checkpoint.json is no checkpoint']
  if (!isSigned(checkpoint)) return ['the checkpoint was changed: its signature does not cover it']
  if (publicKey === undefined || checkpoint.publicKey === publicKey) return []
  return [`the checkpoint was signed by another key: ${checkpoint.publicKey}`]
}

/** What every package has; without it there would be nothing to be wrong. */
function missing({ files }: OpenedZip): string[] {
  const all = ['chain.jsonl', 'mails.json', 'letters.json']
  // What is told to the person themselves is one list beside these.
  const more = files.has('data/record.json') ? [] : ['threads.json', 'incidents.json']
  return [...all, ...more]
    .filter((name) => !files.has(`data/${name}`))
    .map((name) => `data/${name} is missing: every package has it`)
}
