import type { Phrase } from './engine.ts'

/** Search looks in this much of a mail, in UTF-16 units: more is quoted history. */
const searchedLengthMax = 65_536

/** Nobody types more; a page of words pasted in finds what its beginning finds. */
const queryLengthMax = 200

const word = /[\p{L}\p{N}\p{M}]+/gu
const japanese =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]+/gu
const isJapanese = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/u

/**
 * What a text is found by: Japanese runs as pairs of neighbouring characters (返金 is one pair),
 * everything else as whole words in lower case.
 */
export function termsOf(text: string): string {
  const terms: string[] = []
  for (const run of runsOf(text.slice(0, searchedLengthMax))) {
    if (isJapanese.test(run)) terms.push(...pairsOf(run), run.at(-1) ?? '')
    else terms.push(run)
  }
  return terms.join(' ')
}

/** The same for what a person looks for: each run must be found; none where nothing can be. */
export function phrasesOf(words: string): Phrase[] {
  return runsOf(words.slice(0, queryLengthMax)).map(phraseOf)
}

function phraseOf(run: string): Phrase {
  if (!isJapanese.test(run)) return { terms: [run], open: true }
  const pairs = pairsOf(run)
  return pairs.length === 0 ? { terms: [run], open: true } : { terms: pairs, open: false }
}

function runsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().match(word) ?? []
  return words.flatMap((one) => one.match(japanese) ?? [])
}

function pairsOf(run: string): string[] {
  const characters = [...run]
  return characters.slice(1).map((character, place) => `${characters[place]}${character}`)
}
