import { readConfig } from '../config.ts'
import { openHouse, openLog } from '../house.ts'
import { addMailboxes, startParts } from '../parts.ts'
import { type Io, readArgs, UsageError } from './command.ts'

const parts = ['web', 'poll', 'send'] as const

/** `serve`: web, pollers and postman in one process, or only some of them. */
export async function serve(args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, { only: { type: 'string' } })
  const wanted = values.only?.split(',') ?? [...parts]
  const unknown = wanted.filter((word) => !parts.some((part) => part === word))
  if (unknown.length > 0) throw new UsageError(`--only ${unknown.join(',')}: use web, poll, send`)

  const config = readConfig(io.env)
  const log = openLog(config.logLevel)
  const house = await openHouse(config, log)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
  // Whoever changed the policy files need not wait for the next look at them.
  process.on('SIGHUP', () => {
    house.rulebook.look().catch((error) => log.error({ err: error }, 'the rules stay as they are'))
  })
  try {
    await addMailboxes(house, config)
    const running = await startParts(house, config, new Set(wanted), stop.signal)
    if (running.url) io.stderr.write(`Mamori is at ${running.url}\n`)
    await running.ended
  } finally {
    await house.store.close()
  }
}
