import { compose } from '../mail/compose.ts'
import {
  displayName,
  emailAddress,
  headerLine,
  type MessageId,
  mailText,
  messageId as ownId,
  referredId,
  UnsafeMail,
} from '../mail/outgoing.ts'
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
    const raw = await compose(outgoingMail(letter, at))
    const signed = house.sign ? await house.sign(raw, letter.fromAddress) : raw
    return await outgoing.keep(letter.id, signed, at)
  } catch (error) {
    if (!(error instanceof UnsafeMail)) throw error
    return { kind: 'refused', code: 0, reason: error.message }
  }
}

/** Whether words can be sent as they stand: asked while somebody still can change them. */
export function isSendable({ subject, body }: { subject: string; body: string }): boolean {
  try {
    headerLine('Subject', subject)
    mailText(body)
    return true
  } catch (error) {
    if (error instanceof UnsafeMail) return false
    throw error
  }
}

function outgoingMail(letter: WrittenLetter, date: string) {
  const { messageId, fromAddress, fromName, toAddress, inReplyTo } = letter
  if (messageId === null) throw new Error(`letter ${letter.id} was never approved: nothing is sent`)
  return {
    messageId: ownId(messageId),
    from: {
      name: displayName('From name', fromName),
      address: emailAddress('From', fromAddress),
    },
    to: emailAddress('To', toAddress),
    subject: headerLine('Subject', letter.subject),
    text: mailText(letter.body),
    inReplyTo: inReplyTo === null ? null : (usable('In-Reply-To', [inReplyTo])[0] ?? null),
    references: usable('References', letter.references),
    date: new Date(date),
    // Two people wrote and approved it, but a notice answers nobody's machine (RFC 3834).
    autoSubmitted: autoSubmittedOf(letter.kind),
  }
}

function autoSubmittedOf(kind: WrittenLetter['kind']) {
  if (kind === 'reply') return null
  return kind === 'mute_answer' ? ('auto-replied' as const) : ('auto-generated' as const)
}

/** What customers' programs call their mails is sometimes no name: then it is left out. */
function usable(field: string, ids: readonly string[]): MessageId[] {
  return ids.flatMap((id) => {
    try {
      return [referredId(field, id)]
    } catch (error) {
      // One that was made to break out of its header is no mere oddity.
      if (error instanceof UnsafeMail && !/[\r\n\0]/.test(id)) return []
      throw error
    }
  })
}
