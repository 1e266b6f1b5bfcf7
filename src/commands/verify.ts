import { readFileSync } from 'node:fs'
import type { Checkpoint } from '../domain/checkpoint.ts'
import { checkpointIn } from '../evidence/checkpoint.ts'
import type { House } from '../flow/house.ts'
import { verify as verifyRecord } from '../flow/verify.ts'
import { CommandError, type Io, printJson, readArgs } from './command.ts'

/**
 * `verify`: checks the event chain, every mail's bytes, that the log explains the state, and that it
 * is the log that checkpoints were signed for: those in the database, and those that a file from
 * outside holds, a line each.
 */
export async function verify(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, {
    json: { type: 'boolean' },
    checkpoints: { type: 'string' },
    'public-key': { type: 'string' },
  })
  const checkpoints = values.checkpoints === undefined ? [] : checkpointsIn(values.checkpoints)
  const outside = { publicKey: values['public-key'], checkpoints }
  const { events, messages, flaws } = await verifyRecord(house.store, outside)
  if (values.json) printJson(io, { ok: flaws.length === 0, events, messages, flaws })
  else if (flaws.length === 0) {
    io.stdout.write(`${events} events and ${messages} mails verified: nothing was changed\n`)
  }
  if (flaws.length > 0) throw new CommandError(`the record does not hold: ${flaws.join('; ')}`)
}

/** What `checkpoints` printed once, one a line. */
function checkpointsIn(file: string): Checkpoint[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return []
    const read = checkpointIn(line)
    if (read) return [read]
    throw new CommandError(`${file}, line ${at + 1}: is no checkpoint`)
  })
}
