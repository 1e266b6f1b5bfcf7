import type { Enclosed, EnclosedFile, EnclosedMail, Protection } from '../domain/mail.ts'
import { addressesIn } from './addresses.ts'
import { readCalendar } from './calendar.ts'
import { decodeCharset } from './charset.ts'
import { readCms } from './cms.ts'
import { safeFilename } from './filename.ts'
import { headerFields } from './header.ts'
import { wordsOfHtml } from './markup.ts'
import { dateOf, subjectOf } from './title.ts'
import { readTnef } from './tnef.ts'

/** What was seen in a part. */
export type Sight = {
  readonly enclosed: Enclosed | null
  /** Words that stand for the mail's own where it has none. */
  readonly words: string
  readonly protection: Protection
}

export const unseen: Sight = { enclosed: null, words: '', protection: 'none' }

/** Looks into a part while it passes by. */
export type Look = {
  take(chunk: Buffer): Promise<void>
  end(): Promise<Sight>
}

export type PartHead = {
  readonly filename: string
  readonly contentType: string
  readonly charset: string
}

/** A mail within the mail as it is taken apart; `done` rejects where that fails. */
export type Opened = {
  take(chunk: Buffer): Promise<void>
  readonly done: () => Promise<Inner>
}

export type Inner = {
  readonly text: string
  readonly html: string
  readonly parts: readonly { readonly file: EnclosedFile; readonly enclosed: Enclosed | null }[]
}

/** Opens what a part holds as a mail; null where that would lead too deep. */
export type Opening = () => Opened | null

/** Larger ones are not looked into; they are attachments like any other. */
const calendarBytesMax = 256 * 1024
const containerBytesMax = 32 * 1024 * 1024
const headBytesMax = 64 * 1024

/** Names listed of what one part encloses; the original holds the rest. */
const filesMax = 30
const mailsMax = 10

/** The look that a part deserves by its type or name; null where it is just a file. */
export function lookInto(head: PartHead, open: Opening): Look | null {
  const { contentType, filename } = head
  if (/^message\/(?:rfc822|global)$/.test(contentType)) return lookAtMail(open)
  if (contentType === 'text/calendar' || /\.ics$/i.test(filename)) {
    return whole(calendarBytesMax, (bytes) => sightOfCalendar(bytes, head.charset))
  }
  if (/^application\/(?:vnd\.)?ms-tnef$/.test(contentType) || /^winmail\.dat$/i.test(filename)) {
    return whole(containerBytesMax, sightOfTnef)
  }
  if (/^application\/(?:x-)?pkcs7-mime$/.test(contentType)) {
    return whole(containerBytesMax, (bytes) => sightOfCms(bytes, open))
  }
  return null
}

/** A look at all bytes together; what is too large stays unseen. */
function whole(bytesMax: number, see: (bytes: Buffer) => Sight | Promise<Sight>): Look {
  const chunks: Buffer[] = []
  let size = 0
  return {
    async take(chunk) {
      size += chunk.length
      if (size <= bytesMax) chunks.push(chunk)
      else chunks.length = 0
    },
    end: async () => (size > bytesMax ? unseen : see(Buffer.concat(chunks))),
  }
}

function sightOfCalendar(bytes: Buffer, charset: string): Sight {
  const calendar = readCalendar(decodeCharset(charset || 'utf-8', bytes))
  if (!calendar) return unseen
  return { ...unseen, enclosed: calendar.invitation, words: calendar.words }
}

function sightOfTnef(bytes: Buffer): Sight {
  const tnef = readTnef(bytes)
  if (!tnef) return unseen
  const files = tnef.files.map(({ filename, size }, place) => {
    return { filename: safeFilename(filename, place), size }
  })
  return { ...unseen, enclosed: packed(files), words: tnef.words }
}

/** What a signature wraps is a MIME entity of its own (RFC 8551 section 3.5.2). */
async function sightOfCms(bytes: Buffer, open: Opening): Promise<Sight> {
  const cms = readCms(bytes)
  if (cms?.kind !== 'signed') return { ...unseen, protection: 'smime_encrypted' }
  const signed: Sight = { ...unseen, protection: 'smime_signed' }
  const opened = cms.content ? open() : null
  if (!cms.content || !opened) return signed
  await opened.take(cms.content)
  const inner = await opened.done().catch(() => null)
  if (!inner) return signed
  const words = inner.text.trim() === '' ? wordsOfHtml(inner.html) : inner.text
  const files = inner.parts.map(({ file }) => file)
  return { ...signed, words, enclosed: files.length > 0 ? packed(files) : null }
}

function packed(files: readonly EnclosedFile[]): Enclosed {
  return { kind: 'packed', files: files.slice(0, filesMax), fileCount: files.length }
}

/** Its header comes from its first bytes, so that it is known where the rest cannot be read. */
function lookAtMail(open: Opening): Look {
  const head: Buffer[] = []
  let size = 0
  const opened = open()
  return {
    async take(chunk) {
      if (size < headBytesMax) head.push(chunk)
      size += chunk.length
      await opened?.take(chunk)
    },
    async end() {
      const inner = opened ? await opened.done().catch(() => null) : null
      return { ...unseen, enclosed: enclosedMail(Buffer.concat(head), inner) }
    },
  }
}

function enclosedMail(head: Buffer, inner: Inner | null): EnclosedMail {
  const fields = headerFields(head)
  const parts = inner?.parts ?? []
  const isMail = (one: Enclosed | null): one is EnclosedMail => one?.kind === 'mail'
  const files = parts.filter(({ enclosed }) => !isMail(enclosed)).map(({ file }) => file)
  return {
    kind: 'mail',
    from: addressesIn(fields, 'from').slice(0, 3),
    subject: subjectOf(fields).slice(0, 300),
    date: dateOf(fields)?.toISOString() ?? null,
    files: files.slice(0, filesMax),
    fileCount: files.length,
    mails: parts
      .map(({ enclosed }) => enclosed)
      .filter(isMail)
      .slice(0, mailsMax),
  }
}
