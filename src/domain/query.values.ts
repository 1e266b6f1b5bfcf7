import type { Category, Severity } from './category.ts'
import type { QueueState } from './matter.ts'
import { dayAfter, periodOf } from './query.dates.ts'
import type { Condition, Field } from './query.ts'

/** Something by all the names that a person may call it. */
export type Named<T> = { readonly value: T; readonly names: readonly string[] }

/** The names of what a query can ask for, in every language, with the codes. */
export type Vocabulary = {
  readonly categories: readonly Named<Category>[]
  readonly states: readonly Named<QueueState>[]
  readonly severities: readonly Named<Severity>[]
  readonly mailboxes: readonly Named<string>[]
}

/** What is wrong with a query; each has a sentence that says what to do. */
export type QueryFault =
  | { readonly kind: 'unknown_field'; readonly value: string }
  | { readonly kind: 'empty_field'; readonly value: string }
  | { readonly kind: 'open_quote'; readonly value: string }
  | { readonly kind: 'bad_date'; readonly value: string }
  | { readonly kind: 'no_letters'; readonly value: string }
  | { readonly kind: 'unknown_has'; readonly value: string }
  | {
      readonly kind: 'unknown_category' | 'unknown_state' | 'unknown_severity' | 'unknown_mailbox'
      readonly value: string
      /** One name of each that there is. */
      readonly known: readonly string[]
    }
  | { readonly kind: 'too_long' | 'too_many'; readonly max: number }

export type Fault = QueryFault

export type Reading<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'wrong'; readonly fault: Fault }

/** Reads the value of a field, or of a word that stands by itself. */
export function readValue(
  field: Field | 'words',
  value: string,
  quoted: boolean,
  vocabulary: Vocabulary,
): Reading<Condition> {
  if (value === '' && field !== 'words') return wrong({ kind: 'empty_field', value: field })
  switch (field) {
    case 'words':
      return words('anywhere', value, quoted)
    case 'from':
    case 'to':
    case 'subject':
      return words(field, value, quoted)
    case 'category':
      return named(vocabulary.categories, value, 'unknown_category', (category) => ({
        kind: 'category',
        category,
      }))
    case 'state':
      return named(vocabulary.states, value, 'unknown_state', (state) => ({ kind: 'state', state }))
    case 'mailbox':
      return named(vocabulary.mailboxes, value, 'unknown_mailbox', (mailboxId) => ({
        kind: 'mailbox',
        mailboxId,
      }))
    case 'severity':
      return severity(vocabulary, value)
    case 'has':
    case 'attachment':
      return attachment(value)
    case 'before':
    case 'until':
    case 'after':
    case 'on':
      return sent(field, value)
  }
}

function words(
  place: Extract<Condition, { kind: 'words' }>['place'],
  text: string,
  exact: boolean,
): Reading<Condition> {
  if (!/[\p{L}\p{N}]/u.test(text.normalize('NFKC'))) {
    return wrong({ kind: 'no_letters', value: text })
  }
  return read({ kind: 'words', place, text, exact })
}

function named<T>(
  all: readonly Named<T>[],
  value: string,
  fault: Extract<Fault, { known: unknown }>['kind'],
  condition: (value: T) => Condition,
): Reading<Condition> {
  const found = oneNamed(all, value)
  if (found) return read(condition(found.value))
  return wrong({ kind: fault, value, known: all.map(({ names }) => names[0] ?? '') })
}

/** The one with that name, or the only one whose name begins so. */
function oneNamed<T>(all: readonly Named<T>[], value: string): Named<T> | undefined {
  const wanted = keyOf(value)
  if (wanted === '') return undefined
  const exact = all.find(({ names }) => names.some((name) => keyOf(name) === wanted))
  if (exact) return exact
  const begun = all.filter(({ names }) => names.some((name) => keyOf(name).startsWith(wanted)))
  return begun.length === 1 ? begun[0] : undefined
}

/** A name without case, width, spaces and points. */
function keyOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_・,、-]/g, '')
}

const orMore = /^(?:>=|≥)?\s*([0-3])\s*(\+|以上)?$/

/** A figure, a figure or more (`2+`, `>=2`, `2以上`), or the name of one. */
function severity(vocabulary: Vocabulary, value: string): Reading<Condition> {
  const [whole, figure, more] = orMore.exec(value.normalize('NFKC')) ?? []
  if (whole === undefined) {
    return named(vocabulary.severities, value, 'unknown_severity', (from) => ({
      kind: 'severity',
      from,
      to: from,
    }))
  }
  const from = Number(figure) as Severity
  return read({ kind: 'severity', from, to: more || /^[>≥]/.test(whole) ? 3 : from })
}

const attachmentWords = [
  'attachment',
  'attachments',
  'あり',
  '有',
  '有り',
  'yes',
  '添付',
  'ファイル',
]

function attachment(value: string): Reading<Condition> {
  if (attachmentWords.includes(keyOf(value))) return read({ kind: 'attachment' })
  return wrong({ kind: 'unknown_has', value })
}

/** `before` is without the day itself, `until` (以前) and `after` (以後) with it. */
function sent(field: 'before' | 'until' | 'after' | 'on', value: string): Reading<Condition> {
  const period = periodOf(value)
  if (period === null) return wrong({ kind: 'bad_date', value })
  const { first, last } = period
  switch (field) {
    case 'before':
      return read({ kind: 'sent', from: null, to: first })
    case 'until':
      return read({ kind: 'sent', from: null, to: dayAfter(last) })
    case 'after':
      return read({ kind: 'sent', from: first, to: null })
    case 'on':
      return read({ kind: 'sent', from: first, to: dayAfter(last) })
  }
}

function read(value: Condition): Reading<Condition> {
  return { kind: 'read', value }
}

function wrong(fault: Fault): { readonly kind: 'wrong'; readonly fault: Fault } {
  return { kind: 'wrong', fault }
}
