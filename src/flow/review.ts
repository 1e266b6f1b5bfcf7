import { canonicalAddress, mayBeAnswered } from '../domain/address.ts'
import type { Person } from '../domain/person.ts'
import { approveLetter, submitReply } from '../domain/reply.ts'
import type { Verdict } from '../domain/review.ts'
import { refuse } from '../domain/step.ts'
import { answerSubject } from '../domain/subject.ts'
import { type Given, giveReview, settle as settleDispute } from '../domain/thread.ts'
import type { Instant } from '../domain/time.ts'
import { StaleWrite } from '../store/engine.ts'
import type { StoredMessage, ThreadRecord } from '../store/threads.ts'
import type { LetterContent } from '../store/writes.ts'
import { actOn, NotFound } from './act.ts'
import type { House, Outcome } from './house.ts'
import { contentHash, idsOf, letterFile, letterOf, oneLine } from './letter-content.ts'
import { isSendable, leavingMail } from './outgoing.ts'
import { withReference } from './reference.ts'

/** The longest reply, in UTF-16 units: a person's answer, not a book. */
export const replyLengthMax = 50_000

export type WrittenReply = {
  /** The letter to go on with, or null for a new one. */
  readonly letterId: string | null
  readonly revision: number
  readonly subject: string
  readonly body: string
  /** Whether signs of formatting count. */
  readonly formatted?: boolean
}

/** Takes one person's verdict on a thread (確認). */
export function review(
  house: House,
  threadId: string,
  given: Given,
  who: Person,
): Promise<Outcome> {
  return actOn(house, threadId, ({ thread }) =>
    giveReview(thread, given, who, house.now(), idsOf(house)),
  )
}

/** Settles a dispute between two reviews (判断). */
export function settle(
  house: House,
  threadId: string,
  verdict: Exclude<Verdict, { kind: 'unsure' }>,
  reason: string,
  who: Person,
): Promise<Outcome> {
  return actOn(house, threadId, ({ thread }) =>
    settleDispute(thread, verdict, reason, who, house.now(), idsOf(house)),
  )
}

/** Hands a reply, with the files put into it, to a second person; what was typed is no draft any more. */
export async function writeReply(
  house: House,
  threadId: string,
  reply: WrittenReply,
  who: Person,
): Promise<Outcome> {
  if (reply.body.trim() === '') return refuse('text_missing')
  const record = await house.store.threads.find(threadId)
  if (!record) throw new NotFound('thread', threadId)
  const answered = lastFromCustomer(record)
  if (!answered) return refuse('recipient_not_a_person')
  const letterId = reply.letterId ?? house.newId()
  const uploads = await house.store.uploads.pending(threadId, who.id, reply.letterId)
  const versionId = house.newId()
  const content = {
    versionId,
    ...replyContent(house, record, answered, letterId, reply),
    formatted: reply.formatted ?? false,
    files: uploads.map(letterFile),
  }
  if (!isSendable(content)) return refuse('words_unsafe')
  const { revision } = reply
  const writing = { letterId, revision, contentSha256: contentHash(content), versionId }
  const attached = { letterId, ids: uploads.map(({ id }) => id) }
  const outcome = await orChanged(() =>
    actOn(
      house,
      threadId,
      (matter) => submitReply(matter, writing, who, house.now(), idsOf(house)),
      [content],
      { attached },
    ),
  )
  if (outcome.kind === 'done') {
    await house.store.drafts.drop({ personId: who.id, threadId, kind: 'reply' })
  }
  return outcome
}

/**
 * Approves what somebody else wrote: the very mail that was shown is queued, under a Message-ID
 * that never changes. Where it would be another one by now, nothing is approved.
 */
export async function approve(
  house: House,
  letterId: string,
  shown: ShownMail,
  who: Person,
): Promise<Outcome> {
  const letter = await letterOf(house, letterId)
  const isFresh = isRecent(shown.at, house.now())
  const mail = await leavingMail(house, letter, isFresh ? shown.at : house.now())
  if (mail === null) return refuse('words_unsafe')
  const isSame = isFresh && mail.sha256 === shown.sha256
  const { contentSha256, fromAddress, threadId } = letter
  const seen = { contentSha256, messageId: mail.messageId, mailSha256: mail.sha256 }
  const raw = house.sign ? await house.sign(mail.raw, fromAddress) : mail.raw
  return actOn(
    house,
    threadId,
    (matter) => {
      const step = approveLetter(matter, letterId, seen, who, house.now(), idsOf(house))
      return step.kind === 'refused' || isSame ? step : refuse('mail_changed')
    },
    [],
    { mail: { letterId, raw, at: house.now() } },
  )
}

/** What a page showed of a mail that waits: when it was made, and the hash of all its bytes. */
export type ShownMail = { readonly at: Instant; readonly sha256: string }

/** A page that is older shows a mail whose date is older: it is shown anew. */
const shownForMs = 12 * 3_600_000

function isRecent(at: Instant, now: Instant): boolean {
  const age = Date.parse(now) - Date.parse(at)
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) && age >= 0 && age < shownForMs
}

/** Files that somebody takes out at the very moment in which the reply is handed in. */
async function orChanged(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('changed_meanwhile')
    throw error
  }
}

/**
 * The newest mail of the thread that can be answered and is not muted: the sender's own, as others
 * may have come by the sender's copy or by a code passed on. Theirs only where there is no other.
 */
export function lastFromCustomer(record: ThreadRecord): StoredMessage | undefined {
  return lastFromSender(record) ?? answerable(record).at(-1)
}

/** The newest such mail by the sender alone: a notice goes to nobody else. */
export function lastFromSender(record: ThreadRecord): StoredMessage | undefined {
  return answerable(record).findLast((message) => isFromSender(record, message))
}

/** Whether the thread's own sender wrote it. */
export function isFromSender(
  { senderAddresses }: Pick<ThreadRecord, 'senderAddresses'>,
  { fromAddress }: Pick<StoredMessage, 'fromAddress'>,
): boolean {
  return senderAddresses.includes(canonicalAddress(fromAddress))
}

function answerable({ mailbox, messages }: ThreadRecord): StoredMessage[] {
  const own = canonicalAddress(mailbox.address)
  return messages.filter(
    ({ direction, mutedBy, fromAddress, nature }) =>
      direction === 'in' &&
      mutedBy === null &&
      nature === 'person' &&
      mayBeAnswered(fromAddress) &&
      canonicalAddress(fromAddress) !== own,
  )
}

function replyContent(
  house: House,
  record: ThreadRecord,
  answered: StoredMessage,
  letterId: string,
  reply: WrittenReply,
): LetterContent {
  const { mailbox } = record
  const words = withReference(house, record.id, {
    subject: oneLine(reply.subject) || answerSubject(answered.subject),
    body: reply.body.replaceAll('\r\n', '\n').slice(0, replyLengthMax),
  })
  return {
    letterId,
    fromAddress: mailbox.address,
    fromName: mailbox.fromName ?? mailbox.department.ja,
    toAddress: answered.fromAddress,
    ...words,
    inReplyTo: answered.messageId,
    references: chainOf(answered),
  }
}

/** References as RFC 5322 section 3.6.4 asks: those of the mail answered, then its own id. */
export function chainOf({ references, messageId }: StoredMessage): string[] {
  return messageId === null ? [] : [...references.filter((id) => id !== messageId), messageId]
}
