import type { House } from '../flow/house.ts'
import { sendersDue } from '../flow/retention.senders.ts'
import { dueNow, runRetention } from '../flow/retention.ts'
import { type Io, printJson, readArgs, UsageError } from './command.ts'

/** `retention`: erases what is due, where two people have let it; `--dry-run` only counts. */
export async function retention(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, {
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  })
  if (positionals.length > 0) throw new UsageError('usage: retention [--dry-run] [--json]')
  if (values['dry-run']) return preview(house, values.json === true, io)
  const run = await runRetention(house)
  if (values.json) return printJson(io, run)
  io.stdout.write(
    run.approved
      ? `${run.erased} threads erased, ${run.lapsed} assessments lapsed, records on ${run.senders} senders erased, ${run.blocked} kept back\n`
      : 'nothing was changed: two people have to let these periods run first (page /retention)\n',
  )
}

async function preview(house: House, json: boolean, io: Io): Promise<void> {
  const due = await dueNow(house)
  const senders = await sendersDue(house)
  if (json) {
    printJson(io, { due, senders })
    return
  }
  if (due.length + senders.due + senders.blocked === 0) io.stdout.write('nothing is due\n')
  for (const [rule, some] of Map.groupBy(due, (one) => one.rule)) {
    const free = some.filter(({ blocked }) => blocked === null)
    const held = some.filter(({ blocked }) => blocked === 'hold').length
    const act = some[0]?.act === 'erase' ? 'would erase' : 'would let lapse'
    io.stdout.write(
      `${rule}: ${act} ${free.length} threads, ${held} under hold, ${some.length - free.length - held} still open\n`,
    )
    for (const { threadId } of free) io.stdout.write(`  ${threadId}\n`)
  }
  if (senders.due + senders.blocked > 0) {
    io.stdout.write(
      `notes, incidents, names: would erase those of ${senders.due} senders, ${senders.blocked} kept back\n`,
    )
  }
}
