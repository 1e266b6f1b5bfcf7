import type { Condition, Place } from '../domain/query.ts'
import type { Instant } from '../domain/time.ts'
import { type Folded, folded, foldedPlain } from './terms.fold.ts'
import { timeTerms } from './terms.time.ts'

/** Grows with each change of how terms are made: what was made otherwise is made again. */
export const termsMake = 2

/** Search looks in this much of a mail, in UTF-16 units: more is quoted history. */
const searchedLengthMax = 65_536

/** What is longer is no word but coded data; its beginning is enough to find it. */
const termLengthMax = 64

/** Letters that no mail can bring in: they are of no script, and only letters become terms. */
const boundary = '\ue000'
const marks: Record<Place | 'letter' | 'attachment', string> = {
  anywhere: '',
  subject: '\ue001',
  from: '\ue002',
  to: '\ue003',
  letter: '\ue004',
  attachment: '\ue005',
}

/** Terms that stand side by side in what a mail is found by. */
export type Phrase = {
  readonly terms: readonly string[]
  /** The last term may go on. */
  readonly open: boolean
  /** Where the last term is one Japanese letter: the term that says that the mail has it. */
  readonly letter: string | null
}

/** What of a mail is searched. */
export type Searched = {
  readonly subject: string
  readonly fromName: string
  readonly fromAddress: string
  readonly to: readonly { readonly name: string; readonly address: string }[]
  readonly text: string
  readonly sentAt: Instant
  readonly filenames: readonly string[]
}

/** What a mail is found by: its words, and its month and year. */
export function termsOf(mail: Searched): string {
  return withTime(wordTerms(mail), mail.sentAt)
}

/** The terms of a mail's words with those of the time when it was sent. */
export function withTime(terms: string, sentAt: Instant): string {
  return `${terms}${timeTerms(sentAt).join(' ')} `
}

/**
 * What a mail's words are found by: Japanese as pairs of neighbouring letters (返金 is one pair), across the
 * breaks of lines, everything else as whole words; each field's words once more under its mark;
 * each Japanese letter once. Separated and enclosed by single spaces.
 */
export function wordTerms(mail: Omit<Searched, 'sentAt'>): string {
  const { subject, fromName, fromAddress, to, filenames } = mail
  const terms: string[] = []
  addField(terms, 'anywhere', [subject, fromName, fromAddress, ...filenames, mail.text])
  addField(terms, 'subject', [subject])
  addField(terms, 'from', [fromName, fromAddress])
  addField(
    terms,
    'to',
    to.flatMap(({ name, address }) => [name, address]),
  )
  if (filenames.length > 0) terms.push(marks.attachment)
  return ` ${terms.join(' ')} `
}

/** What a condition on words or attachments looks for. */
export function phraseOf(condition: Extract<Condition, { kind: 'words' | 'attachment' }>): Phrase {
  if (condition.kind === 'attachment') {
    return { terms: [marks.attachment], open: false, letter: null }
  }
  const { place, exact, text } = condition
  const mark = marks[place]
  const found = placedTerms(folded(exact ? text : withoutLongEnd(text)))
  const last = found.at(-1)
  // The last letter of Japanese stands in its pair already: what follows may be anything.
  if (last?.japanese && found.at(-2)?.end === last.end) found.pop()
  const terms = found.map(({ term }) => mark + term)
  const final = found.at(-1)
  if (!final?.japanese || [...final.term].length > 1) {
    const open = final !== undefined && !final.japanese && !exact && final.term.length >= 3
    return { terms, open, letter: null }
  }
  const letter = marks.letter + mark + final.term
  return found.length === 1
    ? { terms: [letter], open: false, letter: null }
    : { terms, open: true, letter }
}

/** A stretch of a text, in UTF-16 units. */
export type Stretch = { readonly start: number; readonly end: number }

/** Where a text, as it was written, holds one of the phrases; in order, without overlap. */
export function stretchesOf(text: string, phrases: readonly Phrase[]): Stretch[] {
  const units = folded(text.slice(0, searchedLengthMax))
  const terms = placedTerms(units)
  const letterMark = marks.letter
  const found = phrases.flatMap((phrase) => {
    const alone = phrase.terms.length === 1 && phrase.terms[0]?.startsWith(letterMark)
    return alone
      ? letterStretches(units, (phrase.terms[0] ?? '').slice(letterMark.length))
      : termStretches(units, terms, phrase)
  })
  return merged(found.sort((a, b) => a.start - b.start || b.end - a.end))
}

