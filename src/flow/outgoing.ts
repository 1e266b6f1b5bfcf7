import { compose, UnsafeMail } from '../mail/compose.ts'
import type { SendOutcome } from '../mail/smtp.ts'
import type { OutgoingBytes } from '../store/outgoing.ts'
import type { WrittenLetter } from '../store/threads.ts'
import type { House } from './house.ts'

/**
 * The letter as it leaves. Made before the first attempt and kept, so that every attempt, and the
 * copy in the Sent folder, is the same mail. Or why it cannot be sent: an address that is none is
 * refused by us.
 */
export async function bytesOf(
  house: House,
  letter: WrittenLetter,
): Promise<OutgoingBytes | SendOutcome> {
  const { outgoing } = house.store
  const kept = await outgoing.bytesOf(letter.id)
  if (kept) return kept
  const at = house.now()
  try {
    return await outgoing.keep(letter.id, await compose(outgoingMail(letter, at)), at)
  } catch (error) {
    if (!(error instanceof UnsafeMail)) throw error
    return { kind: 'refused', code: 0, reason: error.message }
  }
}

function outgoingMail(letter: WrittenLetter, date: string) {
  const { messageId, fromAddress, fromName, toAddress, subject, body } = letter
  if (messageId === null) throw new Error(`letter ${letter.id} was never approved: nothing is sent`)
  return {
    messageId,
    from: { name: fromName, address: fromAddress },
    to: { name: '', address: toAddress },
    subject,
    text: body,
    inReplyTo: letter.inReplyTo,
    references: letter.references,
    date: new Date(date),
    // Two people wrote and approved it, but a notice answers nobody's machine (RFC 3834).
    autoSubmitted: letter.kind === 'reply' ? null : ('auto-generated' as const),
  }
}
