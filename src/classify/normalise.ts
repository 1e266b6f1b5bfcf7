import { romajiLine } from './romaji.ts'

/** Text for matching, with each UTF-16 unit's place in the original. */
export type Normalised = {
  readonly text: string
  /** For each unit of `text`: where the original piece begins and ends. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** One unit of normalised text and the original piece it stands for. */
export type Unit = { readonly char: string; readonly start: number; readonly end: number }

/** More of the same sign in a row says nothing more than three. */
const runMax = 3

/**
 * Brings writing to one form: NFKC, width, case, masks, leet in words, inserted dots and spaces,
 * and Japanese in Latin letters. Every unit keeps its place in `original`.
 */
export function normalise(original: string, from = 0, to = original.length): Normalised {
  const folded = squeezeRuns(unmask(fold(original, from, to)))
  const units = linesOf(folded).flatMap((line) => romajiLine(joinSpaced(line)))
  return {
    text: units.map(({ char }) => char).join(''),
    starts: units.map(({ start }) => start),
    ends: units.map(({ end }) => end),
  }
}

/** Where a stretch of normalised text stands in the original. */
export function originalSpan(
  { starts, ends }: Normalised,
  start: number,
  end: number,
): { start: number; end: number } {
  return { start: starts[start] ?? 0, end: ends[end - 1] ?? 0 }
}

/** Signs without width: format characters, fillers, variation selectors, the joiner of graphemes. */
const ignored = /^(?:\p{Cf}|\p{Variation_Selector}|\u034f|\u115f|\u1160)$/u
const halfWidthKana = /^[\uff66-\uff9d]$/
const halfWidthMark = /^[\uff9e\uff9f]$/

function fold(original: string, from: number, to: number): Unit[] {
  const units: Unit[] = []
  for (let at = from; at < to; ) {
    const point = String.fromCodePoint(original.codePointAt(at) ?? 0)
    const after = at + point.length
    const gap =
      halfWidthKana.test(point) && /^ [\uff9e\uff9f]/.test(original.slice(after, after + 2))
    const markAt = after + (gap ? 1 : 0)
    const marked = halfWidthMark.test(original.charAt(markAt)) && markAt < to
    const end = marked ? markAt + 1 : Math.min(to, after)
    const piece = marked ? point + original.charAt(markAt) : point
    if (!ignored.test(point)) pushFolded(units, piece, at, end)
    at = end
  }
  return units
}

function pushFolded(units: Unit[], piece: string, start: number, end: number): void {
  const code = piece.charCodeAt(0)
  if (piece.length === 1 && code < 0x80) {
    units.push({ char: piece === '\t' ? ' ' : piece.toLowerCase(), start, end })
    return
  }
  const folded = piece
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[〜～]/g, 'ー')
  for (let at = 0; at < folded.length; at += 1) units.push({ char: folded.charAt(at), start, end })
}

const mask = /^[○◯●⚪✕✖×■□◆＊*●]$/
const japanese = /^[ぁ-ヿ一-鿿々]$/

/** A mask sign counts as one only beside Japanese letters; elsewhere it is a bullet or a product. */
function unmask(units: readonly Unit[]): Unit[] {
  return units.map((unit, at) => {
    if (!mask.test(unit.char)) return unit
    const before = units[at - 1]?.char ?? ''
    const after = units[at + 1]?.char ?? ''
    return japanese.test(before) || japanese.test(after) ? { ...unit, char: '〇' } : unit
  })
}

function squeezeRuns(units: readonly Unit[]): Unit[] {
  let run = 0
  return units.filter(({ char }, at) => {
    run = char === units[at - 1]?.char ? run + 1 : 1
    return run <= (char === 'ー' ? 1 : runMax) || /\d/.test(char)
  })
}

function linesOf(units: readonly Unit[]): Unit[][] {
  const lines: Unit[][] = []
  let line: Unit[] = []
  for (const unit of units) {
    line.push(unit)
    if (unit.char !== '\n') continue
    lines.push(line)
    line = []
  }
  lines.push(line)
  return lines
}

const spacer = /^[ .・,、_|/\-‐·•*~\\]$/

/** `ア ホ か` and `し.ね`: single letters with the same spacer between them belong together. */
function joinSpaced(line: readonly Unit[]): Unit[] {
  const dropped = new Set<number>()
  for (let at = 0; at < line.length; at += 1) {
    const last = spacedRunFrom(line, at)
    if (last - at < 2) continue
    for (let place = at + 1; place < last; place += 2) dropped.add(place)
    at = last
  }
  return dropped.size === 0 ? [...line] : line.filter((_, at) => !dropped.has(at))
}

/**
 * The last letter of a run `X_X_X` that begins here. Two Japanese letters are enough where they
 * stand alone; Latin letters need three and must stand alone.
 */
function spacedRunFrom(line: readonly Unit[], first: number): number {
  const letter = line[first]?.char ?? ''
  const between = line[first + 1]?.char ?? ''
  if (!isLetter(letter) || !spacer.test(between)) return first
  let last = first
  while (line[last + 1]?.char === between && isLetter(line[last + 2]?.char ?? '')) last += 2
  return fittedRun(line, first, last)
}

function fittedRun(line: readonly Unit[], first: number, last: number): number {
  const inJapanese = japanese.test(line[first]?.char ?? '')
  const letters = (last - first) / 2 + 1
  if (inJapanese && letters >= 3) return last
  if (isLetter(line[first - 1]?.char ?? '')) return first
  if (isLetter(line[last + 1]?.char ?? '')) return letters > 3 ? last - 2 : first
  return letters >= (inJapanese ? 2 : 3) ? last : first
}

function isLetter(char: string): boolean {
  return japanese.test(char) || /^[a-z〇]$/.test(char)
}
