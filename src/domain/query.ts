import type { Category, Severity } from './category.ts'
import type { QueueState } from './matter.ts'
import { type Fault, type Reading, readValue, type Vocabulary } from './query.values.ts'
import type { Instant } from './time.ts'

export type { QueryFault, Vocabulary } from './query.values.ts'

/** Where words are looked for: all that was written, or one header. */
export type Place = 'anywhere' | 'subject' | 'from' | 'to'

/** What a mail, or its thread, must be. */
export type Condition =
  | {
      readonly kind: 'words'
      readonly place: Place
      readonly text: string
      /** In quotation marks: as it stands, not only as its beginning. */
      readonly exact: boolean
    }
  | { readonly kind: 'attachment' }
  /** When it was sent: from an instant on, up to but without another one. */
  | { readonly kind: 'sent'; readonly from: Instant | null; readonly to: Instant | null }
  | { readonly kind: 'category'; readonly category: Category }
  | { readonly kind: 'state'; readonly state: QueueState }
  | { readonly kind: 'severity'; readonly from: Severity; readonly to: Severity }
  | { readonly kind: 'mailbox'; readonly mailboxId: string }

/** One condition of a query; with `not` a mail must not fulfil it. */
export type Clause = { readonly not: boolean; readonly condition: Condition }

/** All of it must hold of one and the same mail. */
export type Query = readonly Clause[]

/** Nobody types more; what is longer was pasted by mistake. */
const queryLengthMax = 500

/** Each is looked up on its own. */
const clausesMax = 24

const fields = {
  from: ['from', '差出人', '送信者'],
  to: ['to', '宛先', '宛て'],
  subject: ['subject', '件名'],
  category: ['category', '分類'],
  state: ['state', '状態'],
  severity: ['severity', '程度'],
  before: ['before'],
  until: ['until', '以前'],
  after: ['after', '以後', '以降'],
  on: ['on', '日付'],
  has: ['has'],
  attachment: ['attachment', '添付'],
  mailbox: ['mailbox', '受信箱'],
} as const

export type Field = keyof typeof fields

/**
 * Reads what a person typed into the search field: words (all must be found), "phrases" and
 * 「phrases」, `-without`, and `field:value` in Japanese and English, also with the full-width colon.
 * Names of states, categories and mailboxes come from outside. The first mistake is the answer:
 * nothing of a query is ever left out in silence.
 */
export function parseQuery(typed: string, vocabulary: Vocabulary): Reading<Query> {
  if (typed.length > queryLengthMax) return wrong({ kind: 'too_long', max: queryLengthMax })
  const clauses: Clause[] = []
  for (let at = afterBlank(typed, 0); at < typed.length; ) {
    const piece = pieceAt(typed, at)
    if (piece.kind === 'wrong') return piece
    const read = clauseOf(piece.value, vocabulary)
    if (read.kind === 'wrong') return read
    clauses.push(read.value)
    if (clauses.length > clausesMax) return wrong({ kind: 'too_many', max: clausesMax })
    at = afterBlank(typed, piece.value.end)
  }
  return { kind: 'read', value: clauses }
}

/** One piece of a query as typed. */
type Piece = {
  readonly not: boolean
  /** The word before the colon, or null. */
  readonly name: string | null
  readonly value: string
  readonly quoted: boolean
  readonly end: number
}

const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  '＂': '＂',
  '“': '”',
  '「': '」',
  '『': '』',
}
const minus = /^[-－−](?=\S)/
const nameBefore = /^([\p{L}_]{1,20})[:：]/u
const wordAt = /\S*/y
const blankAt = /\s*/y

function pieceAt(typed: string, start: number): Reading<Piece> {
  const rest = typed.slice(start)
  const not = minus.test(rest)
  const from = not ? 1 : 0
  const [named = '', name = null] = nameBefore.exec(rest.slice(from)) ?? []
  const at = start + from + named.length
  const close = quotes[typed.charAt(at)]
  if (close === undefined) {
    wordAt.lastIndex = at
    const [value = ''] = wordAt.exec(typed) ?? []
    return { kind: 'read', value: { not, name, value, quoted: false, end: at + value.length } }
  }
  const end = typed.indexOf(close, at + 1)
  if (end === -1) return wrong({ kind: 'open_quote', value: typed.slice(at, at + 30) })
  const value = typed.slice(at + 1, end)
  return { kind: 'read', value: { not, name, value, quoted: true, end: end + 1 } }
}

function clauseOf({ not, name, value, quoted }: Piece, vocabulary: Vocabulary): Reading<Clause> {
  const field = name === null ? 'words' : fieldNamed(name)
  if (field === null) return wrong({ kind: 'unknown_field', value: name ?? '' })
  const read = readValue(field, value.trim(), quoted, vocabulary)
  return read.kind === 'wrong' ? read : { kind: 'read', value: { not, condition: read.value } }
}

function fieldNamed(name: string): Field | null {
  const wanted = name.normalize('NFKC').toLowerCase()
  for (const [field, names] of Object.entries(fields)) {
    if ((names as readonly string[]).includes(wanted)) return field as Field
  }
  return null
}

function afterBlank(typed: string, at: number): number {
  blankAt.lastIndex = at
  return at + (blankAt.exec(typed)?.[0].length ?? 0)
}

function wrong(fault: Fault): { readonly kind: 'wrong'; readonly fault: Fault } {
  return { kind: 'wrong', fault }
}
