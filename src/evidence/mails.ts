import { typeOfFile } from '../domain/attachment.ts'
import type { Attachment } from '../domain/mail.ts'
import type { Language } from '../domain/person.ts'
import type { CaseMail } from '../store/dossiers.ts'
import { sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import type { Bag } from './bag.ts'
import { EvidenceError } from './error.ts'
import type { Mask } from './mask.ts'
import { holdsMail, maskedMail } from './masked.ts'
import type { Scope } from './scope.ts'

/** Takes an attachment out of a mail; null where it cannot be. */
export type Take = (raw: Buffer, wanted: Attachment) => Promise<Buffer | null>

/** A mail in the package's table: which file it is, and which event of the chain is its own. */
type MailLine = Omit<CaseMail, 'rawSha256'> & {
  /** Null where the bytes are kept no more, or are masked. */
  readonly file: string | null
  /** Of the mail as it came in, also where it is masked. */
  readonly sha256: string
  /** The copy with people hidden that stands for it; null where it is whole. */
  readonly masked: string | null
  readonly attachments: readonly AttachedLine[]
}

/** An attachment as it was called, and the file that it is; null where it could not be taken out. */
type AttachedLine = {
  readonly file: string | null
  readonly filename: string
  readonly contentType: string
  readonly size: number
  readonly sha256: string
}

/** Mails whose rows are read at a time; their bytes are read one by one. */
const pageSize = 100

/** Files that are not in the package, and mails of which there is a masked copy alone. */
export type Left = { readonly absent: ReadonlySet<string>; readonly masked: ReadonlySet<string> }

/** What passes mails on: how files are taken out of them, who is hidden, who hears of each. */
export type Passing = {
  readonly store: Store
  readonly take: Take
  readonly mask: Mask
  readonly language: Language
  readonly passed: (mails: number) => void
}

/**
 * Writes each mail as it came in, and what was attached to it, under names of our own: whatever a
 * mail calls itself or its files stands in the table alone. Of a mail that names somebody who is to
 * be hidden there is a copy of its words; its files stay out, as nobody can look into them.
 */
export async function writeMails(passing: Passing, scope: Scope, bag: Bag): Promise<Left> {
  const { store, mask, language } = passing
  const [absent, masked] = [new Set<string>(), new Set<string>()]
  let passed = 0
  for await (const { mail, number } of numbered(store, scope)) {
    const raw = await bytesOf(store, mail)
    const attached = await store.threads.attachmentsOf(mail.id)
    const hidden = raw && mask.people > 0 && (await holdsMail(store, mask, mail.id, raw, attached))
    if (hidden) {
      masked.add(mail.id)
      await bag.add(maskedFile(mail, number), [await maskedMail(store, mask, mail.id, language)])
    } else {
      const whole = { file: mailFile(mail, number), raw, attached, number }
      for (const name of await writeWhole(passing, whole, bag)) absent.add(name)
    }
    passed += 1
    passing.passed(passed)
  }
  return { absent, masked }
}

type Whole = {
  readonly file: string
  readonly raw: Buffer | null
  readonly attached: readonly Attachment[]
  readonly number: string
}

/** Gives the files that there are not. */
async function writeWhole(
  { take }: Passing,
  { file, raw, attached, number }: Whole,
  bag: Bag,
): Promise<string[]> {
  const absent: string[] = []
  if (raw) await bag.add(file, [raw])
  else absent.push(file)
  for (const one of attached) {
    const name = attachedFile(one, number)
    // The reader takes over what it is given.
    const bytes = raw && (await take(Buffer.from(raw), one))
    if (bytes) await bag.add(name, [bytes])
    else absent.push(name)
  }
  return absent
}

/** The table of mails: which file is which, as they were written. */
export async function* mailLines(
  { store, mask }: Pick<Passing, 'store' | 'mask'>,
  scope: Scope,
  { absent, masked }: Left,
): AsyncIterable<MailLine> {
  for await (const { mail, number } of numbered(store, scope)) {
    const { rawSha256, ...row } = mail
    const hidden = masked.has(mail.id)
    const there = (file: string) => (hidden || absent.has(file) ? null : file)
    const attached = await store.threads.attachmentsOf(mail.id)
    const attachments = attached.map((one) => {
      const { filename, contentType, size, sha256: hash } = one
      return { file: there(attachedFile(one, number)), filename, contentType, size, sha256: hash }
    })
    yield {
      ...{ file: there(mailFile(mail, number)), sha256: rawSha256 },
      ...{ masked: hidden ? maskedFile(mail, number) : null },
      ...mask.value({ ...row, attachments }),
    }
  }
}

async function* numbered({ dossiers }: Store, { mails }: Scope) {
  for (let from = 0; from < mails.length; from += pageSize) {
    const ids = mails.slice(from, from + pageSize).map(({ id }) => id)
    const rows = new Map((await dossiers.mails(ids)).map((mail) => [mail.id, mail]))
    for (const [at, id] of ids.entries()) {
      const mail = rows.get(id)
      if (mail) yield { mail, number: numberOf(from + at, mails.length) }
    }
  }
}

async function bytesOf({ raws }: Store, { id, rawSha256 }: CaseMail): Promise<Buffer | null> {
  const raw = await raws.find(rawSha256)
  if (raw === null || sha256(raw) === rawSha256) return raw
  throw new EvidenceError(`mail ${id} was changed in the database: run verify`)
}

/** A mail's number in the package, as wide as the last one's. */
export function numberOf(at: number, of: number): string {
  return String(at + 1).padStart(Math.max(4, String(of).length), '0')
}

/** The file of a mail: its number, and the hash of its Message-ID. */
export function mailFile(
  { id, messageId }: Pick<CaseMail, 'id' | 'messageId'>,
  number: string,
): string {
  return `mails/${number}-${sha256(messageId ?? id).slice(0, 12)}.eml`
}

/** The file of the copy that stands for a mail in which people are hidden. */
export function maskedFile(mail: Pick<CaseMail, 'id' | 'messageId'>, number: string): string {
  return mailFile(mail, number).replace(/\.eml$/, '.masked.txt')
}

/** What it may be opened as is in its ending; everything else is bytes, whatever its name says. */
function attachedFile({ index, sha256: hash, filename }: Attachment, number: string): string {
  const known = typeOfFile(filename) ? /\.[a-z0-9]+$/i.exec(filename)?.[0].toLowerCase() : null
  const place = String(index + 1).padStart(2, '0')
  return `attachments/${number}-${place}-${hash.slice(0, 12)}${known ?? '.bin'}`
}
