import { checkPackage } from '../evidence/check.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

const usage = 'usage: verify PACKAGE [--public-key KEY] [--json]'

const options = {
  json: { type: 'boolean' },
  checkpoints: { type: 'string' },
  'public-key': { type: 'string' },
} as const

/** Whether `verify` is asked about a package rather than the database. */
export function namesPackage(args: readonly string[]): boolean {
  return readArgs(args, options).positionals.length > 0
}

/** `verify PACKAGE`: whether an exported case is whole and unchanged; no database is opened. */
export async function verifyPackage(args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, options)
  const [file, ...rest] = positionals
  if (!file || rest.length > 0 || values.checkpoints !== undefined) throw new UsageError(usage)
  const publicKey = values['public-key']
  const { flaws, ...checked } = await checkPackage(file, { publicKey })
  if (values.json) printJson(io, { ok: flaws.length === 0, ...checked, flaws })
  if (flaws.length > 0) throw new CommandError(`${file} does not hold: ${flaws.join('; ')}`)
  if (values.json) return
  const { files, mails, letters, absent, masked, events, shown, checkpoint, manifestSha256 } =
    checked
  const said = [
    `${file}: nothing was changed`,
    `${files} files are as the manifests list them, none more and none less`,
    `${mails} mails and ${letters} letters are those of their events; ${absent} files are not in it, as its tables say`,
    ...(masked > 0
      ? [
          `${masked} mails, letters or incidents are masked copies: only the hashes of the originals are in it`,
        ]
      : []),
    `${events} events are chained from the first to the signed one; ${shown} of them are shown`,
    `signed ${checkpoint?.at} by ${checkpoint?.publicKey}`,
    publicKey
      ? 'that is the key that was given'
      : 'compare that key with one that you got elsewhere, or name it: --public-key KEY',
    `SHA-256 of the manifest, as the log of the house has it: ${manifestSha256}`,
  ]
  io.stdout.write(`${said.join('\n')}\n`)
}
