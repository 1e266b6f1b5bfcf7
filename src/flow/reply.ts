import type { Person } from '../domain/person.ts'
import { changeReply, returnReply, withdrawReply } from '../domain/reply.ts'
import { refuse } from '../domain/step.ts'
import type { LetterContent } from '../store/writes.ts'
import { actOn } from './act.ts'
import type { House, Outcome } from './house.ts'
import { contentHash, idsOf, letterOf, oneLine } from './letter-content.ts'
import { isSendable } from './outgoing.ts'
import { withReference } from './reference.ts'
import { replyLengthMax } from './review.ts'

export type ChangedWords = {
  readonly subject: string
  readonly body: string
  /** The hash of the words that they were written over. */
  readonly before: string
}

/** Rewrites a reply that waits; its first author, or anybody else, then approves the new words. */
export async function change(
  house: House,
  letterId: string,
  words: ChangedWords,
  who: Person,
): Promise<Outcome> {
  if (words.body.trim() === '') return refuse('text_missing')
  const letter = await letterOf(house, letterId)
  const { fromAddress, fromName, toAddress, inReplyTo, references, formatted, files } = letter
  const versionId = house.newId()
  const content: LetterContent = {
    letterId,
    versionId,
    fromAddress,
    fromName,
    toAddress,
    inReplyTo,
    references,
    formatted,
    files,
    ...withReference(house, letter.threadId, {
      subject: oneLine(words.subject) || letter.subject,
      body: words.body.replaceAll('\r\n', '\n').slice(0, replyLengthMax),
    }),
  }
  if (!isSendable(content)) return refuse('words_unsafe')
  const changing = { contentSha256: contentHash(content), versionId, before: words.before }
  return actOn(
    house,
    letter.threadId,
    (matter) => changeReply(matter, letterId, changing, who, house.now(), idsOf(house)),
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
