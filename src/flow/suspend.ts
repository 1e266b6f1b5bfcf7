import {
  confirm as confirmMeasure,
  decline as declineMeasure,
  lift as liftMeasure,
  type Proposal,
  propose as proposeMeasure,
  recordIdentity as recordProof,
} from '../domain/measure.ts'
import type { NoticeFacts, NoticeKind } from '../domain/notice.ts'
import { may, type Person } from '../domain/person.ts'
import { refuse, step } from '../domain/step.ts'
import { daysAfter } from '../domain/time.ts'
import type { MeasureRecord } from '../store/measures.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { LetterContent } from '../store/writes.ts'
import { actOn, NotFound } from './act.ts'
import type { House, Outcome } from './house.ts'
import { contentHash, messageIdFor } from './letter-content.ts'
import { referenceFor, withReference } from './reference.ts'
import { chainOf, lastFromSender } from './review.ts'

/** A notice as it will leave, to be looked at before it does. */
export type NoticePreview = Omit<LetterContent, 'letterId'> & { readonly sha256: string }

/** Proposes a warning or a suspension after a harassment decision. */
export function propose(
  house: House,
  threadId: string,
  proposal: Omit<Proposal, 'measureId'>,
  who: Person,
): Promise<Outcome> {
  const measureId = house.newId()
  return actOn(house, threadId, (matter) =>
    proposeMeasure(matter, { ...proposal, measureId }, who, house.now()),
  )
}

/** The notice of a measure, rendered from its template with the facts as they are now. */
export async function previewNotice(
  house: House,
  measureId: string,
  kind: NoticeKind,
): Promise<NoticePreview> {
  const measure = await measureOf(house, measureId)
  const record = await threadOf(house, measure.threadId)
  const content = noticeContent(house, measure, record, kind)
  return { ...content, sha256: contentHash(content) }
}

/** Confirms a proposal and queues the notice that the supervisor was shown, letter by letter. */
export async function confirm(
  house: House,
  measureId: string,
  given: { readonly reason: string; readonly shownSha256: string },
  who: Person,
): Promise<Outcome> {
  const measure = await measureOf(house, measureId)
  const { sha256: contentSha256, ...content } = await previewNotice(house, measureId, measure.kind)
  const letterId = house.newId()
  const messageId = messageIdFor(house, measure.threadId, content.fromAddress)
  const { reason, shownSha256 } = given
  const notice = { letterId, messageId, contentSha256, shownSha256 }
  return actOn(
    house,
    measure.threadId,
    (matter) => confirmMeasure(matter, measureId, reason, notice, who, house.now()),
    [{ letterId, ...content }],
  )
}

/** Declines a proposal, with a reason. */
export async function decline(
  house: House,
  measureId: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  const { threadId } = await measureOf(house, measureId)
  return actOn(house, threadId, (matter) =>
    declineMeasure(matter, measureId, reason, who, house.now()),
  )
}

/** Lifts a suspension; the notice that says so waits for a second person. */
export async function lift(
  house: House,
  measureId: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  const { threadId } = await measureOf(house, measureId)
  const { sha256: contentSha256, ...content } = await previewNotice(house, measureId, 'lifting')
  const letterId = house.newId()
  return actOn(
    house,
    threadId,
    (matter) =>
      liftMeasure(matter, measureId, reason, { letterId, contentSha256 }, who, house.now()),
    [{ letterId, ...content }],
  )
}

/** Records how else the sender is known to be who they say. */
export function recordIdentity(
  house: House,
  threadId: string,
  proof: string,
  who: Person,
): Promise<Outcome> {
  return actOn(house, threadId, (matter) => recordProof(matter, proof, who, house.now()))
}

/** Notes that a supervisor has seen an alert. */
export async function acknowledge(house: House, alertId: string, who: Person): Promise<Outcome> {
  const alert = await house.store.alerts.find(alertId)
  if (!alert) throw new NotFound('alert', alertId)
  if (alert.acknowledgedAt !== null) return refuse('nothing_to_acknowledge')
  const { threadId } = alert
  const event = { kind: 'alert_acknowledged', alertId, threadId } as const
  return actOn(house, threadId, ({ thread }) => {
    if (!may(who, 'acknowledge_alert', thread.mailboxId)) return refuse('not_allowed')
    return step({ ...event, at: house.now(), by: who.id })
  })
}

/** Ends the suspensions whose time has come. Returns how many. */
export async function expire(house: House): Promise<number> {
  const ended = await house.store.measures.ended(house.now())
  for (const { id: measureId, senderId, threadId } of ended) {
    const event = { kind: 'suspension_expired', measureId, senderId, threadId } as const
    await actOn(house, threadId, () => ({
      kind: 'step',
      events: [{ ...event, at: house.now(), by: null }],
    }))
  }
  return ended.length
}

async function measureOf({ store }: House, id: string): Promise<MeasureRecord> {
  const measure = await store.measures.find(id)
  if (!measure) throw new NotFound('measure', id)
  return measure
}

async function threadOf({ store }: House, id: string): Promise<ThreadRecord> {
  const record = await store.threads.find(id)
  if (!record) throw new NotFound('thread', id)
  return record
}

function noticeContent(
  house: House,
  measure: MeasureRecord,
  record: ThreadRecord,
  kind: NoticeKind,
): Omit<LetterContent, 'letterId'> {
  const answered = lastFromSender(record)
  if (!answered) throw new NotFound('mail to answer in thread', record.id)
  const language = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(answered.text) ? 'ja' : 'en'
  const facts = factsOf(house, measure, record)
  const { subject, text: body } = house.templates.render(kind, language, facts[language])
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
): Record<'ja' | 'en', NoticeFacts> {
  const { policy, now } = house
  const decision = record.decisions.find(({ id }) => id === measure.decisionId)
  const named = policy.categories.filter(({ code }) => decision?.categories.includes(code))
  const mails = record.messages.filter(
    ({ direction, mutedBy, sentAt }) =>
      direction === 'in' && mutedBy === null && sentAt <= measure.proposedAt,
  )
  const today = now()
  const endsAt = measure.endsAt ?? daysAfter(today, policy.suspension.days)
  const reviewAt = measure.reviewAt ?? daysAfter(today, policy.suspension.reviewAfterDays)
  const facts = (language: 'ja' | 'en'): NoticeFacts => ({
    customer: mails.at(-1)?.fromName ?? '',
    company: policy.company[language],
    department: record.mailbox.department[language],
    policy: policy.title[language],
    policy_url: policy.url,
    conduct: named.map(({ name }) => name[language]),
    mail_dates: mails.slice(-5).map(({ sentAt }) => longDate(sentAt, language)),
    today: longDate(today, language),
    ends_on: longDate(endsAt, language),
    review_on: longDate(reviewAt, language),
    stays_open: policy.staysOpen[language],
    objection: policy.objection[language],
    reference: referenceFor(house, record.id),
  })
  return { ja: facts('ja'), en: facts('en') }
}

function longDate(at: string, language: 'ja' | 'en'): string {
  const locale = language === 'ja' ? 'ja-JP' : 'en-GB'
  return new Date(at).toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'Asia/Tokyo' })
}
