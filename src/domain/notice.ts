import type { Language } from './person.ts'

/** The notices of the policy: each has a template in both languages. */
export const noticeKinds = [
  'warning',
  'suspension',
  'refusal',
  'renewal',
  'objection',
  'lifting',
  'mute_answer',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

const languages = ['ja', 'en'] as const

/** A template by its kind and language, as its file is called without the ending. */
export type TemplateName = `${NoticeKind}.${Language}`

export const templateNames: readonly TemplateName[] = noticeKinds.flatMap((kind) =>
  languages.map((language): TemplateName => `${kind}.${language}`),
)

export function isTemplateName(word: string): word is TemplateName {
  return (templateNames as readonly string[]).includes(word)
}

export function kindOf(name: TemplateName): NoticeKind {
  const kind = noticeKinds.find((one) => name.startsWith(`${one}.`))
  return kind ?? 'warning'
}

export function languageOf(name: TemplateName): Language {
  return name.endsWith('.ja') ? 'ja' : 'en'
}

/** Everything a notice can say. It names no member of staff: there is no such fact. */
export type NoticeFacts = {
  /** The customer's own name as their mail gives it; empty where it gives none. */
  readonly customer: string
  readonly company: string
  readonly department: string
  readonly policy: string
  readonly policy_url: string
  /** The policy's names of the categories decided on. */
  readonly conduct: readonly string[]
  readonly mail_dates: readonly string[]
  readonly today: string
  readonly ends_on: string
  readonly review_on: string
  /** All that stays open, a line each: what was chosen, and what the policy says. */
  readonly stays_open: string
  /** What was chosen alone, by its names; and the proposer's own line and address, or nothing. */
  readonly open_topics: readonly string[]
  readonly open_line: string
  readonly open_address: string
  /** Where the suspension holds, in words. */
  readonly scope: string
  /** What was decided on an objection, in words. */
  readonly outcome: string
  readonly objection: string
  readonly reference: string
}

export type Variable = keyof NoticeFacts

/** What a template cannot be; `about` names what it is about: variables, words, a line. */
export const templateFlaws = [
  'head',
  'too_long',
  'syntax',
  'unknown_variable',
  'undeclared_variable',
  'idle_variable',
  'list_unjoined',
  'lacks_variable',
  'lacks_consequence',
  'names_staff',
  'unsendable',
] as const

export type TemplateFlaw = {
  readonly kind: (typeof templateFlaws)[number]
  readonly about: string
}
