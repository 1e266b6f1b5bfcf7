import { type PartSources, withVerbs } from './compile.ts'
import { alternativesIn, endOf, type Quantity, quantityAt } from './pieces.ts'
import { letter, ofClass, ofEscape } from './starts.class.ts'
import {
  anyDigit,
  anyLatin,
  closed,
  depth,
  edge,
  empty,
  isAny,
  joined,
  oneOf,
  runMax,
  type Starts,
  union,
  unknown,
} from './starts.sets.ts'

/** Members that a repeat is written out for, and how often: ten digits, not a hundred letters. */
const repeatedMax = 12
const writtenOut = 2

const boundary: Starts = { open: [edge], ended: [] }

/** Beginnings of a pattern: those that may stand anywhere, and those that begin a word. */
export type Beginnings = {
  readonly anywhere: readonly string[]
  readonly ofWord: readonly string[]
}

/**
 * The beginnings, in hiragana, that every match of an alternative has one of; null where it may
 * begin with anything. They are read from the patterns as they are written: what a part is named by
 * is worked out once. Other assertions than `\b` are passed over: too many beginnings cost time, one
 * too few would cost a match.
 */
export function beginningsIn(sources: PartSources): (alternative: string) => Beginnings | null {
  const ofAlternative = readerOf(sources)
  return (alternative) => {
    const { open, ended } = ofAlternative(withVerbs(alternative))
    const [ofWord, anywhere]: [string[], string[]] = [[], []]
    for (const text of byLength([...open, ...ended])) {
      const bounded = text.startsWith(edge)
      const letters = bounded ? text.slice(1) : text
      if (letters === '') return null
      if (bounded && beginsWord(letters)) ofWord.push(letters)
      else anywhere.push(letters)
    }
    return { anywhere, ofWord }
  }
}

/** Shorter ones first: those that go on from them are not needed then. */
function byLength(texts: readonly string[]): readonly string[] {
  const [first] = texts
  const same = texts.every((text) => text.length === first?.length)
  return same ? texts : texts.toSorted((a, b) => a.length - b.length)
}

function beginsWord(text: string): boolean {
  return isWordUnit(text.charCodeAt(0)) || text.startsWith(anyDigit) || text.startsWith(anyLatin)
}

/** What `\b` tells apart: letters, digits and the underscore of ASCII. */
export function isWordUnit(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f
  )
}

/** Most begin with so many letters that nothing else matters. */
const plainly = new RegExp(`^(\\\\b)?([^\\\\[\\](){}.^$|?*+]{${depth}})(?![?*+{])`)

/** Reads patterns; groups and parts that it has met before it need not read again. */
function readerOf(sources: PartSources): (pattern: string) => Starts {
  const groups = new Map<string, Starts>()
  const parts = new Map<string, Starts>()

  function ofPattern(pattern: string): Starts {
    const known = groups.get(pattern)
    if (known) return known
    const starts = union(alternativesIn(pattern).map(ofSequence))
    groups.set(pattern, starts)
    return starts
  }

  function ofPart(name: string): Starts {
    const known = parts.get(name)
    if (known) return known
    // A part that names itself is refused where it is compiled.
    parts.set(name, unknown)
    const starts = union((sources.get(name)?.any ?? []).map((one) => ofPattern(withVerbs(one))))
    parts.set(name, starts)
    return starts
  }

  function ofSequence(pattern: string): Starts {
    const [plain, bounded = '', letters = ''] = plainly.exec(pattern) ?? []
    if (plain) return { open: [], ended: [(bounded && edge) + lettersOf(letters.toLowerCase())] }
    let starts = empty
    for (let at = 0; at < pattern.length && starts.open.length > 0; ) {
      const end = endOf(pattern, at)
      const once = ofElement(pattern.slice(at, end))
      const quantity = quantityAt(pattern, end)
      starts = joined(starts, quantity ? repeated(once, quantity) : once)
      at = quantity?.end ?? end
    }
    return starts
  }

  function ofElement(element: string): Starts {
    if (element.startsWith('('))
      return ofPattern(element.slice(element.startsWith('(?:') ? 3 : 1, -1))
    if (element.startsWith('{') && element.length > 1) return ofPart(element.slice(1, -1))
    return ofSign(element)
  }

  return ofPattern
}

/** What a piece without others in it stands for. */
function ofSign(sign: string): Starts {
  if (sign === '\\b') return boundary
  if (sign === '\\B' || sign === '^' || sign === '$') return empty
  if (sign === '.') return unknown
  if (sign.startsWith('\\')) return ofEscape(sign.charAt(1))
  if (sign.startsWith('[')) return ofClass(sign.toLowerCase())
  return oneOf([lettersOf(sign.toLowerCase())])
}

function lettersOf(text: string): string {
  return text.length === 1 ? letter(text.charCodeAt(0)) : [...text].map(lettersOf).join('')
}

/** Repeats are written out, unless there are too many beginnings: then once is the least of it. */
function repeated(once: Starts, { min, max }: Quantity): Starts {
  const written = Math.min(max, timesWritten(once))
  const least = Math.min(min, written)
  const starts: Starts[] = least === 0 ? [empty] : []
  let power = empty
  for (let times = 1; times <= written; times += 1) {
    power = joined(power, once)
    if (times >= least) starts.push(times === written && max > times ? closed(power) : power)
  }
  return union(starts)
}

function timesWritten({ open, ended }: Starts): number {
  if (ended.length === 0 && open.length <= 2 && open.every(isAny)) return runMax
  return open.length + ended.length > repeatedMax ? 1 : writtenOut
}
