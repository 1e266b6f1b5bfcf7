import type { Exchange, ExchangeMessage } from '../domain/assessment.ts'
import { withoutReferences } from '../domain/reference.ts'
import { subjectKeyOf } from '../domain/subject.ts'
import { type Normalised, normalise } from './normalise.ts'
import { partsOf } from './words.ts'

/** One mail as the rules read it: the writer's own words, subject first, then body. */
export type ReadMail = {
  readonly index: number
  readonly message: ExchangeMessage
  readonly at: number
  /** All own words in one form. */
  readonly all: string
  /** The same without what stands in quotation marks; same length, so places agree. */
  readonly spoken: string
  readonly sentences: readonly Stretch[]
  readonly subject: Normalised
  readonly body: Normalised
}

export type Stretch = { readonly start: number; readonly end: number }

/**
 * Own words read of one mail, in UTF-16 units. A mail of 256 KiB is assessed by its beginning and
 * its end, within the time that one mail may take.
 */
export const readLengthMax = 20_000
const tailLength = 5_000

/** Mails read of one thread, newest first to stay: facts over more than that say nothing new. */
export const readMailsMax = 200

/** What is known of a mail by its words alone, whichever thread it stands in. */
export type OwnWords = Pick<ReadMail, 'all' | 'spoken' | 'sentences' | 'subject' | 'body'>

/** Reads the mails of an exchange in the order given; ours are read as well, for the facts. */
export function readExchange<Words extends OwnWords>(
  { messages }: Exchange,
  wordsOf: (message: ExchangeMessage, withSubject: boolean) => Words,
): (ReadMail & Words)[] {
  const subjects = new Set<string>()
  const first = Math.max(0, messages.length - readMailsMax)
  return messages.slice(first).map((message, at) => {
    const key = subjectKeyOf(message.subject)
    const fresh = isOwnSubject(message.subject) && !subjects.has(key)
    subjects.add(key)
    const words = wordsOf(message, fresh)
    return { ...words, index: first + at, message, at: Date.parse(message.date) }
  })
}

/** The words of one mail that are its writer's own; the subject only where it is. */
export function ownWordsOf(message: ExchangeMessage, withSubject: boolean): OwnWords {
  const subject = withSubject
    ? normalise(withoutReferences(message.subject.slice(0, 1000)))
    : nothing
  const body = ownWords(withoutReferences(message.body))
  const all = unwrapped(`${subject.text}\n${body.text}`)
  return { all, spoken: withoutCited(all), sentences: sentencesOf(all), subject, body }
}

const nothing: Normalised = { text: '', starts: [], ends: [] }

/** A subject with an answer mark is the other side's; one passed on is a third party's. */
function isOwnSubject(subject: string): boolean {
  return !/^\s*(?:re|fwd?|aw|sv|返信|転送)\s*[:：[]/i.test(subject)
}

function ownWords(body: string): Normalised {
  let left = readLengthMax
  const pieces: Normalised[] = []
  for (const { kind, start, end } of partsOf(body)) {
    if (kind !== 'own' || left <= 0) continue
    if (end - start <= left) pieces.push(normalise(body, start, end))
    else {
      pieces.push(normalise(body, start, start + Math.max(0, left - tailLength)))
      pieces.push(normalise(body, end - tailLength, end))
    }
    left -= end - start
  }
  const [only, another] = pieces
  if (!only || !another) return withVertical(only ?? nothing)
  return withVertical({
    text: pieces.map(({ text }) => text).join(''),
    starts: ([] as number[]).concat(...pieces.map(({ starts }) => starts)),
    ends: ([] as number[]).concat(...pieces.map(({ ends }) => ends)),
  })
}

/** A vertical reading is this long; fewer letters come about by chance, more are a list. */
const verticalMin = 4
const verticalMax = 12

/** Adds what the first letters of the lines spell (縦読み), where all of them are kana. */
function withVertical({ text, starts, ends }: Normalised): Normalised {
  const places = [...text.matchAll(/(?:^|\n)[\s　]{0,4}([^\s　])/g)].map(
    ({ index, 0: match }) => index + match.length - 1,
  )
  const letters = places.map((place) => text.charAt(place)).join('')
  const fits = places.length >= verticalMin && places.length <= verticalMax
  if (!fits || !/^[ぁ-んァ-ヶー]{1,12}$/.test(letters)) return { text, starts, ends }
  const last = ends.at(-1) ?? 0
  return {
    text: `${text}\n${letters}\n`,
    starts: [...starts, last, ...places.map((place) => starts[place] ?? 0), last],
    ends: [...ends, last, ...places.map((place) => ends[place] ?? 0), last],
  }
}

const brackets = /「([^「」]{1,400})」|『([^『』]{1,400})』|"([^"\n]{2,300})"|“([^“”\n]{1,300})”/g
/** What the writer announces or has written himself stays his words, quotation marks or not. */
const ownAuthor =
  /^(?:と|って|みたいな|という)(?:書|投稿|貼|送|伝え|言っと|いう(?:名|題|タイトル|見出し|動画)|題し)/
const nickname = /(?:あだ名|タイトル|題名?|名付け)(?:は|を|の|に)?$/

function withoutCited(text: string): string {
  return text.replace(brackets, (whole: string, ...rest: unknown[]) => {
    const at = rest.find((part): part is number => typeof part === 'number') ?? 0
    const after = text.slice(at + whole.length, at + whole.length + 12)
    const before = text.slice(Math.max(0, at - 8), at)
    if (ownAuthor.test(after) || nickname.test(before)) return whole
    return `${whole.charAt(0)}${'\uffff'.repeat(whole.length - 2)}${whole.charAt(whole.length - 1)}`
  })
}

/** Mailers break lines near here; a shorter line ends where its writer ended it. */
const wrappedLatin = 48
const wrappedJapanese = 28

/** Line breaks within a sentence as spaces, so that its words stay together; places agree. */
function unwrapped(text: string): string {
  let from = 0
  return text.replace(/\n/g, (_, at: number) => {
    const line = text.slice(from, at)
    from = at + 1
    return goesOn(line, text.slice(at + 1, at + 3)) ? ' ' : '\n'
  })
}

function goesOn(line: string, next: string): boolean {
  if (/^\s|^[-*・●■◆>]|^$/.test(next)) return false
  if (/[、,]\s?$/.test(line)) return line.length > 12
  if (/[a-z0-9'"]\s?$/.test(line)) return line.length >= wrappedLatin && /^[a-z0-9'"(]/.test(next)
  return line.length >= wrappedJapanese && /[ぁ-ヿ一-鿿]$/.test(line) && /^[ぁ-ヿ一-鿿]/.test(next)
}

const sentenceEnd = /[。!?\n]|\.(?=\s|$)/g
const title = /\b(?:mr|mrs|ms|dr|st|no|vs)$/

/** Stretches between sentence ends, the end sign included; they tile the text. */
export function sentencesOf(text: string): Stretch[] {
  const found: Stretch[] = []
  let start = 0
  for (const match of text.matchAll(sentenceEnd)) {
    const end = match.index + 1
    if (match[0] === '.' && title.test(text.slice(Math.max(0, match.index - 4), match.index)))
      continue
    if (text.slice(start, end).trim().length > 1) {
      found.push({ start, end })
      start = end
    }
  }
  if (start < text.length || found.length === 0) found.push({ start, end: text.length })
  return found
}
