import type { Due } from '../domain/retention.ts'
import type { House } from '../flow/house.ts'
import { dueNow, runRetention } from '../flow/retention.ts'
import { type Io, printJson, readArgs, UsageError } from './command.ts'

/** `retention`: erases what is due, where two people have let it; `--dry-run` only counts. */
export async function retention(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, {
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  })
  if (positionals.length > 0) throw new UsageError('usage: retention [--dry-run] [--json]')
  if (values['dry-run']) return preview(await dueNow(house), values.json === true, io)
  const run = await runRetention(house)
  if (values.json) return printJson(io, run)
  io.stdout.write(
    run.approved
      ? `${run.erased} threads erased, ${run.lapsed} assessments lapsed, ${run.blocked} kept back\n`
      : 'nothing was changed: two people have to let these periods run first (page /retention)\n',
  )
}

function preview(due: readonly Due[], json: boolean, io: Io): void {
  if (json) {
    printJson(io, { due })
    return
  }
  if (due.length === 0) io.stdout.write('nothing is due\n')
  for (const [rule, some] of Map.groupBy(due, (one) => one.rule)) {
    const free = some.filter(({ blocked }) => blocked === null)
    const held = some.filter(({ blocked }) => blocked === 'hold').length
    const act = some[0]?.act === 'erase' ? 'would erase' : 'would let lapse'
    io.stdout.write(
      `${rule}: ${act} ${free.length} threads, ${held} under hold, ${some.length - free.length - held} still open\n`,
    )
    for (const { threadId } of free) io.stdout.write(`  ${threadId}\n`)
  }
}
