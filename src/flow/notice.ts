import type { NoticeFacts, NoticeKind } from '../domain/notice.ts'
import type { Language } from '../domain/person.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
import type { MeasureRecord } from '../store/measures.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { LetterContent } from '../store/writes.ts'
import { type Text, textFor } from '../text/text.ts'
import { NotFound } from './act.ts'
import type { House } from './house.ts'
import { contentHash } from './letter-content.ts'
import { referenceFor, withReference } from './reference.ts'
import { chainOf, lastFromSender } from './review.ts'

/** A notice as it will leave, to be looked at before it does. */
export type NoticePreview = Omit<LetterContent, 'letterId'> & { readonly sha256: string }

/** What a notice says that is not yet so: an objection about to be decided. */
export type Ahead = { readonly outcome: 'keep' | 'shorten'; readonly endsAt: Instant | null }

/** The notice of a measure, rendered from its template with the facts as they are now. */
export async function previewNotice(
  house: House,
  measureId: string,
  kind: NoticeKind,
  ahead: Ahead | null = null,
): Promise<NoticePreview> {
  const measure = await measureOf(house, measureId)
  const record = await threadOf(house, measure.threadId)
  const content = noticeContent(house, measure, record, { kind, ahead })
  return { ...content, sha256: contentHash(content) }
}

export async function measureOf({ store }: House, id: string): Promise<MeasureRecord> {
  const measure = await store.measures.find(id)
  if (!measure) throw new NotFound('measure', id)
  return measure
}

export async function threadOf({ store }: House, id: string): Promise<ThreadRecord> {
  const record = await store.threads.find(id)
  if (!record) throw new NotFound('thread', id)
  return record
}

/** The language of a customer's mail, as far as we can answer in it. */
export function languageOfMail(text: string): Language {
  return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'ja' : 'en'
}

type Wanted = { readonly kind: NoticeKind; readonly ahead: Ahead | null }

function noticeContent(
  house: House,
  measure: MeasureRecord,
  record: ThreadRecord,
  wanted: Wanted,
): Omit<LetterContent, 'letterId'> {
  const answered = lastFromSender(record)
  if (!answered) throw new NotFound('mail to answer in thread', record.id)
  const language = languageOfMail(answered.text)
  const facts = factsOf(house, measure, record, language, wanted.ahead)
  const { subject, text: body } = house.templates.render(wanted.kind, language, facts)
  return {
    fromAddress: record.mailbox.address,
    fromName: record.mailbox.fromName ?? record.mailbox.department[language],
    toAddress: answered.fromAddress,
    // A template of the operator's own may leave the code out.
    ...withReference(house, record.id, { subject, body }),
    inReplyTo: answered.messageId,
    references: chainOf(answered),
  }
}

function factsOf(
  house: House,
  measure: MeasureRecord,
  record: ThreadRecord,
  language: Language,
  ahead: Ahead | null,
): NoticeFacts {
  const { policy, now } = house
  const words = textFor(language).steps.notice
  const decision = record.decisions.find(({ id }) => id === measure.decisionId)
  const named = policy.categories.filter(({ code }) => decision?.categories.includes(code))
  const mails = record.messages.filter(
    ({ direction, mutedBy, sentAt }) =>
      direction === 'in' && mutedBy === null && sentAt <= measure.proposedAt,
  )
  const today = now()
  const endsAt = ahead?.endsAt ?? measure.endsAt ?? daysAfter(today, policy.suspension.days)
  const reviewAt = measure.reviewAt ?? daysAfter(today, policy.suspension.reviewAfterDays)
  const reviewOn = reviewAt < endsAt ? reviewAt : endsAt
  return {
    ...emptyFacts(house, record, language),
    customer: mails.at(-1)?.fromName ?? '',
    conduct: named.map(({ name }) => name[language]),
    mail_dates: mails.slice(-5).map(({ sentAt }) => longDate(sentAt, language)),
    today: longDate(today, language),
    ends_on: longDate(endsAt, language),
    review_on: longDate(reviewOn, language),
    ...openFacts(measure, policy.staysOpen[language], words),
    outcome: ahead ? words.outcome[ahead.outcome](longDate(endsAt, language)) : '',
  }
}

/** Facts of the house and the thread alone. */
export function emptyFacts(house: House, record: ThreadRecord, language: Language): NoticeFacts {
  const { policy } = house
  return {
    customer: '',
    company: policy.company[language],
    department: record.mailbox.department[language],
    policy: policy.title[language],
    policy_url: policy.url,
    conduct: [],
    mail_dates: [],
    today: '',
    ends_on: '',
    review_on: '',
    stays_open: policy.staysOpen[language],
    open_topics: [],
    open_line: '',
    open_address: '',
    scope: textFor(language).steps.notice.scope.mailbox,
    outcome: '',
    objection: policy.objection[language],
    reference: referenceFor(house, record.id),
  }
}

/** What was chosen, a line each, and behind it what the policy keeps open in every case. */
function openFacts(
  { terms }: MeasureRecord,
  ofPolicy: string,
  words: Text['steps']['notice'],
): Pick<NoticeFacts, 'stays_open' | 'open_topics' | 'open_line' | 'open_address' | 'scope'> {
  const { openTopics, openLine, openAddress, scope } = terms
  const topics = openTopics.map((topic) => words.topic[topic])
  const lines = [...topics, openLine].filter((one) => one !== '').map(words.bullet)
  const where = openAddress === '' ? [] : [words.address(openAddress)]
  return {
    stays_open: [...lines, ofPolicy, ...where].join('\n'),
    open_topics: topics,
    open_line: openLine,
    open_address: openAddress,
    scope: words.scope[scope],
  }
}

function longDate(at: string, language: Language): string {
  const locale = language === 'ja' ? 'ja-JP' : 'en-GB'
  return new Date(at).toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'Asia/Tokyo' })
}
