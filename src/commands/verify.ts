import type { House } from '../flow/house.ts'
import { verify as verifyRecord } from '../flow/verify.ts'
import { CommandError, type Io, printJson, readArgs } from './command.ts'

/** `verify`: checks the event chain, every mail's bytes, and that the log explains the state. */
export async function verify(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean' } })
  if (positionals.length > 0) {
    throw new CommandError(`${positionals[0]}: evidence packages cannot be verified yet`)
  }
  const { events, messages, flaws } = await verifyRecord(house.store)
  if (values.json) printJson(io, { ok: flaws.length === 0, events, messages, flaws })
  else if (flaws.length === 0) {
    io.stdout.write(`${events} events and ${messages} mails verified: nothing was changed\n`)
  }
  if (flaws.length > 0) throw new CommandError(`the record does not hold: ${flaws.join('; ')}`)
}
