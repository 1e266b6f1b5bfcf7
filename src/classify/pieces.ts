const reference = /\{([a-z][a-z0-9_]*)\}/y
const quantity = /(?:([?*+])|\{(\d+)(,?)(\d*)\})\??/y

/** How often a piece is repeated, and where what follows begins. */
export type Quantity = { readonly min: number; readonly max: number; readonly end: number }

/** The quantity that stands at a place of a pattern, or null. */
export function quantityAt(pattern: string, at: number): Quantity | null {
  quantity.lastIndex = at
  const match = quantity.exec(pattern)
  if (!match) return null
  const [whole, sign, low = '', comma, high = ''] = match
  const end = at + whole.length
  if (sign === '?') return { min: 0, max: 1, end }
  if (sign) return { min: sign === '+' ? 1 : 0, max: Number.POSITIVE_INFINITY, end }
  const open = comma !== '' && high === ''
  return { min: Number(low), max: open ? Number.POSITIVE_INFINITY : Number(high || low), end }
}

/** Where the piece that begins at a place ends: an escape, a class, a group, a name or one unit. */
export function endOf(pattern: string, at: number): number {
  switch (pattern.charAt(at)) {
    case '\\':
      return at + 2
    case '[':
      return endOfClass(pattern, at + 1)
    case '(': {
      let end = at + 1
      while (end < pattern.length && pattern.charAt(end) !== ')') end = endOf(pattern, end)
      return end + 1
    }
    case '{':
      reference.lastIndex = at
      return reference.test(pattern) ? reference.lastIndex : at + 1
    default:
      return at + 1
  }
}

function endOfClass(pattern: string, from: number): number {
  let at = from
  while (at < pattern.length && pattern.charAt(at) !== ']')
    at += pattern.charAt(at) === '\\' ? 2 : 1
  return at + 1
}

/** What stands between the `|` of a pattern, groups left whole. */
export function alternativesIn(pattern: string): string[] {
  const found: string[] = []
  let from = 0
  for (let at = 0; at < pattern.length; ) {
    if (pattern.charAt(at) === '|') {
      found.push(pattern.slice(from, at))
      at += 1
      from = at
    } else at = endOf(pattern, at)
  }
  return [...found, pattern.slice(from)]
}
