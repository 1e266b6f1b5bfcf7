import Encoding from 'encoding-japanese'
import MailComposer from 'nodemailer/lib/mail-composer'
import { mailboxes } from './cast.ts'
import { quotation } from './quoting.ts'
import { deliveryReport } from './report.ts'
import type { Told } from './story/told.ts'

export type Telling = {
  readonly now: Date
  /** The receiving server that vouches for senders in Authentication-Results. */
  readonly authservId: string
  /** Every mail of the story by its key. */
  readonly told: ReadonlyMap<string, Told>
}

/** When the mail is sent and comes in. */
export function dateOf({ minutesAgo, live = 0 }: Told, { now }: Pick<Telling, 'now'>): Date {
  return new Date(now.getTime() - minutesAgo * 60_000 + live * 1000)
}

/** The words of the mail: what the writer wrote, and below it what the mail program quotes. */
export function textOf(one: Told, telling: Telling): string {
  const answered = answeredBy(one, telling)
  if (!one.quotes || !answered) return one.body
  const quoted = {
    name: answered.name,
    address: answered.address,
    to: recipientOf(answered, telling),
    subject: answered.subject,
    text: textOf(answered, telling),
    date: dateOf(answered, telling),
  }
  return `${one.body}\n\n${quotation(one.quotes, quoted)}`
}

/** The whole mail as it lies in the mailbox, our receiving server's lines on top. */
export async function bytesOf(one: Told, telling: Telling): Promise<Buffer> {
  const raw = one.bounced
    ? await reportOn(one, telling)
    : one.charset
      ? inCharset(one, one.charset, telling)
      : await composed(one, telling)
  return Buffer.concat([Buffer.from(receivedHead(one, telling)), raw])
}

/** What our own receiving server writes on top (RFC 8601), and nobody else's statement below it. */
function receivedHead(one: Told, telling: Telling): string {
  const domain = one.address.slice(one.address.indexOf('@') + 1)
  const result = one.authentication === 'fail' ? 'fail' : 'pass'
  const results =
    one.authentication === 'none'
      ? ''
      : `Authentication-Results: ${telling.authservId}; dmarc=${result} header.from=${domain}\r\n`
  const date = mailDate(dateOf(one, telling))
  return `${results}Received: from mail.${domain} by ${telling.authservId} with ESMTPS; ${date}\r\n`
}

function composed(one: Told, telling: Telling): Promise<Buffer> {
  const { messageId, inReplyTo, references } = idsOf(one, telling)
  const text = textOf(one, telling)
  const composer = new MailComposer({
    messageId,
    from: { name: one.name, address: one.address },
    to: recipientOf(one, telling),
    subject: one.subject,
    date: dateOf(one, telling),
    ...(one.html ? { html: one.html } : {}),
    ...(text ? { text } : {}),
    ...(inReplyTo ? { inReplyTo, references } : {}),
    headers: { ...one.headers },
    attachments: (one.attachments ?? []).map((enclosed) => ({ ...enclosed })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

const encodings = { 'ISO-2022-JP': 'JIS', Shift_JIS: 'SJIS', 'EUC-JP': 'EUCJP' } as const

type Charset = keyof typeof encodings

/** A mail as older Japanese mail programs write it: not UTF-8. */
function inCharset(one: Told, charset: Charset, telling: Telling): Buffer {
  const { messageId, inReplyTo, references } = idsOf(one, telling)
  const head = [
    `Message-ID: ${messageId}`,
    ...(inReplyTo ? [`In-Reply-To: ${inReplyTo}`] : []),
    ...(references.length > 0 ? [`References: ${references.join('\r\n ')}`] : []),
    `Date: ${mailDate(dateOf(one, telling))}`,
    `From: ${encodedWords(one.name, charset)} <${one.address}>`,
    `To: ${recipientOf(one, telling)}`,
    `Subject: ${encodedWords(one.subject, charset)}`,
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${charset}`,
    `Content-Transfer-Encoding: ${charset === 'ISO-2022-JP' ? '7bit' : '8bit'}`,
  ].join('\r\n')
  const text = textOf(one, telling).replaceAll('\n', '\r\n')
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), inBytes(text, charset)])
}

/** Characters in one encoded word: with their escapes they stay under its 75 (RFC 2047). */
const wordCharactersMax = 10

function encodedWords(text: string, charset: Charset): string {
  const characters = [...text]
  const words: string[] = []
  for (let at = 0; at < characters.length; at += wordCharactersMax) {
    const part = characters.slice(at, at + wordCharactersMax).join('')
    words.push(`=?${charset}?B?${inBytes(part, charset).toString('base64')}?=`)
  }
  return words.join('\r\n ')
}

function inBytes(text: string, charset: Charset): Buffer {
  const codes = Encoding.stringToCode(text)
  return Buffer.from(Encoding.convert(codes, { to: encodings[charset], from: 'UNICODE' }))
}

/** The report of a mail server that could not deliver what we wrote. */
async function reportOn(one: Told, telling: Telling): Promise<Buffer> {
  const answered = answeredBy(one, telling)
  if (!answered)
    throw new Error(`${one.key} reports on a mail that is not told: name it in answers`)
  return deliveryReport({
    from: one.address,
    to: answered.address,
    subject: one.subject,
    messageId: idsOf(one, telling).messageId,
    date: mailDate(dateOf(one, telling)),
    explanation: one.body,
    recipient: recipientOf(answered, telling),
    returned: await composed(answered, telling),
  })
}

/** Message-ID, In-Reply-To and the whole chain of References (RFC 5322 section 3.6.4). */
function idsOf(one: Told, telling: Telling) {
  const references: string[] = []
  for (let at = answeredBy(one, telling); at; at = answeredBy(at, telling)) {
    references.unshift(messageIdOf(at))
  }
  return { messageId: messageIdOf(one), inReplyTo: references.at(-1) ?? '', references }
}

function messageIdOf({ key, address }: Told): string {
  return `<${key}.${address.replace(/[^a-z0-9]/g, '.')}@story.example>`
}

function answeredBy({ answers }: Told, { told }: Telling): Told | undefined {
  return answers === undefined ? undefined : told.get(answers)
}

/** We write to whom we answer; everybody else writes to the department. */
function recipientOf(one: Told, telling: Telling): string {
  const answered = answeredBy(one, telling)
  if (one.own && answered) return answered.address
  const { folder = 'INBOX' } = one
  return mailboxes.find(({ folders }) => folders.includes(folder))?.address ?? ''
}

function mailDate(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000')
}
