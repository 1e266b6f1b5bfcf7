import type { House } from '../flow/house.ts'
import { openParser } from '../flow/parse.ts'
import { reread } from '../flow/reread.ts'
import { type Io, printJson, readArgs, UsageError } from './command.ts'

/** `reread`: tries mail again that an older version could not read; `--again`: this one, too. */
export async function rereadMail(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, {
    again: { type: 'boolean' },
    json: { type: 'boolean' },
  })
  if (positionals.length > 0) throw new UsageError('usage: reread [--again] [--json]')
  const parser = openParser({ workers: 2, timeoutMs: 120_000 })
  try {
    const again = values.again === true
    const result = await reread(house, parser, { again, limit: Number.POSITIVE_INFINITY })
    if (values.json) return printJson(io, result)
    io.stdout.write(`${result.tried} read again, ${result.readable} can be read now\n`)
  } finally {
    await parser.close()
  }
}
