import type { Flag } from './category.ts'
import { covers, type Person, reachOf } from './person.ts'
import type { RefusalReason } from './step.ts'

/** What can stay open during a suspension (停止中も受け付ける用件), by its code in the notice. */
export const openTopics = [
  'contract_end',
  'own_data',
  'accident',
  'legal',
  'accommodation',
] as const

export type OpenTopic = (typeof openTopics)[number]

export const digestRhythms = ['off', 'daily', 'weekly'] as const
export type DigestRhythm = (typeof digestRhythms)[number]

/** What a suspension covers and leaves open, chosen at its proposal and confirmed with it. */
export type Terms = {
  readonly scope: 'mailbox' | 'all'
  /** The mailbox that it was proposed in; null in suspensions from before there was a scope. */
  readonly mailboxId: string | null
  readonly openTopics: readonly OpenTopic[]
  /** One line of the proposer's own, and where to write; each may be empty. */
  readonly openLine: string
  readonly openAddress: string
  /** How often supervisors get the figures of muted mail. */
  readonly digest: DigestRhythm
  /** Muted mail is answered once in so many days at most; null for never. */
  readonly answerDays: number | null
}

/** Those of a suspension from before they were chosen: it held everywhere. */
export const termsBefore: Terms = {
  scope: 'all',
  mailboxId: null,
  openTopics: [],
  openLine: '',
  openAddress: '',
  digest: 'off',
  answerDays: null,
}

/** Days between two automatic answers: fewer would be a conversation, more than a year is never. */
export const answerDaysMin = 1
export const answerDaysMax = 365

const lineLengthMax = 200

/** Flags of a mail, and what must then stay open: the law leaves no choice (law.md, 1.3). */
const flagged: readonly (readonly [Flag, OpenTopic])[] = [
  ['accommodation', 'accommodation'],
  ['legal_notice', 'legal'],
  ['safety', 'accident'],
]

/** Whether a suspension with these terms holds in that mailbox. */
export function holdsIn({ scope, mailboxId }: Terms, where: string): boolean {
  return scope === 'all' || mailboxId === where
}

/** Whether the person may decide over as many mailboxes as the terms cover. */
export function reachesAsFar(
  { scope, mailboxId }: Terms,
  who: Person,
  action: 'propose' | 'confirm' | 'lift' | 'review_suspension' | 'renew',
): boolean {
  const reach = reachOf(who, action)
  return scope === 'all' ? reach === 'all' : mailboxId === null || covers(reach, mailboxId)
}

/** What is wrong with the terms of a suspension, or null. */
export function flawOfTerms(terms: Terms, flags: readonly Flag[]): RefusalReason | null {
  const { openTopics: topics, openLine, openAddress, answerDays } = terms
  if (topics.length === 0) return 'stays_open_missing'
  if (flagged.some(([flag, topic]) => flags.includes(flag) && !topics.includes(topic))) {
    return 'stays_open_flagged'
  }
  if (![openLine, openAddress].every(isOneLine)) return 'words_unsafe'
  if (answerDays === null) return null
  const whole = Number.isInteger(answerDays)
  return whole && answerDays >= answerDaysMin && answerDays <= answerDaysMax
    ? null
    : 'answer_days_wrong'
}

function isOneLine(words: string): boolean {
  return words.length <= lineLengthMax && !/\p{Cc}/u.test(words) && words.trim() !== '.'
}
