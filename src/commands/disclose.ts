import { canonicalAddress } from '../domain/address.ts'
import { discloseTo } from '../flow/disclosure.ts'
import type { House } from '../flow/house.ts'
import { openParser } from '../flow/parse.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

const usage = 'usage: disclose SENDER --out FILE.zip [--lang ja|en] [--json]'

/** `disclose SENDER --out FILE.zip`: what is kept on a person, for that person. */
export async function disclose(house: House, args: readonly string[], io: Io): Promise<void> {
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
    const made = await discloseTo(house, parser.take, { senderId, language, by: null, out })
    const { mails, bytes, manifestSha256, checkpoint, withheld } = made
    if (values.json) return printJson(io, { out, ...made })
    io.stdout.write(`${out}: ${mails} mails, ${bytes} bytes, manifest ${manifestSha256}\n`)
    for (const { part, ground } of withheld) io.stdout.write(`withheld: ${part} (${ground})\n`)
    io.stdout.write(`signed with ${checkpoint.publicKey}\n`)
  } finally {
    await parser.close()
  }
}
