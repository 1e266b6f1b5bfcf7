import type { CurvePoint } from '../classify/evaluate.curve.ts'
import type { Figures, PoolFigures, Share, WrongThread } from '../classify/evaluate.ts'

/** The figures as a table for a terminal. */
export function tableOf(figures: Figures): string {
  return [
    `threads ${figures.threads}`,
    '',
    `${'category'.padEnd(18)} precis. recall      f1  found missed  wrong`,
    ...figures.categories.map(rowOf),
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
    'false alarms against recall of any harassment, as the bound rises',
    ...figures.curve.map(barOf),
    '',
    'wrong ones',
    ...figures.wrong.flatMap(traceOf),
  ].join('\n')
}

/** What the lines of a pool raise, one row for each thing expected. */
export function poolTableOf(figures: PoolFigures): string {
  return [...figures]
    .map(([expected, { lines, alarms, right }]) => {
      const per = ((1000 * alarms) / lines).toFixed(1)
      const found = expected === 'none' ? '' : `, ${right} as what they are`
      return `  ${expected.padEnd(18)} ${lines} lines, ${alarms} with an alarm (${per} of 1,000)${found}`
    })
    .join('\n')
}

function rowOf({
  code,
  precision,
  recall,
  f1,
  found,
  missed,
  wrong,
}: Figures['categories'][number]) {
  const cells = [percent(precision), percent(recall), percent(f1)]
  const counts = [found, missed, wrong].map((count) => `${count}`.padStart(6))
  return [code.padEnd(18), ...cells, ...counts].join(' ')
}

/** Columns of a bar that stands for everything. */
const barWidth = 40

function barOf({ bound, falseAlarms, recall }: CurvePoint): string {
  const bar = '█'.repeat(Math.round(recall * barWidth)).padEnd(barWidth)
  return `  ${bound.toFixed(2)} ${percent(falseAlarms)} ${percent(recall)} ${bar}`
}

function traceOf({ id, kind, missed, wrong, severity, trace }: WrongThread): string[] {
  const faults = [
    ...missed.map((code) => `missed ${code}`),
    ...wrong.map((code) => `wrong ${code}`),
  ]
  return [
    `  ${id} ${kind}: ${faults.join(', ')}; severity ${severity.labelled}, found ${severity.found}`,
    ...trace.map(({ code, carried }) => {
      const shares = carried.map(({ name, share }) => `${name} ${signed(share)}`)
      return `    ${code}: ${shares.join(', ') || 'nothing spoke for or against'}`
    }),
  ]
}

function signed(share: number): string {
  return share > 0 ? `+${share.toFixed(2)}` : share.toFixed(2)
}

function said({ hits, of, share }: Share): string {
  return `${hits} of ${of} (${(100 * share).toFixed(1)} %)`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`.padStart(7)
}
