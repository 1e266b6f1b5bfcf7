import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Figure, isMet } from './figures.ts'
import { measureAll, type Sizes } from './run.ts'
import { tableOf } from './table.ts'

const usage = 'usage: bench [--quick] [--json] [--threads N] [--mails N]\n'

const whole: Sizes = {
  mails: 5_200,
  threads: 100_000,
  rounds: 400,
  times: 10,
  largeMail: 50 * 1024 * 1024,
  caseMails: 5_000,
  fileBytes: 420_000,
}
const quick: Sizes = {
  ...whole,
  mails: 1_000,
  threads: 2_000,
  rounds: 100,
  times: 3,
  caseMails: 200,
}

function sizesOf(values: { quick?: boolean; threads?: string; mails?: string }): Sizes | null {
  const sizes = values.quick ? quick : whole
  const threads = Number(values.threads ?? sizes.threads)
  const mails = Number(values.mails ?? sizes.mails)
  const fits = [threads, mails].every((n) => Number.isInteger(n) && n >= 100 && n <= 1_000_000)
  return fits ? { ...sizes, threads, mails } : null
}

/** Measures, prints a table or JSON; 0 where everything could be measured, met or missed. */
async function main(): Promise<number> {
  const options = {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    threads: { type: 'string' },
    mails: { type: 'string' },
  } as const
  const { values } = parseArgs({ options })
  const sizes = sizesOf(values)
  if (!sizes) {
    process.stderr.write(usage)
    return 2
  }
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop.abort(new Error(`ended by ${signal}: nothing is left behind`)))
  }
  const folder = mkdtempSync(join(tmpdir(), 'mamori-bench-'))
  const say = (words: string) => process.stderr.write(`${words} …\n`)
  const figures: Figure[] = []
  const [load = 0] = loadavg()
  const machine = {
    cores: availableParallelism(),
    model: cpus()[0]?.model ?? '',
    node: process.version,
    /** Programs that wanted a core before the run: where it is not near 0, the machine was busy. */
    loadBefore: Math.round(load * 100) / 100,
  }
  try {
    for await (const figure of measureAll({ sizes, folder, signal: stop.signal, say })) {
      figures.push(figure)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    const told = figures.map((figure) => ({ ...figure, met: isMet(figure) }))
    const text = values.json ? JSON.stringify({ machine, sizes, figures: told }) : tableOf(figures)
    if (!values.json) process.stdout.write(`${JSON.stringify(machine)}\n`)
    process.stdout.write(`${text}\n`)
  }
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  process.exitCode = 1
}
