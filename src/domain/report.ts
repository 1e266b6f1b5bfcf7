import type { Category } from './category.ts'
import type { Verdict } from './review.ts'

/** What a verdict says, without its reasons. */
export type Said = {
  readonly kind: Verdict['kind']
  readonly categories: readonly Category[]
}

/** What two people said of one revision of a thread, and of how many revisions they said so. */
export type Pair = { readonly first: Said; readonly second: Said; readonly times: number }

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
  return agreement(pairs, ({ kind }) => kind)
}

/** Agreement on whether that category is there. */
export function agreementOnCategory(pairs: readonly Pair[], category: Category): Agreement {
  return agreement(pairs, (said) => (names(said, category) ? 'yes' : 'no'))
}

/** Whether somebody who sees harassment sees it in that category. */
export function names({ kind, categories }: Said, category: Category): boolean {
  return kind === 'harassment' && categories.includes(category)
}

/**
 * Cohen's κ (1960): the agreement that is seen, less what chance would give from how often each of
 * the two says each thing, as a share of what was left to gain.
 */
function agreement(pairs: readonly Pair[], wordOf: (said: Said) => string): Agreement {
  const n = pairs.reduce((sum, { times }) => sum + times, 0)
  if (n === 0) return { pairs: 0, share: 0, kappa: null }
  const shareOf = (is: (pair: Pair) => boolean) =>
    pairs.reduce((sum, pair) => sum + (is(pair) ? pair.times : 0), 0) / n
  const share = shareOf(({ first, second }) => wordOf(first) === wordOf(second))
  const words = new Set(pairs.flatMap(({ first, second }) => [wordOf(first), wordOf(second)]))
  let chance = 0
  for (const word of words) {
    const ofFirst = shareOf(({ first }) => wordOf(first) === word)
    const ofSecond = shareOf(({ second }) => wordOf(second) === word)
    chance += ofFirst * ofSecond
  }
  return { pairs: n, share, kappa: chance === 1 ? null : (share - chance) / (1 - chance) }
}

/** How good an agreement is, in a word. */
export type AgreementLevel = 'none' | 'slight' | 'fair' | 'moderate' | 'substantial' | 'full'

/** The word for a κ (Landis and Koch 1977): a custom, not a law of nature. */
export function agreementLevel(kappa: number): AgreementLevel {
  if (kappa < 0) return 'none'
  if (kappa <= 0.2) return 'slight'
  if (kappa <= 0.4) return 'fair'
  if (kappa <= 0.6) return 'moderate'
  return kappa <= 0.8 ? 'substantial' : 'full'
}

/** Of fewer people than this a figure of what they opened would tell of single ones. */
export const teamLeast = 3

/** The value that this share of sorted values does not exceed (nearest rank); null of none. */
export function percentile(sorted: ArrayLike<number>, share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}
