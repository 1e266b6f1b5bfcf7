import { type AST, RegExpParser } from '@eslint-community/regexpp'

/** Units of a beginning that are looked at: three tell nearly every pattern from ordinary text. */
const depth = 3

/** Beginnings kept of one pattern; one with more is tried everywhere. */
const startsMax = 20_000

/** A class with more members than this says nothing about where a match may begin. */
const membersMax = 200

/** Stands for any kanji in a beginning: a class of all of them would be twenty thousand. */
export const anyKanji = '\ue000'

/** CJK Unified Ideographs, as the rules write their range. */
export const firstKanji = 0x4e00
export const lastKanji = 0x9fff

export function isKanji(code: number): boolean {
  return code >= firstKanji && code <= lastKanji
}

/** Katakana and hiragana begin alike: most patterns mean either, and half as many beginnings do. */
export function withoutKana(code: number): number {
  return code >= 0x30a1 && code <= 0x30f6 ? code - 0x60 : code
}

function letter(code: number): string {
  return String.fromCharCode(withoutKana(code))
}

/** The class without members, as a pattern without words to pass over has it. */
const nothing = '[^\\s\\S]'

/** What a match may begin with; `ended` where nothing more is known of what follows. */
type Start = {
  readonly text: string
  readonly ended: boolean
  /** The pattern asks for a word boundary (`\b`) before it. */
  readonly bounded: boolean
}

/** Beginnings of a pattern: those that may stand anywhere, and those that begin a word. */
export type Starts = { readonly anywhere: readonly string[]; readonly ofWord: readonly string[] }

/** Members that a repeat is written out for, and how often: ten digits, not eighty kana. */
const repeatedMax = 12
const writtenOut = 2

const empty: Start = { text: '', ended: false, bounded: false }
const boundary: Start = { ...empty, bounded: true }
const unknown: Start = { ...empty, ended: true }
const digits: readonly Start[] = [...'0123456789'].map((text) => ({ ...empty, text }))

/** What `\b` tells apart: letters, digits and the underscore of ASCII. */
export function isWordUnit(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f
  )
}

/**
 * The beginnings, of one to three UTF-16 units in hiragana, that every match of a pattern has one of; null
 * where it may begin with anything. Other assertions than `\b` are passed over: too many beginnings
 * cost time, one too few would cost a match.
 */
export function startsOf(pattern: RegExp): Starts | null {
  const ast = new RegExpParser().parsePattern(pattern.source)
  const [ofWord = [], others = []] = parted(ofAlternatives(ast.alternatives), beginsWord)
  const anywhere = shortest(others)
  if (anywhere.includes('') || anywhere.length + ofWord.length > startsMax) return null
  return { anywhere, ofWord: shortest(ofWord) }
}

function beginsWord({ text, bounded }: Start): boolean {
  return bounded && isWordUnit(text.charCodeAt(0))
}

function parted(starts: readonly Start[], isFirst: (start: Start) => boolean): string[][] {
  const texts = (wanted: boolean) =>
    starts.filter((start) => isFirst(start) === wanted).map(({ text }) => text)
  return [texts(true), texts(false)]
}

function ofAlternatives(alternatives: readonly AST.Alternative[]): Start[] {
  return unique(alternatives.flatMap(({ elements }) => ofSequence(elements)))
}

function ofSequence(elements: readonly AST.Element[]): Start[] {
  let starts: Start[] = [empty]
  for (const element of elements) {
    if (starts.every(({ ended }) => ended)) break
    const next = ofElement(element)
    starts = unique(starts.flatMap((start) => followed(start, next)))
    if (starts.length > startsMax) return [unknown]
  }
  return starts
}

function ofElement(element: AST.Element): readonly Start[] {
  switch (element.type) {
    case 'Assertion':
      return [element.kind === 'word' && !element.negate ? boundary : empty]
    case 'Character':
      return [cut(letter(element.value), false)]
    case 'CharacterClass':
      return ofClass(element)
    case 'CharacterSet':
      return element.raw === '\\d' ? digits : [unknown]
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives)
    case 'Quantifier':
      return ofQuantifier(element)
    default:
      return [unknown]
  }
}

/** Repeats are written out, unless there are too many beginnings: then once is the least of it. */
function ofQuantifier({ element, min, max }: AST.Quantifier): Start[] {
  const once = ofElement(element)
  const least = Math.min(min, writtenOut)
  if (once.length > repeatedMax) {
    const open = once.map((start) => cut(start.text, start.ended || max > 1, start.bounded))
    return least === 0 ? unique([empty, ...open]) : open
  }
  let repeated: readonly Start[] = [empty]
  const starts: Start[] = least === 0 ? [empty] : []
  for (let times = 1; times <= Math.min(max, writtenOut); times += 1) {
    repeated = unique(repeated.flatMap((start) => followed(start, once)))
    const last = times === writtenOut && max > times
    if (times >= least)
      starts.push(...repeated.map((one) => cut(one.text, one.ended || last, one.bounded)))
  }
  return unique(starts)
}

function followed(start: Start, next: readonly Start[]): Start[] {
  if (start.ended) return [start]
  const first = start.text === ''
  return next.map(({ text, ended, bounded }) =>
    cut(start.text + text, ended, start.bounded || (first && bounded)),
  )
}

function ofClass({ raw, negate, elements }: AST.CharacterClass): Start[] {
  if (raw === nothing) return []
  const members = unique(elements.flatMap((element) => ofMember(element)))
  const known = !negate && members.length <= membersMax && members.every(({ text }) => text !== '')
  return known ? members : [unknown]
}

function ofMember(element: AST.CharacterClassElement): readonly Start[] {
  if (element.type === 'Character') return [cut(letter(element.value), false)]
  if (element.type !== 'CharacterClassRange') return ofElement(element as AST.Element)
  const { min, max } = element
  if (isKanji(min.value) && isKanji(max.value)) return [cut(anyKanji, false)]
  if (max.value - min.value > membersMax) return [unknown]
  return Array.from({ length: max.value - min.value + 1 }, (_, at) =>
    cut(letter(min.value + at), false),
  )
}

function cut(text: string, ended: boolean, bounded = false): Start {
  return { text: text.slice(0, depth), ended: ended || text.length >= depth, bounded }
}

function unique(starts: readonly Start[]): Start[] {
  if (starts.length < 2) return [...starts]
  const known = new Map<string, Start>()
  for (const start of starts) known.set(`${start.text}${start.ended}${start.bounded}`, start)
  return [...known.values()]
}

/** A beginning that goes on from another one adds nothing to it. */
function shortest(texts: readonly string[]): string[] {
  const all = new Set(texts)
  return [...all].filter((text) => {
    for (let length = 0; length < text.length; length += 1)
      if (all.has(text.slice(0, length))) return false
    return true
  })
}
