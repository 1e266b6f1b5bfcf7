/**
 * What a match of some stretch of a pattern may begin with: texts of a few UTF-16 units in hiragana.
 * `open` ones go on with whatever the pattern says next; of `ended` ones nothing more is known.
 */
export type Starts = { readonly open: readonly string[]; readonly ended: readonly string[] }

/** In a beginning: any of a kind. A class of all kanji would be twenty thousand beginnings. */
export const anyKanji = '\ue000'
export const anyKana = '\ue001'
export const anyDigit = '\ue002'
export const anyLatin = '\ue003'

/** At the front of a beginning: the pattern asks for a word boundary (`\b`) there. */
export const edge = '\b'

/** Units that are looked at: three tell nearly every pattern from ordinary text. */
export const depth = 3

/** A name is any kanji, and only what follows it tells: so many stand in front, and then two more. */
export const runMax = 5
const depthAfterRun = 2

/** Beginnings of one pattern; where there would be more, the shorter ones before them do. */
const startsMax = 4_000

export const empty: Starts = { open: [''], ended: [] }
export const unknown: Starts = { open: [], ended: [''] }

/** Any one of these units. */
export function oneOf(units: Iterable<string>): Starts {
  return { open: [...new Set(units)], ended: [] }
}

export function union(all: readonly Starts[]): Starts {
  const [only] = all
  if (only && all.length === 1) return only
  const open = new Set(all.flatMap((one) => one.open))
  const ended = new Set(all.flatMap((one) => one.ended))
  return { open: [...open], ended: [...ended] }
}

/** One stretch, then another. */
export function joined(first: Starts, second: Starts): Starts {
  if (first === empty) return second
  if (second === empty) return first
  const { open: tails, ended: lastTails } = second
  if (first.open.length * (tails.length + lastTails.length) > startsMax) return closed(first)
  const open = new Set<string>()
  const ended = new Set(first.ended)
  for (const head of first.open) {
    for (const tail of tails) {
      const text = together(head, tail)
      const most = lengthMax(text)
      if (text.length < most) open.add(text)
      else ended.add(text.slice(0, most))
    }
    for (const tail of lastTails) {
      const text = together(head, tail)
      ended.add(text.slice(0, lengthMax(text)))
    }
  }
  return { open: [...open], ended: [...ended] }
}

/** The same with nothing known of what follows. */
export function closed({ open, ended }: Starts): Starts {
  return { open: [], ended: [...new Set([...ended, ...open])] }
}

function together(head: string, tail: string): string {
  if (head === '') return tail
  return head + (tail.startsWith(edge) ? tail.slice(1) : tail)
}

function lengthMax(text: string): number {
  const from = text.startsWith(edge) ? 1 : 0
  let at = from
  while (at - from < runMax && isAny(text.charAt(at))) at += 1
  return at + (at > from ? depthAfterRun : depth)
}

/** Whether it stands for any letter of a script that is written without spaces. */
export function isAny(unit: string): boolean {
  return unit === anyKanji || unit === anyKana
}

/** CJK Unified Ideographs, as the rules write their range, and what is written like one of them. */
export function isKanji(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || code === 0x3005 || code === 0x3096
}

/** Hiragana and, of the katakana block, what has no twin there. */
export function isKana(code: number): boolean {
  return (code >= 0x3041 && code <= 0x30a0) || (code >= 0x30f7 && code <= 0x30ff)
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

export function isLatin(code: number): boolean {
  return code >= 0x61 && code <= 0x7a
}

/** Katakana and hiragana begin alike: most patterns mean either, and half as many beginnings do. */
export function withoutKatakana(code: number): number {
  return code >= 0x30a1 && code <= 0x30f6 ? code - 0x60 : code
}
