import { chanceOf, type Features, type Weights } from './card.ts'

/** A thread's features with the answer that people gave. */
export type Sample = {
  readonly features: Features
  readonly yes: boolean
  /** How much it counts beside the others: 1 for a whole thread. */
  readonly weight: number
}

export type FitOptions = {
  /** How strongly weights are drawn to 0, and how strongly small ones are cut to 0. */
  readonly ridge: number
  readonly lasso: number
  /**
   * What is believed of a feature before any thread was seen: the weight it starts from and is drawn
   * to. Such a weight may not fall below 0: a rule must not speak against its own category.
   */
  readonly prior: ReadonlyMap<string, number>
}

/** Sweeps over all weights; the change is far below a printed digit long before. */
const sweepsMax = 200
const changeMin = 1e-4
/** A feature seen in fewer threads than this says nothing that could be trusted. */
const seenMin = 3

type Column = { readonly name: string; readonly rows: number[]; readonly values: number[] }

/**
 * Fits a logistic regression by cyclic coordinate descent with a bound on each step (Genkin, Lewis
 * and Madigan, Technometrics 49, 2007). The same samples give the same weights. Weights are rounded
 * to two digits, so that what is kept in the file is what is applied.
 */
export function fit(samples: readonly Sample[], options: FitOptions): Weights {
  const columns = columnsOf(samples, options.prior)
  const odds = new Float64Array(samples.length)
  const answers = samples.map(({ yes }) => (yes ? 1 : 0))
  const given = samples.map(({ weight }) => weight)
  const base: Column = {
    name: '',
    rows: samples.map((_, row) => row),
    values: samples.map(() => 1),
  }
  const weights = new Float64Array(columns.length + 1)
  const bounds = new Float64Array(columns.length + 1).fill(1)
  for (const [at, column] of columns.entries()) {
    weights[at + 1] = options.prior.get(column.name) ?? 0
    move(column, odds, weights[at + 1] ?? 0)
  }
  for (let sweep = 0; sweep < sweepsMax; sweep += 1) {
    let most = 0
    for (const [place, column] of [base, ...columns].entries()) {
      const free = column === base
      const step = stepOf(column, { odds, answers, given }, weights[place] ?? 0, free, options)
      const bound = bounds[place] ?? 1
      const change = Math.max(-bound, Math.min(bound, step))
      bounds[place] = Math.max(2 * Math.abs(change), bound / 2)
      if (change === 0) continue
      weights[place] = (weights[place] ?? 0) + change
      move(column, odds, change)
      most = Math.max(most, Math.abs(change))
    }
    if (most < changeMin) break
  }
  const of = columns.flatMap(({ name }, place): [string, number][] => {
    const weight = rounded(weights[place + 1] ?? 0)
    return weight === 0 ? [] : [[name, weight]]
  })
  return { base: rounded(weights[0] ?? 0), of: new Map(of) }
}

type State = {
  /** Log-odds of each sample by the weights so far. */
  readonly odds: Float64Array
  readonly answers: readonly number[]
  readonly given: readonly number[]
}

/** The step towards the best weight of one column, all others held. */
function stepOf(
  { name, rows, values }: Column,
  { odds, answers, given }: State,
  weight: number,
  free: boolean,
  { ridge, lasso, prior }: FitOptions,
): number {
  const believed = prior.get(name)
  let slope = free ? 0 : ridge * (weight - (believed ?? 0))
  let bend = free ? 1e-9 : ridge
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0
    const value = values[at] ?? 0
    const chance = chanceOf(odds[row] ?? 0)
    const counts = given[row] ?? 1
    slope += counts * (chance - (answers[row] ?? 0)) * value
    bend += counts * chance * (1 - chance) * value * value
  }
  if (free) return -slope / bend
  const whole = weight - slope / bend
  if (believed !== undefined) return Math.max(0, whole) - weight
  return Math.sign(whole) * Math.max(0, Math.abs(whole) - lasso / bend) - weight
}

function move({ rows, values }: Column, odds: Float64Array, change: number): void {
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0
    odds[row] = (odds[row] ?? 0) + change * (values[at] ?? 0)
  }
}

function columnsOf(samples: readonly Sample[], prior: ReadonlyMap<string, number>): Column[] {
  const columns = new Map<string, Column>(
    [...prior.keys()].map((name) => [name, { name, rows: [], values: [] }]),
  )
  for (const [row, { features }] of samples.entries()) {
    for (const [name, value] of features) {
      const column = columns.get(name) ?? { name, rows: [], values: [] }
      columns.set(name, column)
      column.rows.push(row)
      column.values.push(value)
    }
  }
  return [...columns.values()]
    .filter(({ name, rows }) => rows.length >= seenMin || prior.has(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function rounded(weight: number): number {
  return Math.round(weight * 100) / 100
}
