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
 * `FAULT_SEED=17,18` names.
 */
export function seedsOf(count: number, quick: readonly number[]): readonly number[] {
  if (process.env.FAULT_SEED) return process.env.FAULT_SEED.split(',').map(Number)
  if (process.env.MAMORI_FAULTS !== 'all') return quick
  return Array.from({ length: count }, (_, seed) => seed)
}
