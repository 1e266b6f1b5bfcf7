import { canonicalAddress } from '../domain/address.ts'
import { exportCase } from '../flow/export.ts'
import type { House } from '../flow/house.ts'
import { openParser } from '../flow/parse.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'
import { openCount } from './progress.ts'

const usage =
  'usage: evidence SENDER --out FILE.zip [--lang ja|en] [--mask-others] [--mask WORDS]... [--json]'

/** `evidence SENDER --out FILE.zip`: everything about one sender, for others to check. */
export async function evidence(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, {
    out: { type: 'string' },
    lang: { type: 'string', default: 'ja' },
    mask: { type: 'string', multiple: true, default: [] },
    'mask-others': { type: 'boolean', default: false },
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
  const count = openCount(io.stderr)
  const hide = { others: values['mask-others'], words: values.mask }
  const wanted = { senderId, language, by: null, out, hide, progress: count.at } as const
  try {
    const made = await exportCase(house, parser.take, wanted).finally(count.end)
    const { mails, bytes, manifestSha256, masked, checkpoint } = made
    if (values.json) return printJson(io, { out, ...made })
    io.stdout.write(`${out}: ${mails} mails, ${bytes} bytes, manifest ${manifestSha256}\n`)
    if (masked > 0) io.stdout.write(`${masked} names, addresses or words are masked\n`)
    io.stdout.write(`signed with ${checkpoint.publicKey}\n`)
  } finally {
    await parser.close()
  }
}
