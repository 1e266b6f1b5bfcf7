import { verify } from '../flow/verify.ts'
import { MoveError, moveAll } from '../store/move.ts'
import { openEngine, openStore } from '../store/store.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

/**
 * `move --from URL --to URL`: carries a database into an empty one, also of the other engine;
 * compares it row by row and checks its event chain. The source stays as it is.
 */
export async function move(args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (!values.from || !values.to || values.from === values.to) {
    throw new UsageError('usage: move --from URL --to URL (file:PATH or postgres://…)')
  }
  const began = performance.now()
  const rows = await carry(values.from, values.to, (words) => io.stderr.write(`${words}\n`))
  const { events, flaws } = await check(values.to)
  const seconds = Math.round(performance.now() - began) / 1000
  if (flaws > 0) throw new CommandError(`the copy does not verify (${flaws} flaws): run verify`)
  if (values.json) return printJson(io, { rows: Object.fromEntries(rows), events, seconds })
  const sum = [...rows.values()].reduce((all, n) => all + n, 0)
  io.stdout.write(`${sum} rows carried and compared, ${events} events verified, ${seconds} s\n`)
}

async function carry(from: string, to: string, say: (words: string) => void) {
  const source = await openEngine(from, say)
  try {
    const target = await openEngine(to, say)
    try {
      return await moveAll(source, target, (table, rows) => say(`${table}: ${rows}`))
    } catch (error) {
      throw error instanceof MoveError ? new CommandError(error.message) : error
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function check(url: string): Promise<{ events: number; flaws: number }> {
  const store = await openStore(url, () => undefined)
  try {
    const { events, flaws } = await verify(store)
    return { events, flaws: flaws.length }
  } finally {
    await store.close()
  }
}
