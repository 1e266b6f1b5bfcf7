import { until as untilSoon } from '../support/office.ts'

/** What the preloaded module is told to do, and when: the nth time that a step is taken. */
export type Fault = {
  readonly step: string
  readonly when: 'before' | 'after'
  readonly nth: number
} & (
  | { readonly do: 'kill' | 'tell' }
  | { readonly do: 'fill'; readonly file: string }
  | { readonly do: 'shift'; readonly ms: number }
)

/** Loaded before the product: takes hold of its steps from outside. */
export const preload = './test/faults/preload.ts'

/** Two processes and two servers on a machine that may be busy with other things. */
export const patienceMs = 180_000

/** The same for whoever waits for something to come about. */
export const until = <T>(what: string, ask: () => Promise<T | undefined | null | false>) =>
  untilSoon(what, ask, patienceMs)

/**
 * Which cases a run takes: the few of `quick`, all with `MAMORI_FAULTS=all`, or those that
 * `FAULT_SEED=17,18` or `FAULT_SEED=0-29` names: slices of the whole can be run one after the other.
 */
export function seedsOf(count: number, quick: readonly number[]): readonly number[] {
  if (process.env.FAULT_SEED) return process.env.FAULT_SEED.split(',').flatMap(seedsIn)
  if (process.env.MAMORI_FAULTS !== 'all') return quick
  return Array.from({ length: count }, (_, seed) => seed)
}

/** `17`, or `0-29`. */
function seedsIn(words: string): number[] {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(words.trim()) ?? []
  if (first === undefined) throw new Error(`FAULT_SEED names ${words}: write 17, or 0-29`)
  const from = Number(first)
  return Array.from({ length: Number(last ?? first) - from + 1 }, (_, at) => from + at)
}
