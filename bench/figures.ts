/** One line of the table: what was measured, and against what. */
export type Figure = {
  readonly part: string
  readonly name: string
  readonly value: number
  readonly unit: 'mails/s' | '×' | 'ms' | 's' | 'MB' | 'MB/s' | 'events/s'
  /** What the design asks for; null where the figure only explains others. */
  readonly target: { readonly is: 'at least' | 'at most'; readonly value: number } | null
  readonly note?: string
}

export function isMet({ value, target }: Figure): boolean | null {
  if (target === null) return null
  return target.is === 'at least' ? value >= target.value : value <= target.value
}

/** The value below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
