import { threadOfMessageId } from '../mail/message-id.ts'
import type { SentLetter } from '../store/arrivals.ts'
import { fromOf } from './arrival.ts'
import type { House } from './house.ts'
import type { Read } from './receive.ts'

/** The letter that a mail is a copy of: for our archive, or from the Sent folder. */
export async function copiedLetter(
  { house, own }: { readonly house: House; readonly own: ReadonlySet<string> },
  read: Read,
): Promise<SentLetter | null> {
  const { messageId, text } = read.mail
  if (messageId === null || !own.has(fromOf(read).address)) return null
  if (threadOfMessageId(messageId, house.messageIdSecret) === null) return null
  const letter = await house.store.arrivals.letter(messageId)
  // Whoever got the letter knows its Message-ID as well, and may have put other words under it.
  return letter && sameWords(letter.body, text) ? letter : null
}

function sameWords(a: string, b: string): boolean {
  const bare = (text: string) => text.replace(/\s+/g, ' ').trim()
  return bare(a) === bare(b)
}
