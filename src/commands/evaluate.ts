import {
  type Figures,
  evaluate as figuresOf,
  type LabelledThread,
  type Share,
} from '../classify/evaluate.ts'
import { loadPolicy, policyFolder } from '../policy.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'
import { readLines } from './lines.ts'
import { labelledLine } from './threads.format.ts'

/** `evaluate FILE [--json]`: how good the rules are on labelled threads. */
export async function evaluate(args: readonly string[], io: Io): Promise<number> {
  const { positionals, values } = readArgs(args, { json: { type: 'boolean' } })
  const [file] = positionals
  if (positionals.length !== 1) throw new UsageError('evaluate takes one file of labelled threads')
  const { rules } = loadPolicy(policyFolder(process.env))
  const threads: LabelledThread[] = []
  for await (const line of readLines(file, labelledLine, io)) {
    if (!line.ok) throw new CommandError(line.words)
    threads.push(line.value)
  }
  const figures = figuresOf(threads, rules)
  if (values.json) printJson(io, figures)
  else io.stdout.write(`${tableOf(figures)}\n`)
  return 0
}

function tableOf(figures: Figures): string {
  const rows = figures.categories.map(({ code, precision, recall, f1, found, missed, wrong }) =>
    [
      code.padEnd(18),
      percent(precision),
      percent(recall),
      percent(f1),
      `${found}`.padStart(6),
      `${missed}`.padStart(6),
      `${wrong}`.padStart(6),
    ].join(' '),
  )
  return [
    `threads ${figures.threads}`,
    '',
    `${'category'.padEnd(18)} precis. recall      f1  found missed  wrong`,
    ...rows,
    '',
    `macro f1                            ${figures.macroF1.toFixed(3)}`,
    `false alarms on harmless threads    ${said(figures.falseAlarms)}`,
    `false alarms on hard ones           ${said(figures.falseAlarmsHard)}`,
    `severity 3 found with severity 3    ${said(figures.severity3)}`,
    `severity 3 found at all             ${said(figures.severity3Found)}`,
    `self-harm flagged                   ${said(figures.selfHarm)}`,
    '',
    'without fault, by slice',
    ...figures.slices.map(({ name, ...share }) => `  ${name.padEnd(24)} ${said(share)}`),
    '',
    'labelled (row) and listed',
    ...Object.entries(figures.confusion).map(([label, listed]) => {
      const cells = Object.entries(listed).map(([code, count]) => `${code} ${count}`)
      return `  ${label.padEnd(18)} ${cells.join(', ')}`
    }),
    '',
    'wrong ones',
    ...figures.wrong.map(
      ({ id, kind, missed, wrong, rules }) =>
        `  ${id} ${kind}: ${[...missed.map((code) => `missed ${code}`), ...wrong.map((code) => `wrong ${code}`)].join(', ')} [${rules.join(' ')}]`,
    ),
  ].join('\n')
}

function said({ hits, of, share }: Share): string {
  return `${hits} of ${of} (${(100 * share).toFixed(1)} %)`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`.padStart(7)
}
