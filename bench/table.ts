import { type Figure, isMet } from './figures.ts'

/** The figures as a table that a person reads, a part after the other. */
export function tableOf(figures: readonly Figure[]): string {
  const byPart = Map.groupBy(figures, ({ part }) => part)
  return [...byPart]
    .flatMap(([part, some]) => ['', part, ...some.map((figure) => `  ${rowOf(figure)}`)])
    .join('\n')
}

function rowOf(figure: Figure): string {
  const { name, value, unit, target } = figure
  const row = `${name.padEnd(46)} ${rounded(value).padStart(10)} ${unit.padEnd(8)}`
  if (target === null) return row.trimEnd()
  const met = isMet(figure) ? 'met' : 'missed'
  return `${row}  ${target.is} ${target.value} ${unit}: ${met}`
}

function rounded(value: number): string {
  if (!Number.isFinite(value)) return 'none'
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}
