import Encoding from 'encoding-japanese'
import MailComposer from 'nodemailer/lib/mail-composer'
import { harassment } from './story/harassment.ts'
import { mainStory } from './story/kuroiwa.ts'
import { legitimate } from './story/legitimate.ts'
import { machines } from './story/machines.ts'
import { ordinary } from './story/ordinary.ts'
import type { Theme, Told } from './story/told.ts'

/** A mail of the story in its bytes, as the receiving server puts it into a folder. */
export type StoryMail = {
  readonly key: string
  readonly theme: Theme
  readonly folder: string
  readonly raw: Buffer
  readonly date: Date
  /** Seconds after the start, or null where it is there from the beginning. */
  readonly live: number | null
}

export type Telling = {
  readonly now: Date
  /** The receiving server that vouches for senders in Authentication-Results. */
  readonly authservId: string
}

const addresses: Record<string, string> = {
  INBOX: 'support@hinata-kurashi.example',
  Billing: 'billing@hinata-kurashi.example',
  Stores: 'stores@hinata-kurashi.example',
}

/** Everything that is told, oldest first; what comes in live is last. */
export async function storyMails(telling: Telling): Promise<StoryMail[]> {
  const told = [...ordinary, ...legitimate, ...machines, ...mainStory, ...harassment]
  const mails = await Promise.all(told.map((one) => storyMail(one, told, telling)))
  return mails.sort(
    (a, b) => (a.live ?? -1) - (b.live ?? -1) || a.date.getTime() - b.date.getTime(),
  )
}

async function storyMail(one: Told, told: readonly Told[], telling: Telling): Promise<StoryMail> {
  const date = new Date(telling.now.getTime() - one.minutesAgo * 60_000 + (one.live ?? 0) * 1000)
  const folder = one.folder ?? 'INBOX'
  const raw = one.charset ? inCharset(one, one.charset, date) : await composed(one, told, date)
  const stamped = Buffer.concat([Buffer.from(receivedHead(one, telling, date)), raw])
  return { key: one.key, theme: one.theme, folder, raw: stamped, date, live: one.live ?? null }
}

/** What our own receiving server writes on top (RFC 8601), and nobody else's statement below it. */
function receivedHead({ address, authentication }: Told, telling: Telling, date: Date): string {
  const domain = address.slice(address.indexOf('@') + 1)
  const result = authentication === 'fail' ? 'fail' : 'pass'
  const results =
    authentication === 'none'
      ? ''
      : `Authentication-Results: ${telling.authservId}; dmarc=${result} header.from=${domain}\r\n`
  const received = `Received: from mail.${domain} by ${telling.authservId} with ESMTPS; ${date.toUTCString()}\r\n`
  return results + received
}

function composed(one: Told, told: readonly Told[], date: Date): Promise<Buffer> {
  const own = addresses[one.folder ?? 'INBOX'] ?? ''
  const to = one.own ? (told.find(({ key }) => key === one.answers)?.address ?? own) : own
  const composer = new MailComposer({
    messageId: messageIdOf(one),
    from: { name: one.name, address: one.address },
    to,
    subject: one.subject,
    date,
    ...(one.html ? { html: one.html } : {}),
    ...(one.body ? { text: one.body } : {}),
    ...answering(one, told),
    headers: { ...one.headers },
    attachments: (one.attachments ?? []).map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      content: Buffer.from(content, 'base64'),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

/** In-Reply-To and the whole chain of References (RFC 5322 section 3.6.4). */
function answering(one: Told, told: readonly Told[]) {
  const chain: string[] = []
  let answered = told.find(({ key }) => key === one.answers)
  const inReplyTo = answered ? messageIdOf(answered) : ''
  while (answered) {
    chain.unshift(messageIdOf(answered))
    const { answers } = answered
    answered = told.find(({ key }) => key === answers)
  }
  return inReplyTo === '' ? {} : { inReplyTo, references: chain }
}

function messageIdOf({ key, address }: Told): string {
  return `<${key}.${address.replace(/[^a-z0-9]/g, '.')}@story.example>`
}

const encodings = { 'ISO-2022-JP': 'JIS', Shift_JIS: 'SJIS', 'EUC-JP': 'EUCJP' } as const

/** A mail as older Japanese mail programs write it: not UTF-8. */
function inCharset(one: Told, charset: keyof typeof encodings, date: Date): Buffer {
  const bytes = (text: string) =>
    Buffer.from(
      Encoding.convert(Encoding.stringToCode(text), { to: encodings[charset], from: 'UNICODE' }),
    )
  const word = (text: string) => `=?${charset}?B?${bytes(text).toString('base64')}?=`
  const head = [
    `Message-ID: ${messageIdOf(one)}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `From: ${word(one.name)} <${one.address}>`,
    `To: ${addresses[one.folder ?? 'INBOX']}`,
    `Subject: ${word(one.subject)}`,
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${charset}`,
    `Content-Transfer-Encoding: ${charset === 'ISO-2022-JP' ? '7bit' : '8bit'}`,
  ].join('\r\n')
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), bytes(one.body.replaceAll('\n', '\r\n'))])
}
