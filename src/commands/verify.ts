import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Checkpoint } from '../domain/checkpoint.ts'
import type { House } from '../flow/house.ts'
import { verify as verifyRecord } from '../flow/verify.ts'
import { CommandError, type Io, printJson, readArgs } from './command.ts'

/**
 * `verify`: checks the event chain, every mail's bytes, that the log explains the state, and that it
 * is the log that checkpoints were signed for: those in the database, and those that a file from
 * outside holds, a line each.
 */
export async function verify(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, {
    json: { type: 'boolean' },
    checkpoints: { type: 'string' },
    'public-key': { type: 'string' },
  })
  if (positionals.length > 0) {
    throw new CommandError(`${positionals[0]}: evidence packages cannot be verified yet`)
  }
  const checkpoints = values.checkpoints === undefined ? [] : checkpointsIn(values.checkpoints)
  const outside = { publicKey: values['public-key'], checkpoints }
  const { events, messages, flaws } = await verifyRecord(house.store, outside)
  if (values.json) printJson(io, { ok: flaws.length === 0, events, messages, flaws })
  else if (flaws.length === 0) {
    io.stdout.write(`${events} events and ${messages} mails verified: nothing was changed\n`)
  }
  if (flaws.length > 0) throw new CommandError(`the record does not hold: ${flaws.join('; ')}`)
}

const checkpoint = z.object({
  id: z.string(),
  at: z.string(),
  events: z.number().int().min(1),
  head: z.string(),
  listSha256: z.string(),
  publicKey: z.string(),
  signature: z.string(),
})

/** What `checkpoints` printed once, one a line. */
function checkpointsIn(file: string): Checkpoint[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return []
    const read = checkpoint.safeParse(jsonOf(line))
    if (read.success) return [read.data]
    throw new CommandError(`${file}, line ${at + 1}: is no checkpoint`)
  })
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // What is no JSON is no checkpoint either; the caller names the line.
    return null
  }
}
