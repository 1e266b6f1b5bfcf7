/** A share of cases with the interval that it may really lie in. */
export type Proportion = {
  readonly hits: number
  readonly of: number
  readonly share: number
  readonly low: number
  readonly high: number
}

/** The 97.5 % point of the normal distribution: 95 % lie between it and its negative. */
const z = 1.959963984540054

/** Wilson's score interval at 95 % (Wilson 1927): honest also for few cases. */
export function proportionOf(hits: number, of: number): Proportion {
  if (of === 0) return { hits, of, share: 0, low: 0, high: 1 }
  const share = hits / of
  const scale = 1 + z ** 2 / of
  const middle = (share + z ** 2 / (2 * of)) / scale
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))
  return { hits, of, share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

/** Below this many cases a share says nothing yet. */
export const casesMin = 5
