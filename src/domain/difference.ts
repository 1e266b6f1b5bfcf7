/** A line of two texts that are laid side by side. */
export type DifferenceLine = {
  readonly kind: 'same' | 'gone' | 'added'
  readonly text: string
}

/** What differs between two texts, line by line, by their longest common subsequence. */
export function differenceOf(before: string, after: string): DifferenceLine[] {
  const old = before.split('\n')
  const fresh = after.split('\n')
  const lengths = commonLengths(old, fresh)
  const lines: DifferenceLine[] = []
  let i = 0
  let j = 0
  while (i < old.length || j < fresh.length) {
    const [gone, added] = [old[i], fresh[j]]
    const without = lengths[i + 1]?.[j] ?? 0
    const withAdded = lengths[i]?.[j + 1] ?? 0
    if (gone !== undefined && gone === added) {
      lines.push({ kind: 'same', text: gone })
      i += 1
      j += 1
    } else if (gone !== undefined && (added === undefined || without >= withAdded)) {
      lines.push({ kind: 'gone', text: gone })
      i += 1
    } else {
      lines.push({ kind: 'added', text: added ?? '' })
      j += 1
    }
  }
  return lines
}

/** How many lines what comes after each place has in common. */
function commonLengths(old: readonly string[], fresh: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () =>
    new Array<number>(fresh.length + 1).fill(0),
  )
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const [row, below] = [lengths[i], lengths[i + 1]]
      if (!row || !below) continue
      row[j] =
        old[i] === fresh[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return lengths
}
