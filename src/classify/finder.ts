import { compiledOf, type PartSources, patternOfPart } from './compile.ts'
import type { Part } from './rules.ts'
import {
  anyDigit,
  anyKana,
  anyKanji,
  anyLatin,
  isDigit,
  isKana,
  isKanji,
  isLatin,
  withoutKatakana,
} from './starts.sets.ts'
import { beginningsIn, isWordUnit } from './starts.ts'
import { openTree, type Tree } from './tree.ts'

/** Finds the words of all parts in a text in one go. */
export type Finder = {
  /** Every match that is no word to pass over, by the name of its part, each in text order. */
  find(text: string, found: Found): void
}

type Found = (name: string, start: number, end: number) => void

/** Matches looked at of one part in one text: more of the same prove nothing further. */
const matchesMax = 500

/** One pattern of a part as written: words of it, or words to pass over. */
type Alternative = { readonly part: number; readonly written: string; readonly passed: boolean }

/** A part of which nothing tells where it may begin. */
type Everywhere = { readonly name: string; readonly pattern: RegExp }

/** Where which alternatives may begin; their places in the list say in which order to try them. */
type Index = {
  readonly everywhere: readonly Everywhere[]
  readonly alternatives: readonly Alternative[]
  readonly anywhere: Tree
  readonly ofWord: Tree
}

/**
 * A finder that tries an alternative of a part only where the text has one of its beginnings: most
 * of a mail begins nothing. The result is the same as trying every part everywhere. The beginnings
 * are worked out when the first text comes, and each alternative is compiled when it is first tried:
 * a process that reads no mail starts without them, and a mail begins few of the thousands.
 */
export function finderOf(parts: readonly Part[], sources: PartSources): Finder {
  let index: Index | null = null
  const patterns: (RegExp | undefined)[] = []

  function patternAt(place: number, { written }: Alternative): RegExp {
    const known = patterns[place]
    if (known) return known
    const made = new RegExp(compiledOf(written, sources), 'y')
    patterns[place] = made
    return made
  }

  return {
    find(text, found) {
      index ??= indexOf(parts, sources)
      const { alternatives, everywhere } = index
      for (const part of everywhere) findAll(part, text, found)
      /** By part: up to where its last match goes. */
      const from = new Int32Array(parts.length)
      walk(index, text, (place, at) => {
        const alternative = alternatives[place]
        if (!alternative || at < (from[alternative.part] ?? 0)) return
        const pattern = patternAt(place, alternative)
        pattern.lastIndex = at
        if (!pattern.test(text)) return
        const { part, passed } = alternative
        const end = pattern.lastIndex
        // The first alternative that fits is the one; an empty match is none, and ends the try.
        from[part] = Math.max(end, at + 1)
        if (!passed && end > at) found(parts[part]?.name ?? '', at, end)
      })
    },
  }
}

function indexOf(parts: readonly Part[], sources: PartSources): Index {
  const [anywhere, ofWord] = [openTree(), openTree()]
  const everywhere: Everywhere[] = []
  const alternatives: Alternative[] = []
  const beginningsOf = beginningsIn(sources)
  for (const [place, part] of parts.entries()) {
    const source = sources.get(part.name) ?? { any: [], but: [] }
    const { any, but } = source
    const own = [
      ...but.map((written) => ({ part: place, written, passed: true })),
      ...any.map((written) => ({ part: place, written, passed: false })),
    ]
    const beginnings = own.map(({ written }) => beginningsOf(written))
    if (beginnings.includes(null)) {
      everywhere.push({ name: part.name, pattern: patternOfPart(source, sources) })
      continue
    }
    for (const [at, starts] of beginnings.entries()) {
      for (const start of starts?.anywhere ?? []) anywhere.add(start, alternatives.length + at)
      for (const start of starts?.ofWord ?? []) ofWord.add(start, alternatives.length + at)
    }
    alternatives.push(...own)
  }
  return { everywhere, alternatives, anywhere, ofWord }
}

/** Goes through a text and names the alternatives that have a beginning at a place, in order. */
function walk(
  { anywhere, ofWord }: Index,
  text: string,
  tryHere: (place: number, at: number) => void,
): void {
  const codes = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at += 1) codes[at] = withoutKatakana(text.charCodeAt(at))
  let inWord = false
  for (let at = 0; at < codes.length; at += 1) {
    const places: number[] = []
    visit(anywhere, 0, codes, at, places)
    const word = words[codes[at] ?? 0] === 1
    if (word && !inWord) visit(ofWord, 0, codes, at, places)
    inWord = word
    if (places.length > 1) places.sort((a, b) => a - b)
    for (const place of places) tryHere(place, at)
  }
}

/** Which units are of words, looked up. */
const words = Uint8Array.from({ length: 65_536 }, (_, code) => (isWordUnit(code) ? 1 : 0))

/** Of which kinds a unit is: the first one in the lower half, another in the upper. */
const kindsOf = Uint32Array.from({ length: 65_536 }, (_, code) => {
  const first = isKana(code) ? anyKana : isDigit(code) ? anyDigit : isLatin(code) ? anyLatin : ''
  const kinds = [...first, ...(isKanji(code) ? anyKanji : '')].map((kind) => kind.charCodeAt(0))
  return (kinds[0] ?? 0) + (kinds[1] ?? 0) * 65_536
})

/** Walks the beginnings that stand at a place, by the text's own letters and as any of a script. */
function visit(tree: Tree, node: number, codes: Uint16Array, at: number, places: number[]): void {
  if (node > 0) tree.collect(node, places)
  if (at >= codes.length) return
  const code = codes[at] ?? 0
  const exact = tree.next(node, code)
  if (exact > 0) visit(tree, exact, codes, at + 1, places)
  for (let kind = kindsOf[code] ?? 0; kind > 0; kind >>>= 16) {
    const any = tree.next(node, kind & 0xffff)
    if (any > 0) visit(tree, any, codes, at + 1, places)
  }
}

function findAll({ name, pattern }: Everywhere, text: string, found: Found): void {
  pattern.lastIndex = 0
  for (let count = 0; count < matchesMax; count += 1) {
    const match = pattern.exec(text)
    if (!match) return
    if (match[0] === '') pattern.lastIndex += 1
    else if (match[1] === undefined) found(name, match.index, match.index + match[0].length)
  }
}
