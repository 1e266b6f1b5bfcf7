import type { LetterFile } from '../domain/letter.ts'
import { newMessageId } from '../mail/message-id.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { WrittenLetter } from '../store/threads.ts'
import type { LetterContent } from '../store/writes.ts'
import { NotFound } from './act.ts'
import type { House } from './house.ts'

/** The hash that stands for a letter's words, files and addresses in the log. */
export function contentHash(content: Omit<LetterContent, 'letterId'>): string {
  const { fromAddress, toAddress, subject, body, formatted = false, files = [] } = content
  if (!formatted && files.length === 0) {
    return sha256([fromAddress, toAddress, subject, body].join('\n'))
  }
  const named = files.map(({ id: _, ...file }) => file)
  const all = { fromAddress, toAddress, subject, body, formatted, files: named }
  return sha256(sealing.canonical(all))
}

/**
 * A Message-ID of ours that answers find their thread by: another one each time, or the one that a
 * letter of that id always has.
 */
export function messageIdFor(
  house: House,
  threadId: string,
  fromAddress: string,
  unique: string = house.newId(),
): string {
  const domain = fromAddress.slice(fromAddress.lastIndexOf('@') + 1)
  return newMessageId({ threadId, domain, unique, secret: house.messageIdSecret })
}

/** A file as a letter names it. */
export function letterFile({ id, filename, contentType, size, sha256: hash }: LetterFile) {
  return { id, filename, contentType, size, sha256: hash }
}

/** Words for a header or a name: one line. */
export function oneLine(text: string): string {
  return text
    .replace(/[\r\n\0]+/g, ' ')
    .trim()
    .slice(0, 500)
}

export async function letterOf({ store }: House, letterId: string): Promise<WrittenLetter> {
  const letter = await store.letters.find(letterId)
  if (!letter) throw new NotFound('letter', letterId)
  return letter
}

export function idsOf({ newId }: House) {
  return { review: newId(), decision: newId() }
}
