import type { Effect, Held } from './rule-effect.ts'

/** A decided thread that other rules would judge otherwise. */
export type ThreadEffect = Effect & { readonly threadId: string; readonly held: Held }

/** An example of a rule that the rules together would judge otherwise. */
export type ExampleEffect = Effect & {
  readonly rule: string
  readonly kind: 'matches' | 'passes'
  readonly place: number
}

/** What a change would do, as far as it was tried. The lists end where nobody would read on. */
export type RuleTrialResult = {
  readonly threads: readonly ThreadEffect[]
  readonly examples: readonly ExampleEffect[]
  readonly changedThreads: number
  readonly changedExamples: number
  readonly examplesLooked: number
  readonly nearer: number
  readonly farther: number
}

export const emptyTrial: RuleTrialResult = {
  threads: [],
  examples: [],
  changedThreads: 0,
  changedExamples: 0,
  examplesLooked: 0,
  nearer: 0,
  farther: 0,
}

/** Lines that are kept of each list; the counts go on. */
export const trialLinesMax = 500

/** The result with more threads and examples in it. */
export function addToTrial(
  result: RuleTrialResult,
  threads: readonly ThreadEffect[],
  examples: readonly ExampleEffect[] = [],
): RuleTrialResult {
  const leaning = (what: Effect['agreement']) =>
    threads.filter(({ agreement }) => agreement === what).length
  return {
    threads: [...result.threads, ...threads].slice(0, trialLinesMax),
    examples: [...result.examples, ...examples].slice(0, trialLinesMax),
    changedThreads: result.changedThreads + threads.length,
    changedExamples: result.changedExamples + examples.length,
    examplesLooked: result.examplesLooked,
    nearer: result.nearer + leaning('nearer'),
    farther: result.farther + leaning('farther'),
  }
}
