import type { Assessment } from '../src/domain/assessment.ts'
import type { Event } from '../src/domain/event.ts'
import type { ParsedMail } from '../src/domain/mail.ts'
import { reader } from '../src/mail/read.ts'
import type { Arrival } from '../src/store/arrivals.ts'
import { pack } from '../src/store/packing.ts'
import { sha256 } from '../src/store/sealing.ts'
import { termsOfMail } from '../src/store/terms.mail.ts'
import { withTime } from '../src/store/terms.ts'
import { bodyOf, type Chance } from './texts.ts'

export type Correspondence = {
  readonly threadId: string
  readonly writer: { readonly id: string; readonly name: string; readonly address: string }
  readonly mailbox: { readonly id: string; readonly address: string }
  readonly subject: string
  /** When it began, in milliseconds. */
  readonly began: number
  /** What the rules say of each of their mails. */
  readonly assessment: Assessment
}

/** One mail of a thread, theirs and ours in turns, and what it makes happen. */
export function letterFrom(
  about: Correspondence,
  newId: () => string,
  place: number,
  chance: Chance,
): { arrival: Arrival; said: Event[] } {
  const ours = place % 2 === 1
  const at = new Date(about.began + place * 12 * 3_600_000 + chance(3_600_000)).toISOString()
  const id = newId()
  const mail = mailOf(about, ours, place, bodyOf(chance))
  const raw = Buffer.from(`Message-ID: ${mail.messageId}\r\nX-Place: ${id}\r\n\r\n${mail.text}`)
  const rawSha256 = sha256(raw)
  const arrival: Arrival = {
    id,
    threadId: about.threadId,
    direction: ours ? 'out' : 'in',
    rawSha256,
    rawSize: raw.length,
    uid: null,
    packed: pack(raw),
    terms: withTime(termsOfMail(mail), at),
    mail,
    fromAddress: mail.from[0]?.address ?? '',
    fromName: mail.from[0]?.name ?? '',
    sentAt: at,
    receivedAt: at,
    leads: [],
    mutedBy: null,
    revision: 0,
    assessed: ours ? null : { result: about.assessment, read: [id] },
  }
  return { arrival, said: eventsOf(about, { id, rawSha256, at, ours }) }
}

export const harmless: Assessment = {
  ruleSet: 'generated',
  categories: [],
  severity: 0,
  flags: [],
  against: [],
}

/** What a house has some of: a category without a place in the text. */
export const harsh: Assessment = {
  ...harmless,
  categories: [{ code: 'verbal_abuse', score: 0.8, severity: 1, evidence: [] }],
  severity: 1,
}

function mailOf(about: Correspondence, ours: boolean, place: number, text: string): ParsedMail {
  const { writer, mailbox } = about
  const customer = { name: writer.name, address: writer.address }
  const desk = { name: 'お客様相談窓口', address: mailbox.address }
  const idAt = (n: number) => `<${about.threadId}.${n}@mail.example>`
  return {
    messageId: idAt(place),
    inReplyTo: place === 0 ? [] : [idAt(place - 1)],
    references: Array.from({ length: Math.min(place, 20) }, (_, n) => idAt(place - n - 1)),
    from: [ours ? desk : customer],
    to: [ours ? customer : desk],
    cc: [],
    subject: place === 0 ? about.subject : `Re: ${about.subject}`,
    date: null,
    text,
    html: null,
    attachments: place % 7 === 0 ? [photo] : [],
    identity: 'verified',
    ground: { code: 'dmarc_pass', by: 'mx.mamori.example' },
    nature: 'person',
    report: null,
    unreadable: null,
    header: null,
    protection: 'none',
    enclosures: [],
    reader: reader.version,
  }
}

const photo = {
  index: 0,
  filename: '写真.jpg',
  contentType: 'image/jpeg',
  inline: false,
  size: 240_000,
  sha256: sha256('a picture of a washing machine'),
}

type Placed = {
  readonly id: string
  readonly rawSha256: string
  readonly at: string
  readonly ours: boolean
}

function eventsOf(about: Correspondence, { id, rawSha256, at, ours }: Placed): Event[] {
  const { threadId, writer, mailbox, assessment } = about
  const stamp = { at, by: null, threadId, messageId: id }
  const origin = { ...stamp, senderId: writer.id, mailboxId: mailbox.id, rawSha256 }
  if (ours) return [{ ...origin, kind: 'own_message_recorded' }]
  const { ruleSet, severity, flags } = assessment
  const categories = assessment.categories.map(({ code }) => code)
  return [
    {
      ...origin,
      kind: 'message_received',
      identity: 'verified',
      nature: 'person',
      mutedBy: null,
    },
    {
      ...stamp,
      kind: 'thread_assessed',
      ruleSet,
      severity,
      categories,
      flags: flags.map(({ code }) => code),
      muted: false,
    },
  ]
}