type PlacedTerm = Stretch & { readonly term: string; readonly japanese: boolean }

function placedTerms(units: Folded): PlacedTerm[] {
  const found: PlacedTerm[] = []
  eachTerm(units.text, (term, start, end, japanese) => found.push({ term, start, end, japanese }))
  return found
}

function termStretches(units: Folded, terms: readonly PlacedTerm[], phrase: Phrase): Stretch[] {
  const found: Stretch[] = []
  const wanted = phrase.terms
  for (let at = 0; at + wanted.length <= terms.length; at += 1) {
    const fits = wanted.every((term, n) => {
      const here = terms[at + n]?.term ?? ''
      return phrase.open && n === wanted.length - 1 ? here.startsWith(term) : here === term
    })
    const first = terms[at]
    const last = terms[at + wanted.length - 1]
    if (!fits || !first || !last) continue
    const end = phrase.letter === null ? last.end : last.start + (wanted.at(-1)?.length ?? 0)
    found.push(original(units, first.start, end))
  }
  return found
}

function letterStretches(units: Folded, letter: string): Stretch[] {
  const found: Stretch[] = []
  for (let at = units.text.indexOf(letter); at !== -1; at = units.text.indexOf(letter, at + 1)) {
    found.push(original(units, at, at + letter.length))
  }
  return found
}

function original({ starts, ends }: Folded, start: number, end: number): Stretch {
  return { start: starts[start] ?? 0, end: ends[end - 1] ?? 0 }
}

function merged(stretches: readonly Stretch[]): Stretch[] {
  const apart: Stretch[] = []
  for (const next of stretches) {
    const last = apart.at(-1)
    if (last && next.start <= last.end) {
      apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, next.end) }
    } else apart.push(next)
  }
  return apart
}

function addField(terms: string[], place: Place, texts: readonly string[]): void {
  const mark = marks[place]
  const letters = new Set<string>()
  for (const text of texts) {
    eachTerm(foldedPlain(text.slice(0, searchedLengthMax)), (term, _start, _end, japanese) => {
      terms.push(mark === '' ? term : mark + term)
      if (japanese) letters.add(firstLetter(term))
    })
    terms.push(boundary)
  }
  for (const letter of letters) terms.push(marks.letter + mark + letter)
}

function firstLetter(term: string): string {
  return String.fromCodePoint(term.codePointAt(0) ?? 0)
}

const japaneseOrOther =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]+|[[\p{L}\p{N}\p{M}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]]+/gv
const isJapanese = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/u

type Emit = (term: string, start: number, end: number, japanese: boolean) => void

/** Every term of a folded text, in order: pairs of a Japanese run and its last letter, or a word. */
function eachTerm(text: string, emit: Emit): void {
  let last: { letter: string; start: number } | null = null
  let end = 0
  for (const { 0: run, index } of text.matchAll(japaneseOrOther)) {
    if (last && !(isJapanese.test(run) && isOneLine(text.slice(end, index)))) {
      emit(last.letter, last.start, end, true)
      last = null
    }
    if (isJapanese.test(run)) last = eachPair(run, index, last, emit)
    else emit(run.slice(0, termLengthMax), index, index + run.length, false)
    end = index + run.length
  }
  if (last) emit(last.letter, last.start, end, true)
}

function eachPair(
  run: string,
  index: number,
  before: { letter: string; start: number } | null,
  emit: Emit,
): { letter: string; start: number } {
  let last = before
  let at = index
  for (const letter of run) {
    if (last) emit(last.letter + letter, last.start, at + letter.length, true)
    last = { letter, start: at }
    at += letter.length
  }
  return last ?? { letter: '', start: index }
}

/** Japanese is broken anywhere at a line's end, and spaced out: it belongs together all the same. */
function isOneLine(gap: string): boolean {
  return gap.length <= 32 && /^[^\S\n]*\n?[^\S\n]*$/.test(gap)
}

/** サーバー is also written サーバ: the shorter one is found in both (JIS Z 8301). */
function withoutLongEnd(text: string): string {
  return /[\p{Script=Katakana}ー]{3}[ーｰ]$/u.test(text.normalize('NFKC'))
    ? text.normalize('NFKC').slice(0, -1)
    : text
}
