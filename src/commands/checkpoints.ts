import { signCheckpoint } from '../flow/checkpoints.ts'
import type { House } from '../flow/house.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

/**
 * `checkpoints [sign]`: every signed checkpoint as a line of JSON, to be kept outside; `sign` makes
 * one now and prints that one alone. The public key stands in each.
 */
export async function checkpoints(house: House, args: readonly string[], io: Io): Promise<void> {
  const { positionals } = readArgs(args, {})
  if (positionals.length === 0) {
    for (const one of await house.store.checkpoints.all()) printJson(io, one)
    return
  }
  if (positionals[0] !== 'sign' || positionals.length > 1) {
    throw new UsageError('usage: checkpoints [sign]')
  }
  const signed = await signCheckpoint(house)
  if (!signed) {
    throw new CommandError(
      'nothing was signed: there is no event yet, or no key (see .env.example)',
    )
  }
  printJson(io, signed)
}
