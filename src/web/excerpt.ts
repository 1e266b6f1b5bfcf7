import type { Condition, Place, Query } from '../domain/query.ts'
import type { FoundMail } from '../store/search.mails.ts'
import { type Phrase, phraseOf, type Stretch, stretchesOf } from '../store/terms.ts'
import { isSubjectShielded, partsOfMail } from './passages.ts'

/** Words with what was looked for marked in them. */
export type Marked = readonly { readonly text: string; readonly hit: boolean }[]

/** What a list of results says of a mail. */
export type Excerpt =
  | { readonly kind: 'words'; readonly words: Marked }
  /** What was looked for stands only where the shield is: the list says so, and no word of it. */
  | { readonly kind: 'kept_back' }
  | { readonly kind: 'muted' }
  /** Found by something else than words of the text. */
  | { readonly kind: 'none' }

/** Letters before and after the first hit. */
const before = 30
const after = 90

/** A line from the stretches of the mails that are not shielded, around the first hit. */
export function excerptOf(mails: readonly FoundMail[], query: Query): Excerpt {
  const phrases = phrasesFor(query, ['anywhere'])
  if (mails[0]?.mutedBy !== null) return { kind: 'muted' }
  if (phrases.length === 0) return { kind: 'none' }
  const readable = mails.filter(({ mutedBy }) => mutedBy === null)
  for (const mail of readable) {
    for (const part of partsOfMail(mail.judged, mail, null)) {
      const stretches =
        'text' in part && part.kind !== 'revealed' ? stretchesOf(part.text, phrases) : []
      const [first] = stretches
      if (first && 'text' in part)
        return { kind: 'words', words: around(part.text, first, stretches) }
    }
  }
  return readable.some((mail) => isKeptBack(mail, phrases))
    ? { kind: 'kept_back' }
    : { kind: 'none' }
}

/** A subject or a name with what was looked for there marked in it. */
export function marked(text: string, query: Query, place: 'subject' | 'from'): Marked {
  return pieces(text, stretchesOf(text, phrasesFor(query, ['anywhere', place])), 0, text.length)
}

function isKeptBack(mail: FoundMail, phrases: readonly Phrase[]): boolean {
  if (stretchesOf(mail.text, phrases).length > 0) return true
  return isSubjectShielded(mail.judged, mail.id) && stretchesOf(mail.subject, phrases).length > 0
}

/** The words of a query that may be marked at one of these places. */
function phrasesFor(query: Query, places: readonly Place[]): Phrase[] {
  const wanted = (condition: Condition) =>
    condition.kind === 'words' && places.includes(condition.place)
      ? [phraseOf({ ...condition, place: 'anywhere' })]
      : []
  return query.flatMap(({ not, condition }) => (not ? [] : wanted(condition)))
}

function around(text: string, first: Stretch, stretches: readonly Stretch[]): Marked {
  const start = whole(text, Math.max(0, first.start - before))
  const end = whole(text, Math.min(text.length, Math.max(first.end, first.start + after)))
  const inside = pieces(text, stretches, start, end)
  const clipped = { text: '…', hit: false }
  return [
    ...(text.slice(0, start).trim() === '' ? [] : [clipped]),
    ...inside,
    ...(text.slice(end).trim() === '' ? [] : [clipped]),
  ]
}

/** Never between the two halves of a character. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at
}

function pieces(text: string, hits: readonly Stretch[], from: number, to: number): Marked {
  const found: { text: string; hit: boolean }[] = []
  let at = from
  const add = (end: number, hit: boolean) => {
    if (end > at) found.push({ text: text.slice(at, end).replace(/\s+/g, ' '), hit })
    at = Math.max(at, end)
  }
  for (const { start, end } of hits) {
    if (end <= from || start >= to) continue
    add(Math.max(from, start), false)
    add(Math.min(to, end), true)
  }
  add(to, false)
  return found
}
