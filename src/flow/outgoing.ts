import type { LetterFile } from '../domain/letter.ts'
import type { Instant } from '../domain/time.ts'
import { compose, type OutgoingFile, type OutgoingMail } from '../mail/compose.ts'
import { htmlOf, isFormatted, plainOf } from '../mail/formatting.ts'
import {
  displayName,
  emailAddress,
  fileName,
  headerLine,
  type MessageId,
  mailText,
  messageId as ownId,
  referredId,
  UnsafeMail,
} from '../mail/outgoing.ts'
import type { SendOutcome } from '../mail/smtp.ts'
import type { OutgoingBytes } from '../store/outgoing.ts'
import { sha256 } from '../store/sealing.ts'
import type { WrittenLetter } from '../store/threads.ts'
import { NotFound } from './act.ts'
import type { House } from './house.ts'
import { messageIdFor } from './letter-content.ts'
import { signatureFor } from './wordings.ts'

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
    const { raw } = await composed(house, letter, at)
    const signed = house.sign ? await house.sign(raw, letter.fromAddress) : raw
    return await outgoing.keep(letter.id, signed, at)
  } catch (error) {
    if (!(error instanceof UnsafeMail)) throw error
    return { kind: 'refused', code: 0, reason: error.message }
  }
}

/** A mail as it will leave, to be shown before it is approved: the bytes, and what they say. */
export type LeavingMail = {
  readonly raw: Buffer
  /** Of the bytes; our DKIM signature goes on top of them. */
  readonly sha256: string
  readonly at: Instant
  readonly messageId: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string | null
  readonly files: readonly LetterFile[]
}

/** The whole mail that a letter becomes at that time; null where it cannot be sent as it stands. */
export async function leavingMail(
  house: House,
  letter: WrittenLetter,
  at: Instant,
): Promise<LeavingMail | null> {
  try {
    const { raw, mail } = await composed(house, letter, at)
    const { messageId, from, to, subject, text, html = null } = mail
    const { files } = letter
    return { raw, sha256: sha256(raw), at, messageId, from, to, subject, text, html, files }
  } catch (error) {
    if (error instanceof UnsafeMail) return null
    throw error
  }
}

async function composed(house: House, letter: WrittenLetter, at: Instant) {
  const mail = await outgoingMail(house, letter, at)
  return { mail, raw: await compose(mail) }
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

async function outgoingMail(
  house: House,
  letter: WrittenLetter,
  date: Instant,
): Promise<OutgoingMail> {
  const { fromAddress, fromName, toAddress, inReplyTo } = letter
  const messageId = letter.messageId ?? messageIdFor(house, letter.threadId, fromAddress, letter.id)
  return {
    messageId: ownId(messageId),
    from: {
      name: displayName('From name', fromName),
      address: emailAddress('From', fromAddress),
    },
    to: emailAddress('To', toAddress),
    subject: headerLine('Subject', letter.subject),
    ...(await wordsOf(house, letter)),
    files: await filesOf(house, letter),
    inReplyTo: inReplyTo === null ? null : (usable('In-Reply-To', [inReplyTo])[0] ?? null),
    references: usable('References', letter.references),
    date: new Date(date),
    // Two people wrote and approved it, but a notice answers nobody's machine (RFC 3834).
    autoSubmitted: autoSubmittedOf(letter.kind),
  }
}

/** A reply goes out as plain text with the signature below, and as HTML only where it is formatted. */
async function wordsOf(house: House, { kind, body, formatted, threadId }: WrittenLetter) {
  if (kind !== 'reply') return { text: mailText(body) }
  const record = await house.store.threads.find(threadId)
  if (!record) throw new NotFound('thread', threadId)
  const signature = await signatureFor(house, record)
  const foot = signature === '' ? '' : `\n\n-- \n${signature}`
  const source = `${body.trimEnd()}${foot}\n`
  if (!formatted || !isFormatted(body)) return { text: mailText(source), html: null }
  const text = mailText(`${plainOf(body).trimEnd()}${foot}\n`)
  return { text, html: htmlOf(body, foot) }
}

async function filesOf({ store }: House, { files }: WrittenLetter): Promise<OutgoingFile[]> {
  const bytes = await store.uploads.bytesOf(files.map(({ id }) => id))
  return files.map(({ id, filename, contentType, sha256: hash }) => {
    const content = bytes.get(id)
    if (!content || sha256(content) !== hash) {
      throw new UnsafeMail(filename, 'its bytes are not those that were put in')
    }
    return { name: fileName(filename), contentType, bytes: content }
  })
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
