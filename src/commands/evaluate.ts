import { writeFileSync } from 'node:fs'
import { evaluate as figuresOf, poolFigures } from '../classify/evaluate.ts'
import { crossValidate, type Seen, see } from '../classify/train.ts'
import { loadPolicy, policyFolder } from '../policy.ts'
import { type Io, printJson, readArgs, UsageError } from './command.ts'
import { chartOf } from './evaluate.chart.ts'
import { poolTableOf, tableOf } from './evaluate.table.ts'
import { readLabelled } from './labelled.ts'
import { readPool } from './pools.ts'

/**
 * `evaluate PATH… [--folds N] [--pool FILE]… [--chart FILE] [--json]`: how good the rules are on
 * labelled threads. With `--folds` each thread is judged by weights fitted without its fold; `--pool`
 * adds what the lines of a pool raise that are kept out of the fit; `--chart` draws false alarms
 * against recall as SVG.
 */
export async function evaluate(args: readonly string[], io: Io): Promise<number> {
  const { positionals, values } = readArgs(args, {
    json: { type: 'boolean' },
    folds: { type: 'string' },
    chart: { type: 'string' },
    pool: { type: 'string', multiple: true },
  })
  if (positionals.length === 0)
    throw new UsageError('evaluate takes files or folders of labelled threads')
  const folds = values.folds === undefined ? null : foldsOf(values.folds)
  const { rules } = loadPolicy(policyFolder(io.env), { ignoreWeights: folds !== null })
  const files = await readLabelled(positionals, io)
  const threads = files.flatMap((file) => file.threads)
  const figures =
    folds === null
      ? figuresOf(threads, rules)
      : crossValidate(
          files.flatMap(({ author, threads: own }) =>
            own.map((thread) => see(thread, author, rules)),
          ),
          [],
          rules,
          (_: Seen, place: number) => `${place % folds}`,
        )
  if (values.chart !== undefined) writeFileSync(values.chart, chartOf(figures.curve))
  if (values.json) printJson(io, figures)
  else io.stdout.write(`${tableOf(figures)}\n`)
  for (const file of values.pool ?? []) {
    const { name, heldBack } = await readPool(file, io)
    if (!values.json) io.stdout.write(`\n${name}\n${poolTableOf(poolFigures(heldBack, rules))}\n`)
  }
  return 0
}

function foldsOf(text: string): number {
  const folds = Number(text)
  if (Number.isInteger(folds) && folds >= 2 && folds <= 50) return folds
  throw new UsageError(`--folds takes a number from 2 to 50, not ${text}`)
}
