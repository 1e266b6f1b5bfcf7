import { isRomaji, romajiLine } from './romaji.ts'
import {
  cut,
  isJapanese,
  isLetter,
  isMask,
  isSpacer,
  noUnits,
  push,
  pushFrom,
  textOf,
  type Units,
} from './units.ts'

/** Text for matching, with each UTF-16 unit's place in the original. */
export type Normalised = {
  readonly text: string
  /** For each unit of `text`: where the original piece begins and ends. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** More of the same sign in a row says nothing more than three. */
const runMax = 3

const newline = 0x0a
const longVowel = 'ー'.charCodeAt(0)
const masked = '〇'.charCodeAt(0)

/**
 * Brings writing to one form: NFKC, width, case, masks, leet in words, inserted dots and spaces,
 * and Japanese in Latin letters. Every unit keeps its place in `original`.
 */
export function normalise(original: string, from = 0, to = original.length): Normalised {
  const plain = plainly(original, from, to)
  if (plain) return plain
  const folded = squeezeRuns(unmask(fold(original, from, to)))
  const units = noUnits()
  for (let start = 0; start < folded.codes.length; ) {
    const found = folded.codes.indexOf(newline, start)
    const end = found === -1 ? folded.codes.length : found + 1
    const line = romajiLine(joinSpaced(folded, start, end))
    pushFrom(units, line, 0, line.codes.length)
    start = end
  }
  return { text: textOf(units), starts: units.starts, ends: units.ends }
}

/** ASCII in which nothing but case and tabs can change: no long run, and no letters set apart. */
const onlyAscii = /^[\0-\x7f]*$/
const longRun = /([^0-9])\1\1\1/
const lettersApart = /(?:^|[^a-z])[a-z]([ .,_|/\-*~\\])[a-z]\1[a-z]/

/** The same for most English text, in a fraction of the time; null where a closer look is needed. */
function plainly(original: string, from: number, to: number): Normalised | null {
  const piece = original.slice(from, to)
  if (!onlyAscii.test(piece)) return null
  const text = piece.toLowerCase().replaceAll('\t', ' ')
  if (longRun.test(text) || lettersApart.test(text) || text.split('\n').some(isRomaji)) return null
  const starts: number[] = []
  const ends: number[] = []
  for (let at = from; at < to; at += 1) {
    starts.push(at)
    ends.push(at + 1)
  }
  return { text, starts, ends }
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

function fold(original: string, from: number, to: number): Units {
  const units = noUnits()
  for (let at = from; at < to; ) {
    const code = original.charCodeAt(at)
    if (code < 0x80) {
      push(units, foldedAscii(code), at, at + 1)
      at += 1
    } else at = foldPoint(units, original, at, to)
  }
  return units
}

function foldedAscii(code: number): number {
  if (code === 0x09) return 0x20
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code
}

/** Folds the character at a place, a voiced half-width kana with its mark; returns what follows. */
function foldPoint(units: Units, original: string, at: number, to: number): number {
  const point = String.fromCodePoint(original.codePointAt(at) ?? 0)
  const after = at + point.length
  const gap = halfWidthKana.test(point) && /^ [\uff9e\uff9f]/.test(original.slice(after, after + 2))
  const markAt = after + (gap ? 1 : 0)
  const marked = markAt < to && halfWidthMark.test(original.charAt(markAt))
  const end = marked ? markAt + 1 : Math.min(to, after)
  const piece = marked ? point + original.charAt(markAt) : point
  if (!ignored.test(point)) {
    const folded = foldedPiece(piece)
    for (let unit = 0; unit < folded.length; unit += 1) {
      push(units, folded.charCodeAt(unit), at, end)
    }
  }
  return end
}

function foldedPiece(piece: string): string {
  return piece
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[〜～]/g, 'ー')
    .replace(/[‘’ʼ′]/g, "'")
}

/** A mask sign counts as one only beside Japanese letters; elsewhere it is a bullet or a product. */
function unmask(units: Units): Units {
  const { codes } = units
  if (!codes.some(isMask)) return units
  const unmasked = codes.map((code, at) => {
    const beside = isJapanese(codes[at - 1]) || isJapanese(codes[at + 1])
    return isMask(code) && beside ? masked : code
  })
  return { ...units, codes: unmasked }
}

function squeezeRuns(units: Units): Units {
  const { codes, starts, ends } = units
  const squeezed = noUnits()
  let run = 0
  let last = -1
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0
    run = code === last ? run + 1 : 1
    last = code
    const isDigit = code >= 0x30 && code <= 0x39
    if (!isDigit && run > (code === longVowel ? 1 : runMax)) continue
    push(squeezed, code, starts[at] ?? 0, ends[at] ?? 0)
  }
  return squeezed
}

/**
 * The line from one place up to another: `ア ホ か` and `し.ね`, single letters with the same
 * spacer between them, belong together.
 */
function joinSpaced(units: Units, from: number, end: number): Units {
  const line = cut(units, from, end)
  const dropped = new Set<number>()
  for (let at = 0; at < line.codes.length; at += 1) {
    const last = spacedRunFrom(line.codes, at)
    if (last - at < 2) continue
    for (let place = at + 1; place < last; place += 2) dropped.add(place)
    at = last
  }
  if (dropped.size === 0) return line
  const joined = noUnits()
  for (let at = 0; at < line.codes.length; at += 1) {
    if (!dropped.has(at)) pushFrom(joined, line, at, at + 1)
  }
  return joined
}

/**
 * The last letter of a run `X_X_X` that begins here. Two Japanese letters are enough where they
 * stand alone; Latin letters need three and must stand alone.
 */
function spacedRunFrom(line: readonly number[], first: number): number {
  const between = line[first + 1]
  if (!isSpacer(between) || !isLetter(line[first])) return first
  let last = first
  while (line[last + 1] === between && isLetter(line[last + 2])) last += 2
  return fittedRun(line, first, last)
}

function fittedRun(line: readonly number[], first: number, last: number): number {
  const inJapanese = isJapanese(line[first])
  const letters = (last - first) / 2 + 1
  if (inJapanese && letters >= 3) return last
  if (isLetter(line[first - 1])) return first
  if (isLetter(line[last + 1])) return letters > 3 ? last - 2 : first
  return letters >= (inJapanese ? 2 : 3) ? last : first
}
