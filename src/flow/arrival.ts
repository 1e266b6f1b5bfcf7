import { canonicalAddress } from '../domain/address.ts'
import type { ExchangeMessage } from '../domain/assessment.ts'
import type { ParsedMail } from '../domain/mail.ts'
import type { Instant } from '../domain/time.ts'
import type { Arrival } from '../store/arrivals.ts'
import { exchanged } from '../store/filed.ts'
import { withTime } from '../store/terms.ts'
import type { Draft } from './desk.ts'
import type { House } from './house.ts'
import type { Read } from './receive.ts'
import type { Threading } from './threading.ts'

/** The one address that a mail is From, canonical; empty where it names none or several. */
export function fromOf({ mail }: Read): { name: string; address: string } {
  const [only, another] = mail.from
  if (!only || another) return { name: only?.name ?? '', address: '' }
  return { name: only.name || only.address, address: canonicalAddress(only.address) }
}

/** The mail as it will be stored in that thread. */
export function arrivalOf(
  { house, threading }: { readonly house: House; readonly threading: Threading },
  read: Read,
  draft: Draft,
  direction: 'in' | 'out',
  mutedBy: string | null,
): Arrival {
  const { incoming, sha256, packed, terms } = read
  const mail = withoutNul(read.mail)
  const receivedAt = incoming.receivedAt.toISOString()
  const sentAt = plausible(mail.date, receivedAt)
  return {
    id: house.newId(),
    threadId: draft.matter.thread.id,
    direction,
    rawSha256: sha256,
    rawSize: incoming.size,
    uid: incoming.uid,
    packed,
    terms: withTime(terms, sentAt),
    mail,
    fromAddress: mail.from[0]?.address ?? '',
    fromName: mail.from[0]?.name ?? '',
    sentAt,
    receivedAt,
    mutedBy,
    revision: draft.matter.thread.revision + (direction === 'in' && mutedBy === null ? 1 : 0),
    leads: threading.leadsOf(read),
    assessed: null,
  }
}

/** A NUL is no character of any text: one database keeps it, the other refuses it. */
export function withoutNul(mail: ParsedMail): ParsedMail {
  const clean = (text: string) => (text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text)
  return {
    ...mail,
    messageId: mail.messageId === null ? null : clean(mail.messageId),
    from: mail.from.map(({ name, address }) => ({ name: clean(name), address: clean(address) })),
    subject: clean(mail.subject),
    text: clean(mail.text),
    html: mail.html === null ? null : clean(mail.html),
    unreadable: mail.unreadable === null ? null : clean(mail.unreadable),
    header: mail.header === null ? null : clean(mail.header),
    attachments: mail.attachments.map((part) => ({ ...part, filename: clean(part.filename) })),
    enclosures: mail.enclosures.map((one) => cleaned(one, clean)),
  }
}

/** Every text of it, at whatever depth. */
function cleaned<T>(value: T, clean: (text: string) => string): T {
  return JSON.parse(JSON.stringify(value), (_, inner) =>
    typeof inner === 'string' ? clean(inner) : inner,
  )
}

/** The mail in the exchange format that rules read. */
export function exchangedArrival({
  mail,
  direction,
  fromAddress,
  fromName,
  sentAt,
}: Arrival): ExchangeMessage {
  const { to, subject, text } = mail
  return exchanged({ direction, fromAddress, fromName, to, sentAt, subject, text })
}

/** Everybody who wrote it or was written to, canonical. */
export function participantsOf({ mail, fromAddress }: Arrival): string[] {
  return [fromAddress, ...[...mail.to, ...mail.cc].map(({ address }) => address)].map(
    canonicalAddress,
  )
}

/** A Date header in the future or before e-mail was common is no date: the server's own counts. */
function plausible(date: Date | null, receivedAt: Instant): Instant {
  if (date === null || Number.isNaN(date.getTime()) || date.getFullYear() < 1990) return receivedAt
  const sent = date.toISOString()
  return date.getTime() > Date.parse(receivedAt) + 86_400_000 ? receivedAt : sent
}
