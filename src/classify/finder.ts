import type { Part } from './rules.ts'
import {
  anyKanji,
  firstKanji,
  isKanji,
  isWordUnit,
  lastKanji,
  startsOf,
  withoutKana,
} from './starts.ts'

/** Finds the words of all parts in a text in one go. */
export type Finder = {
  /** Every match that is no word to pass over, by the name of its part, each in text order. */
  find(text: string, found: Found): void
}

type Found = (name: string, start: number, end: number) => void

/** Matches looked at of one part in one text: more of the same prove nothing further. */
const matchesMax = 500

/** What begins so far, and what it may go on with. */
type Node = { readonly here: number[]; readonly next: Map<number, Node> }

const kanji = anyKanji.charCodeAt(0)

/** Where which parts may begin, and their patterns for a try at one place. */
type Index = {
  readonly parts: readonly Part[]
  readonly everywhere: readonly Part[]
  readonly anywhere: Node
  readonly ofWord: Node
  readonly sticky: readonly RegExp[]
  readonly first: Beginnings
  readonly firstOfWord: Beginnings
}

/**
 * A finder that tries a part only where the text has one of its beginnings: most of a mail begins
 * nothing. The result is the same as trying every part everywhere. The beginnings are worked out
 * when the first text comes: a process that reads no mail starts without them.
 */
export function finderOf(parts: readonly Part[]): Finder {
  let index: Index | null = null
  return {
    find(text, found) {
      index ??= indexOf(parts)
      findIn(index, text, found)
    },
  }
}

function indexOf(parts: readonly Part[]): Index {
  const anywhere: Node = { here: [], next: new Map() }
  const ofWord: Node = { here: [], next: new Map() }
  const everywhere: Part[] = []
  for (const [place, part] of parts.entries()) {
    const starts = startsOf(part.pattern)
    if (starts === null) everywhere.push(part)
    for (const start of starts?.anywhere ?? []) nodeOf(anywhere, start).here.push(place)
    for (const start of starts?.ofWord ?? []) nodeOf(ofWord, start).here.push(place)
  }
  const sticky = parts.map(({ pattern }) => new RegExp(pattern.source, 'y'))
  const first = beginningsIn(anywhere)
  return { parts, everywhere, anywhere, ofWord, sticky, first, firstOfWord: beginningsIn(ofWord) }
}

function findIn(index: Index, text: string, found: Found): void {
  const { parts, everywhere, sticky } = index
  for (const part of everywhere) findAll(part, text, found)
  const from = new Int32Array(parts.length)
  const tryHere = (part: number, at: number) => {
    const pattern = sticky[part]
    if (!pattern || at < (from[part] ?? 0)) return
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match || match[0] === '') return
    from[part] = at + match[0].length
    if (match[1] === undefined) found(parts[part]?.name ?? '', at, at + match[0].length)
  }
  let code = withoutKana(text.charCodeAt(0))
  let inWord = false
  for (let at = 0; at < text.length; at += 1) {
    const next = withoutKana(text.charCodeAt(at + 1))
    if (begins(index.first, code, next)) visit(index.anywhere, text, at, at, tryHere)
    const word = words[code] === 1
    if (word && !inWord && begins(index.firstOfWord, code, next))
      visit(index.ofWord, text, at, at, tryHere)
    inWord = word
    code = next
  }
}

/** Where a match may begin, by the first unit alone or by the first two. */
type Beginnings = { readonly single: Uint8Array; readonly pair: Uint8Array }

/** A pair of units as a place in a table; pairs may share one, which costs a look and no match. */
function pairOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e3b) + second) & (pairs - 1)
}

const pairs = 1 << 20

function begins({ single, pair }: Beginnings, code: number, next: number): boolean {
  return single[code] === 1 || pair[pairOf(code, next)] === 1
}

/** Which units are of words, looked up. */
const words = Uint8Array.from({ length: 65_536 }, (_, code) => (isWordUnit(code) ? 1 : 0))

function beginningsIn(root: Node): Beginnings {
  const single = new Uint8Array(65_536)
  const pair = new Uint8Array(pairs)
  for (const [code, node] of root.next) {
    const open = node.here.length > 0 || node.next.has(kanji)
    if (code === kanji) single.fill(1, firstKanji, lastKanji + 1)
    else if (open) single[code] = 1
    else for (const second of node.next.keys()) pair[pairOf(code, second)] = 1
  }
  return { single, pair }
}

/** Walks the beginnings that stand at a place, by the text's own letters and as any kanji. */
function visit(
  node: Node,
  text: string,
  place: number,
  at: number,
  tryHere: (part: number, at: number) => void,
): void {
  for (const part of node.here) tryHere(part, place)
  if (node.next.size === 0 || at >= text.length) return
  const code = withoutKana(text.charCodeAt(at))
  const exact = node.next.get(code)
  if (exact) visit(exact, text, place, at + 1, tryHere)
  if (!isKanji(code)) return
  const any = node.next.get(kanji)
  if (any) visit(any, text, place, at + 1, tryHere)
}

function nodeOf(root: Node, start: string): Node {
  let node = root
  for (let at = 0; at < start.length; at += 1) {
    const code = start.charCodeAt(at)
    const next: Node = node.next.get(code) ?? { here: [], next: new Map() }
    node.next.set(code, next)
    node = next
  }
  return node
}

function findAll({ name, pattern }: Part, text: string, found: Found): void {
  pattern.lastIndex = 0
  for (let count = 0; count < matchesMax; count += 1) {
    const match = pattern.exec(text)
    if (!match) return
    if (match[0] === '') pattern.lastIndex += 1
    else if (match[1] === undefined) found(name, match.index, match.index + match[0].length)
  }
}
