import { once } from 'node:events'
import { assess } from '../classify/assess.ts'
import type { Assessment, Evidence, Exchange } from '../domain/assessment.ts'
import { loadPolicy, policyFolder } from '../policy.ts'
import { type Io, printJson, readArgs, UsageError } from './command.ts'
import { readLines } from './lines.ts'
import { exchangeLine } from './threads.format.ts'

/**
 * `classify [FILE]`: JSON Lines of threads in (a file or standard input), one line of JSON out for
 * each, in order, one thread in memory at a time. A bad line is named on stderr and left out; the
 * rest is still done, and the exit code is 1.
 */
export async function classify(args: readonly string[], io: Io): Promise<number> {
  const { positionals } = readArgs(args, { json: { type: 'boolean' } })
  if (positionals.length > 1)
    throw new UsageError('classify takes one file, or reads standard input')
  const { rules } = loadPolicy(policyFolder(io.env))
  let bad = 0
  for await (const line of readLines(positionals[0], exchangeLine, io)) {
    if (line.ok) printJson(io, resultOf(line.value, assess(line.value, rules)))
    else {
      bad += 1
      io.stderr.write(`${line.words}\n`)
    }
    if (io.stdout.writable && needsDrain(io.stdout)) await once(io.stdout, 'drain')
  }
  return bad === 0 ? 0 : 1
}

function needsDrain(stream: NodeJS.WritableStream & { writableNeedDrain?: boolean }): boolean {
  return stream.writableNeedDrain === true
}

function resultOf({ id }: Exchange, { categories, severity, flags }: Assessment): unknown {
  return {
    id,
    categories: categories.map(({ code, score, severity: grade, evidence }) => ({
      code,
      score,
      severity: grade,
      evidence: evidence.map(briefly),
    })),
    severity,
    flags: flags.map(({ code }) => code),
  }
}

function briefly({ message, text, rule }: Evidence): unknown {
  return { message, text, rule }
}
