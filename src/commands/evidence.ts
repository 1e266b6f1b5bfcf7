import { canonicalAddress } from '../domain/address.ts'
import { exportCase } from '../flow/export.ts'
import type { House } from '../flow/house.ts'
import { openParser } from '../flow/parse.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

const usage = 'usage: evidence SENDER --out FILE.zip [--lang ja|en] [--json]'

/** `evidence SENDER --out FILE.zip`: everything about one sender, for others to check. */
export async function evidence(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, {
    out: { type: 'string' },
    lang: { type: 'string', default: 'ja' },
    json: { type: 'boolean' },
  })
  const [asked, ...rest] = positionals
  const { out, lang: language } = values
  if (!asked || rest.length > 0 || !out) throw new UsageError(usage)
  if (language !== 'ja' && language !== 'en') throw new UsageError(usage)
  const address = canonicalAddress(asked)
  const senderId = await house.store.dossiers.sender({ id: asked, address })
  if (senderId === null) throw new CommandError(`${asked}: there is no such sender`)
  const parser = openParser({ workers: 1, timeoutMs: 60_000 })
  try {
    const made = await exportCase(house, parser.take, { senderId, language, by: null, out })
    const { mails, bytes, manifestSha256, checkpoint } = made
    if (values.json) return printJson(io, { out, ...made })
    io.stdout.write(`${out}: ${mails} mails, ${bytes} bytes, manifest ${manifestSha256}\n`)
    io.stdout.write(`signed with ${checkpoint.publicKey}\n`)
  } finally {
    await parser.close()
  }
}
