/** A text in one way of writing, with each UTF-16 unit's place in the original. */
export type Folded = {
  readonly text: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** Width, case and compatibility forms, signs without width, dashes that stand for a long vowel. */
export function foldedPlain(text: string): string {
  return afterwards(before(text).normalize('NFKC').toLowerCase())
}

/** The same, a piece at a time: a letter with what is written over it or after it. */
export function folded(text: string): Folded {
  const starts: number[] = []
  const ends: number[] = []
  let whole = ''
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    const plain = before(piece).normalize('NFKC').toLowerCase()
    whole += plain
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(index)
      ends.push(index + piece.length)
    }
  }
  return { text: afterwards(whole), starts, ends }
}

/** A character with the marks that follow it, also half-width ones; a syllable of Hangul letters. */
const pieces =
  /[\uac00-\ud7a3]?[\u1100-\u11ff]+|[^\p{M}\uff9e\uff9f]?[\p{M}\uff9e\uff9f\p{Cf}]+|[\s\S]/gu

const withoutWidth = /\p{Cf}/gu

function before(text: string): string {
  return text.replace(withoutWidth, '')
}

const longVowel = /([\p{Script=Hiragana}\p{Script=Katakana}ー])[-‐‑–—―−〜~]/gu

/** デ―タ is データ, and a sigma one letter: sign for sign, so that places stay. */
function afterwards(text: string): string {
  return text.replace(longVowel, '$1ー').replaceAll('ς', 'σ')
}
