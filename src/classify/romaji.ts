import { isJapanese, noUnits, push, pushFrom, textOf, type Units } from './units.ts'

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
export function romajiLine(line: Units): Units {
  if (line.codes.some(isJapanese)) return line
  const read = readingOf(textOf(line))
  return read ? rewrite(line, read) : line
}

/** Whether a line of lower-case ASCII is Japanese in Latin letters. */
export function isRomaji(line: string): boolean {
  return readingOf(line) !== null
}

function readingOf(line: string): Reading[] | null {
  const words = [...line.matchAll(/[a-z0-9]{1,24}/g)].filter(([word]) => /[a-z]/.test(word))
  if (words.length < wordsMin) return null
  const inEnglish = words.filter(([word]) => english.has(word)).length
  return inEnglish / words.length > englishShareMax ? null : readingsOf(words)
}

/** English words that read as syllables; where they are many, the line is English. */
const english: ReadonlySet<string> = new Set(
  'you are an he in on one more some same name made take time gave home here men man use our am any june sure'.split(
    ' ',
  ),
)
const englishShareMax = 0.25

type Reading = { match: RegExpExecArray; kana: Piece[] }
type Piece = { kana: string; start: number; end: number }

/** The words that are Japanese, where enough of them are; most English lines end it early. */
function readingsOf(words: readonly RegExpExecArray[]): Reading[] | null {
  const read: Reading[] = []
  let length = 0
  for (const [at, match] of words.entries()) {
    const kana = kanaOf(match[0])
    if (kana) read.push({ match, kana })
    length += kana?.length ?? 0
    const left = words.length - at - 1
    if ((read.length + left) / words.length < shareMin) return null
  }
  return length < syllablesMin ? null : read
}

const space = 0x20

function rewrite(line: Units, read: readonly Reading[]): Units {
  const out = noUnits()
  let at = 0
  for (const { match, kana } of read) {
    pushWithoutSpaces(out, line, at, match.index)
    for (const piece of kana) pushKana(out, line, match.index, piece)
    at = match.index + match[0].length
  }
  pushWithoutSpaces(out, line, at, line.codes.length)
  return out
}

function pushWithoutSpaces(out: Units, line: Units, from: number, to: number): void {
  for (let at = from; at < to; at += 1) {
    if (line.codes[at] !== space) pushFrom(out, line, at, at + 1)
  }
}

function pushKana(out: Units, line: Units, base: number, { kana, start, end }: Piece): void {
  const from = line.starts[base + start] ?? 0
  const to = line.ends[base + end - 1] ?? from
  for (let at = 0; at < kana.length; at += 1) push(out, kana.charCodeAt(at), from, to)
}

/** What a Japanese word in Latin letters may end with; most others end otherwise. */
const ending = /[aeioun0134]$/

/** The syllables of a word, or null where it is no Japanese word. */
function kanaOf(word: string): Piece[] | null {
  if (!ending.test(word)) return null
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
