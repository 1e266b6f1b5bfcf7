import { mayBeAnswered } from '../domain/address.ts'
import { isInForce } from '../domain/sender.ts'
import type { Step } from '../domain/step.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
import type { AnswerableMail, ApprovedAnswer } from '../store/digests.ts'
import type { MeasureRecord } from '../store/measures.ts'
import { sha256 } from '../store/sealing.ts'
import type { LetterContent } from '../store/writes.ts'
import { actOn } from './act.ts'
import type { House } from './house.ts'
import { contentHash, messageIdFor } from './letter-content.ts'
import { previewNotice, threadOf } from './notice.ts'

export type AnswerPreview = ApprovedAnswer & { readonly sha256: string }

/** The automatic answer to muted mail, as it would be confirmed; null where none is wanted. */
export async function previewAnswer(
  house: House,
  { id, terms }: Pick<MeasureRecord, 'id' | 'terms'>,
): Promise<AnswerPreview | null> {
  if (terms.answerDays === null) return null
  const { subject, body } = await previewNotice(house, id, 'mute_answer')
  return { subject, body, sha256: answerHash({ subject, body }) }
}

/** The hash that stands for the words of an automatic answer in the log. */
export function answerHash({ subject, body }: ApprovedAnswer): string {
  return sha256(`${subject}\n${body}`)
}

/** Suspensions gone through in one run. */
const suspensionsMax = 1_000

/** An answer that comes later than this is none to its mail any more. */
const answerableDays = 1

/**
 * Answers muted mail by itself where a suspension asks for it: the newest mail of a person, once in
 * so many days, in the words that were confirmed with it. A machine gets none (RFC 3834), nor does
 * a mail that somebody has to read. Returns how many answers were queued.
 */
export async function answerMuted(house: House): Promise<number> {
  const inForce = await house.store.measures.inForce(house.now(), suspensionsMax)
  let answered = 0
  for (const measure of inForce) {
    const since = waitsSince(measure, house.now())
    if (since === null) continue
    const mail = await house.store.digests.answerable(measure.id, since)
    const answer = mail && (await house.store.digests.approvedAnswer(measure.id))
    if (!mail || !answer || !mayBeAnswered(mail.fromAddress)) continue
    if (await queueAnswer(house, measure, mail, answer)) answered += 1
  }
  return answered
}

/** From when on a mail would be answered; null while none is. */
function waitsSince(
  { terms, announcedAt, answeredAt }: MeasureRecord,
  now: Instant,
): Instant | null {
  if (terms.answerDays === null || announcedAt === null) return null
  const free = answeredAt === null ? announcedAt : daysAfter(answeredAt, terms.answerDays)
  if (free > now) return null
  const lately = daysAfter(now, -answerableDays)
  return free > lately ? free : lately
}

async function queueAnswer(
  house: House,
  measure: MeasureRecord,
  mail: AnswerableMail,
  { subject, body }: ApprovedAnswer,
): Promise<boolean> {
  const record = await threadOf(house, measure.threadId)
  const letterId = house.newId()
  const content: LetterContent = {
    letterId,
    fromAddress: record.mailbox.address,
    fromName: record.mailbox.fromName ?? record.mailbox.department.ja,
    toAddress: mail.fromAddress,
    subject,
    body,
    inReplyTo: mail.messageId,
    references: mail.messageId === null ? [] : [...mail.references, mail.messageId],
  }
  let queued = false
  await actOn(
    house,
    measure.threadId,
    ({ sender, thread }): Step => {
      const now = sender.measures.find(({ id }) => id === measure.id)
      const at = house.now()
      // Somebody else may have answered, or lifted it, since it was listed.
      queued = now !== undefined && isInForce(now, at) && now.answeredAt === measure.answeredAt
      if (!queued || !now) return { kind: 'step', events: [] }
      const of = { at, by: null, threadId: thread.id, measureId: measure.id, letterId }
      const { proposer: author, confirmer: approver } = now
      const messageId = messageIdFor(house, thread.id, content.fromAddress)
      const contentSha256 = contentHash(content)
      const { revision } = thread
      const written = { revision, author, approver, messageId, contentSha256 }
      return {
        kind: 'step',
        events: [
          { ...of, ...written, kind: 'notice_written', letterKind: 'mute_answer' },
          { ...of, kind: 'mute_answered', senderId: sender.id, messageId: mail.id },
        ],
      }
    },
    [content],
  )
  return queued
}
