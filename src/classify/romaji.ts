import type { Unit } from './normalise.ts'

const vowels = ['a', 'i', 'u', 'e', 'o']
const rows: Readonly<Record<string, string>> = {
  '': 'あいうえお',
  k: 'かきくけこ',
  s: 'さしすせそ',
  t: 'たちつてと',
  n: 'なにぬねの',
  h: 'はひふへほ',
  m: 'まみむめも',
  y: 'や_ゆ_よ',
  r: 'らりるれろ',
  w: 'わ___を',
  g: 'がぎぐげご',
  z: 'ざじずぜぞ',
  d: 'だぢづでど',
  b: 'ばびぶべぼ',
  p: 'ぱぴぷぺぽ',
}
const digraphs: readonly (readonly [string, string])[] = [
  ['sh', 'し'],
  ['ch', 'ち'],
  ['j', 'じ'],
  ['ky', 'き'],
  ['gy', 'ぎ'],
  ['ny', 'に'],
  ['hy', 'ひ'],
  ['my', 'み'],
  ['ry', 'り'],
]
const syllables: ReadonlyMap<string, string> = new Map([
  ...Object.entries(rows).flatMap(([row, kana]) =>
    vowels.map((vowel, at) => [row + vowel, kana.charAt(at)] as const),
  ),
  ...digraphs.flatMap(([row, kana]) => [
    [`${row}a`, `${kana}ゃ`] as const,
    [`${row}u`, `${kana}ゅ`] as const,
    [`${row}o`, `${kana}ょ`] as const,
  ]),
  ['shi', 'し'],
  ['chi', 'ち'],
  ['ji', 'じ'],
  ['tsu', 'つ'],
  ['fu', 'ふ'],
  ['n', 'ん'],
])
const leet: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't' }

/** Of a line's Latin words, this share must be syllables for it to be Japanese in Latin letters. */
const shareMin = 0.75
const wordsMin = 3
/** Syllables this few are found in English and Italian as well. */
const syllablesMin = 6

/** Turns a line of Japanese written in Latin letters into kana; any other line stays as it is. */
export function romajiLine(line: Unit[]): Unit[] {
  const text = line.map(({ char }) => char).join('')
  if (!/[a-z]/.test(text) || /[ぁ-ヿ一-鿿]/.test(text)) return line
  const words = [...text.matchAll(/[a-z0-9]{1,24}/g)].filter(([word]) => /[a-z]/.test(word))
  if (words.length < wordsMin) return line
  const read = words.map((match) => ({ match, kana: kanaOf(match[0]) }))
  const known = read.filter(({ kana }) => kana !== null)
  const length = known.reduce((sum, { kana }) => sum + (kana?.length ?? 0), 0)
  if (known.length / words.length < shareMin || length < syllablesMin) return line
  return rewrite(line, read)
}

type Reading = { match: RegExpExecArray; kana: Piece[] | null }
type Piece = { kana: string; start: number; end: number }

function rewrite(line: readonly Unit[], read: readonly Reading[]): Unit[] {
  const out: Unit[] = []
  let at = 0
  for (const { match, kana } of read) {
    if (kana === null) continue
    out.push(...line.slice(at, match.index).filter(({ char }) => char !== ' '))
    for (const piece of kana) out.push(...unitsOf(line, match.index, piece))
    at = match.index + match[0].length
  }
  out.push(...line.slice(at).filter(({ char }) => char !== ' '))
  return out
}

function unitsOf(line: readonly Unit[], base: number, { kana, start, end }: Piece): Unit[] {
  const from = line[base + start]?.start ?? 0
  const to = line[base + end - 1]?.end ?? from
  return [...kana].map((char) => ({ char, start: from, end: to }))
}

/** The syllables of a word, or null where it is no Japanese word. */
function kanaOf(word: string): Piece[] | null {
  const latin = word.replace(/[013457]/g, (digit) => leet[digit] ?? digit)
  const pieces: Piece[] = []
  for (let at = 0; at < latin.length; ) {
    const doubled = /^([kstpcgdbj])\1/.test(latin.slice(at))
    if (doubled) {
      pieces.push({ kana: 'っ', start: at, end: at + 1 })
      at += 1
    }
    const left = latin.length - at
    const size = [3, 2, 1].find((n) => n <= left && syllables.has(latin.slice(at, at + n)))
    const kana = size === undefined ? undefined : syllables.get(latin.slice(at, at + size))
    if (size === undefined || kana === undefined || kana === '_') return null
    pieces.push({ kana, start: at, end: at + size })
    at += size
  }
  return pieces
}
