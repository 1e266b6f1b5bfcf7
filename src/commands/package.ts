import type { parseArgs } from 'node:util'
import { canonicalAddress } from '../domain/address.ts'
import type { Language } from '../domain/person.ts'
import type { Take } from '../evidence/mails.ts'
import type { Exported } from '../flow/export.ts'
import type { House } from '../flow/house.ts'
import { openParser } from '../flow/parse.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'
import { openCount } from './progress.ts'

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

/** What is made of a sender, for whom, and what is written on the way. */
export type Wished = {
  readonly senderId: string
  readonly language: Language
  readonly by: null
  readonly out: string
  readonly progress: (mails: number, of: number) => void
}

type PackageCommand<T extends Options, Made> = {
  readonly usage: string
  /** Beside `--out`, `--lang` and `--json`. */
  readonly options: T
  make(take: Take, wished: Wished, values: ReturnType<typeof readArgs<T>>['values']): Promise<Made>
  /** Lines between the file and who signed it. */
  say(made: Made): readonly string[]
}

const common = {
  out: { type: 'string' },
  lang: { type: 'string', default: 'ja' },
  json: { type: 'boolean' },
} as const

/** `… SENDER --out FILE.zip`: makes a package of one sender, and says what it is signed with. */
export async function makePackage<
  T extends Options,
  Made extends Pick<Exported, 'mails' | 'bytes' | 'manifestSha256' | 'checkpoint'>,
>(house: House, args: readonly string[], io: Io, command: PackageCommand<T, Made>): Promise<void> {
  const { usage, options, make, say } = command
  const { values, positionals } = readArgs(args, { ...options, ...common })
  const [asked, ...rest] = positionals
  const { out, lang, json } = values as { out?: string; lang: string; json?: boolean }
  if (!asked || rest.length > 0 || !out) throw new UsageError(usage)
  if (lang !== 'ja' && lang !== 'en') throw new UsageError(usage)
  const address = canonicalAddress(asked)
  const senderId = await house.store.dossiers.sender({ id: asked, address })
  if (senderId === null) throw new CommandError(`${asked}: there is no such sender`)
  const parser = openParser({ workers: 1, timeoutMs: 60_000 })
  const count = openCount(io.stderr)
  const wished = { senderId, language: lang, by: null, out, progress: count.at } as const
  try {
    const made = await make(parser.take, wished, values as never).finally(count.end)
    if (json) return printJson(io, { out, ...made })
    const { mails, bytes, manifestSha256, checkpoint } = made
    const lines = [
      `${out}: ${mails} mails, ${bytes} bytes, manifest ${manifestSha256}`,
      ...say(made),
      `signed with ${checkpoint.publicKey}`,
    ]
    io.stdout.write(`${lines.join('\n')}\n`)
  } finally {
    await parser.close()
  }
}
