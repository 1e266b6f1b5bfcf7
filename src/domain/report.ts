import type { Category } from './category.ts'
import type { Verdict } from './review.ts'

/** Two people's reviews of one revision of a thread. */
export type Pair = { readonly first: Verdict; readonly second: Verdict }

/** How far two people agree: over how many pairs, in what share, and beyond chance. */
export type Agreement = {
  readonly pairs: number
  /** Share of the pairs that agree, 0 to 1. */
  readonly share: number
  /** Cohen's κ; null where chance alone would give full agreement. */
  readonly kappa: number | null
}

/** Under so many pairs a figure says nothing. */
export const pairsLeast = 10

/** Agreement on the verdict: ordinary, harassment or unsure. */
export function agreementOnVerdict(pairs: readonly Pair[]): Agreement {
  return agreement(pairs.map(({ first, second }) => [first.kind, second.kind]))
}

/** Agreement on whether that category is there. */
export function agreementOnCategory(pairs: readonly Pair[], category: Category): Agreement {
  return agreement(
    pairs.map(({ first, second }) => [names(first, category), names(second, category)]),
  )
}

function names(verdict: Verdict, category: Category): string {
  return verdict.kind === 'harassment' && verdict.categories.includes(category) ? 'yes' : 'no'
}

/**
 * Cohen's κ (1960): the agreement that is seen, less what chance would give from how often each of
 * the two says each thing, as a share of what was left to gain.
 */
function agreement(pairs: readonly (readonly [string, string])[]): Agreement {
  const n = pairs.length
  if (n === 0) return { pairs: 0, share: 0, kappa: null }
  const share = pairs.filter(([one, other]) => one === other).length / n
  const said = new Set(pairs.flat())
  let chance = 0
  for (const word of said) {
    const ofFirst = pairs.filter(([one]) => one === word).length / n
    const ofSecond = pairs.filter(([, other]) => other === word).length / n
    chance += ofFirst * ofSecond
  }
  return { pairs: n, share, kappa: chance === 1 ? null : (share - chance) / (1 - chance) }
}

/**
 * The value that this share of all values does not exceed (nearest rank); null of none. The values
 * need no order.
 */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}
