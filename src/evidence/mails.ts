import { typeOfFile } from '../domain/attachment.ts'
import type { Attachment } from '../domain/mail.ts'
import type { CaseMail } from '../store/dossiers.ts'
import { sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import type { Bag } from './bag.ts'
import { EvidenceError } from './error.ts'
import type { Scope } from './scope.ts'

/** Takes an attachment out of a mail; null where it cannot be. */
export type Take = (raw: Buffer, wanted: Attachment) => Promise<Buffer | null>

/** A mail in the package's table: which file it is, and which event of the chain is its own. */
type MailLine = Omit<CaseMail, 'rawSha256'> & {
  /** Null where the bytes are kept no more. */
  readonly file: string | null
  readonly sha256: string
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

/**
 * Writes each mail as it came in, and what was attached to it, under names of our own: whatever a
 * mail calls itself or its files stands in the table alone. Gives the files that there are not.
 */
export async function writeMails(
  { store, take }: { readonly store: Store; readonly take: Take },
  scope: Scope,
  bag: Bag,
): Promise<ReadonlySet<string>> {
  const absent = new Set<string>()
  for await (const { mail, number } of numbered(store, scope)) {
    const raw = await bytesOf(store, mail)
    const file = mailFile(mail, number)
    if (raw) await bag.add(file, [raw])
    else absent.add(file)
    for (const one of await store.threads.attachmentsOf(mail.id)) {
      const name = attachedFile(one, number)
      // The reader takes over what it is given.
      const bytes = raw && (await take(Buffer.from(raw), one))
      if (bytes) await bag.add(name, [bytes])
      else absent.add(name)
    }
  }
  return absent
}

/** The table of mails: which file is which, as they were written. */
export async function* mailLines(
  store: Store,
  scope: Scope,
  absent: ReadonlySet<string>,
): AsyncIterable<MailLine> {
  const there = (file: string) => (absent.has(file) ? null : file)
  for await (const { mail, number } of numbered(store, scope)) {
    const { rawSha256, ...row } = mail
    const attached = await store.threads.attachmentsOf(mail.id)
    const attachments = attached.map((one) => {
      const { filename, contentType, size, sha256: hash } = one
      return { file: there(attachedFile(one, number)), filename, contentType, size, sha256: hash }
    })
    yield { file: there(mailFile(mail, number)), sha256: rawSha256, ...row, attachments }
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

/** What it may be opened as is in its ending; everything else is bytes, whatever its name says. */
function attachedFile({ index, sha256: hash, filename }: Attachment, number: string): string {
  const known = typeOfFile(filename) ? /\.[a-z0-9]+$/i.exec(filename)?.[0].toLowerCase() : null
  const place = String(index + 1).padStart(2, '0')
  return `attachments/${number}-${place}-${hash.slice(0, 12)}${known ?? '.bin'}`
}
