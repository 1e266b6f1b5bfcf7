import { canonicalAddress, mayBeAnswered } from '../domain/address.ts'
import type { Person } from '../domain/person.ts'
import {
  approveLetter,
  changeReply,
  returnReply,
  saveReply,
  submitReply,
  withdrawReply,
} from '../domain/reply.ts'
import type { Verdict } from '../domain/review.ts'
import { refuse } from '../domain/step.ts'
import { answerSubject } from '../domain/subject.ts'
import { type Given, giveReview, settle as settleDispute } from '../domain/thread.ts'
import { newMessageId } from '../mail/message-id.ts'
import { sha256 } from '../store/sealing.ts'
import type { StoredMessage, ThreadRecord } from '../store/threads.ts'
import type { LetterContent } from '../store/writes.ts'
import { actOn, NotFound } from './act.ts'
import type { House, Outcome } from './house.ts'
import { isSendable } from './outgoing.ts'
import { withReference } from './reference.ts'

/** The longest reply, in UTF-16 units: a person's answer, not a book. */
export const replyLengthMax = 50_000

export type WrittenReply = {
  /** The letter to go on with, or null for a new one. */
  readonly letterId: string | null
  readonly revision: number
  readonly subject: string
  readonly body: string
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

/** Saves a reply as a draft, or hands it to a second person. */
export async function writeReply(
  house: House,
  threadId: string,
  reply: WrittenReply,
  how: 'save' | 'submit',
  who: Person,
): Promise<Outcome> {
  if (reply.body.trim() === '') return refuse('text_missing')
  const record = await house.store.threads.find(threadId)
  if (!record) throw new NotFound('thread', threadId)
  const answered = lastFromCustomer(record)
  if (!answered) return refuse('recipient_not_a_person')
  const letterId = reply.letterId ?? house.newId()
  const content = replyContent(house, record, answered, letterId, reply)
  if (!isSendable(content)) return refuse('words_unsafe')
  const { revision } = reply
  const writing = { letterId, revision, contentSha256: contentHash(content) }
  return actOn(
    house,
    threadId,
    (matter) =>
      how === 'save'
        ? saveReply(matter, writing, who, house.now())
        : submitReply(matter, writing, who, house.now(), idsOf(house)),
    [content],
  )
}

/** Approves what somebody else wrote: it is queued under a Message-ID that never changes. */
export async function approve(
  house: House,
  letterId: string,
  shownSha256: string,
  who: Person,
): Promise<Outcome> {
  const letter = await letterOf(house, letterId)
  if (letter.contentSha256 !== shownSha256) return refuse('changed_meanwhile')
  const messageId = messageIdFor(house, letter.threadId, letter.fromAddress)
  return actOn(house, letter.threadId, (matter) =>
    approveLetter(matter, letterId, messageId, who, house.now(), idsOf(house)),
  )
}

/** Rewrites a reply that waits; its first author, or anybody else, then approves the new words. */
export async function change(
  house: House,
  letterId: string,
  words: { readonly subject: string; readonly body: string },
  who: Person,
): Promise<Outcome> {
  if (words.body.trim() === '') return refuse('text_missing')
  const letter = await letterOf(house, letterId)
  const { fromAddress, fromName, toAddress, inReplyTo, references } = letter
  const content: LetterContent = {
    letterId,
    fromAddress,
    fromName,
    toAddress,
    inReplyTo,
    references,
    ...withReference(house, letter.threadId, {
      subject: oneLine(words.subject) || letter.subject,
      body: words.body.slice(0, replyLengthMax),
    }),
  }
  if (!isSendable(content)) return refuse('words_unsafe')
  return actOn(
    house,
    letter.threadId,
    (matter) => changeReply(matter, letterId, contentHash(content), who, house.now(), idsOf(house)),
    [content],
  )
}

/** Gives a reply back to its author with a remark. */
export async function giveBack(
  house: House,
  letterId: string,
  remark: string,
  who: Person,
): Promise<Outcome> {
  const letter = await letterOf(house, letterId)
  return actOn(house, letter.threadId, (matter) =>
    returnReply(matter, letterId, remark, who, house.now()),
  )
}

/** Withdraws a reply that has not left yet. */
export async function withdraw(house: House, letterId: string, who: Person): Promise<Outcome> {
  const letter = await letterOf(house, letterId)
  return actOn(house, letter.threadId, (matter) =>
    withdrawReply(matter, letterId, who, house.now()),
  )
}

/** The hash that stands for a letter's words and addresses in the log. */
export function contentHash(content: Omit<LetterContent, 'letterId'>): string {
  const { fromAddress, toAddress, subject, body } = content
  return sha256([fromAddress, toAddress, subject, body].join('\n'))
}

/** A Message-ID of ours that answers find their thread by. */
export function messageIdFor(house: House, threadId: string, fromAddress: string): string {
  const domain = fromAddress.slice(fromAddress.lastIndexOf('@') + 1)
  const unique = house.newId()
  return newMessageId({ threadId, domain, unique, secret: house.messageIdSecret })
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
    body: reply.body.slice(0, replyLengthMax),
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

function oneLine(text: string): string {
  return text
    .replace(/[\r\n\0]+/g, ' ')
    .trim()
    .slice(0, 500)
}

async function letterOf({ store }: House, letterId: string) {
  const letter = await store.letters.find(letterId)
  if (!letter) throw new NotFound('letter', letterId)
  return letter
}

function idsOf({ newId }: House) {
  return { review: newId(), decision: newId() }
}
