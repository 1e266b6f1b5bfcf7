import type { Category, Flag, Severity } from './category.ts'

/** One sentence in both languages of the product. */
export type Bilingual = { readonly ja: string; readonly en: string }

/**
 * Where a rule saw something: UTF-16 offsets into the subject or text as stored.
 * `message` is the message's place in its thread, counted from 0.
 */
export type Span = {
  readonly kind: 'span'
  readonly rule: string
  readonly why: Bilingual
  readonly message: number
  readonly field: 'subject' | 'body'
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A count or an interval over the thread or the sender's history that a rule looked at. */
export type Fact = {
  readonly kind: 'fact'
  readonly rule: string
  readonly why: Bilingual
  /** The last message the fact rests on. */
  readonly message: number
  /** The fact in words and figures, for example `5 mails after a final answer`. */
  readonly text: string
}

export type Evidence = Span | Fact

const between = ' / '

/** The text of a fact: its words in both languages. */
export function factText({ ja, en }: Bilingual): string {
  return `${ja}${between}${en}`
}

/** The same read again, for whoever shows one language. */
export function factWords(text: string): Bilingual {
  const [ja = text, en = text] = text.split(between)
  return { ja, en }
}

export type AssessedCategory = {
  readonly code: Category
  /** 0 to 1; only categories at or over their threshold are listed. */
  readonly score: number
  readonly severity: Severity
  readonly evidence: readonly Evidence[]
}

export type AssessedFlag = { readonly code: Flag; readonly evidence: readonly Evidence[] }

/** What the rules say about one revision of a thread (自動判定). It never decides. */
export type Assessment = {
  /** Version of policy and rules together: a short hash of their content. */
  readonly ruleSet: string
  readonly categories: readonly AssessedCategory[]
  readonly severity: Severity
  readonly flags: readonly AssessedFlag[]
  /** What spoke against: legitimate recourse, reported speech, no answer given before. */
  readonly against: readonly Evidence[]
}

/** One mail of a thread in the exchange format (JSON Lines). */
export type ExchangeMessage = {
  readonly dir: 'in' | 'out'
  readonly from: string
  readonly fromName: string
  readonly to: readonly string[]
  /** ISO 8601 with offset. */
  readonly date: string
  readonly subject: string
  readonly body: string
}

/** Harassment outside mail that two people confirmed: a call, a visit, a post. */
export type PastIncident = {
  readonly at: string
  /** How long a call was; null for what is no call. */
  readonly minutes: number | null
}

/** What is known of the sender beyond this thread: all their addresses, in all mailboxes. */
export type SenderHistory = {
  /** Departments written to or met in the last 30 days, this thread's included. */
  readonly departments: number
  /** Other threads of the last 30 days. */
  readonly otherThreads: number
  /** Mails in other threads in the last 7 days. */
  readonly otherMails: number
  /** Earlier harassment decisions, and warnings accepted by the sender's mail server. */
  readonly decisions: number
  readonly warnings: number
  /** Of the last year; missing in labelled threads. */
  readonly incidents?: readonly PastIncident[]
}

export type Exchange = {
  readonly id: string
  readonly messages: readonly ExchangeMessage[]
  readonly history?: SenderHistory
}

/** A neutral, rule-made summary: codes and figures that the text catalogue puts into words. */
export type GistPart =
  | { readonly kind: 'nth_mail'; readonly n: number; readonly days: number }
  | { readonly kind: 'demand'; readonly what: Demand }
  | { readonly kind: 'conduct'; readonly category: Category; readonly count: number }
  | { readonly kind: 'flag'; readonly flag: Flag }
  | { readonly kind: 'attachments'; readonly count: number }

/** What the customer asks for, as far as rules can tell. */
export const demands = [
  'refund',
  'compensation',
  'apology',
  'explanation',
  'reply',
  'repair_or_exchange',
  'handler_name',
  'staff_private_data',
  'dismissal',
  'call_back',
  'visit',
  'cancellation',
  'own_data',
  'information',
] as const

export type Demand = (typeof demands)[number]
