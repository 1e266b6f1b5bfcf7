import type { Attachment } from '../domain/mail.ts'
import type { Language } from '../domain/person.ts'
import { sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import { textFor } from '../text/text.ts'
import type { Mask } from './mask.ts'

/** Whether anything that can be read of a mail names somebody who is to be hidden. */
export async function holdsMail(
  store: Store,
  mask: Mask,
  id: string,
  raw: Buffer,
  attached: readonly Attachment[],
): Promise<boolean> {
  const row = await rowOf(store, id)
  const { fromName, fromAddress, to, cc, subject, text, html, header, enclosures } = row
  const people = [{ name: fromName, address: fromAddress }, ...to, ...cc]
  const read = [
    ...people.flatMap(({ name, address }) => [name, address]),
    ...[subject, text, html ?? '', (html ?? '').replace(/<[^>]*>/g, ''), header ?? ''],
    ...attached.map(({ filename }) => filename),
    JSON.stringify(enclosures),
    // Addresses of the header that no column has: Delivered-To, Reply-To, Received.
    raw.toString('latin1'),
  ]
  return read.some((one) => mask.holds(one))
}

/** A copy of what a mail says, with people hidden, and the hash of the mail itself. */
export async function maskedMail(
  store: Store,
  mask: Mask,
  id: string,
  language: Language,
): Promise<string> {
  const { fromName, fromAddress, to, cc, subject, text, sentAt, rawSha256 } = await rowOf(store, id)
  const list = (people: typeof to) =>
    people.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ')
  const head = {
    From: list([{ name: fromName, address: fromAddress }]),
    To: list(to),
    Cc: list(cc),
    Date: sentAt,
    Subject: subject,
  }
  return copyOf({ head, text, rawSha256 }, mask, language)
}

/** A copy of a letter of ours. */
export function maskedLetter(
  letter: Readonly<Record<'fromAddress' | 'toAddress' | 'subject' | 'body', string>> & {
    readonly sentAt: string | null
  },
  raw: Buffer,
  mask: Mask,
  language: Language,
): string {
  const { fromAddress, toAddress, subject, body, sentAt } = letter
  const head = { From: fromAddress, To: toAddress, Date: sentAt ?? '', Subject: subject }
  return copyOf({ head, text: body, rawSha256: sha256(raw) }, mask, language)
}

type Copy = {
  readonly head: Readonly<Record<string, string>>
  readonly text: string
  readonly rawSha256: string
}

function copyOf({ head, text, rawSha256 }: Copy, mask: Mask, language: Language): string {
  const { copy } = textFor(language).casePackage.masked
  const fields = Object.entries(head).filter(([, value]) => value !== '')
  const lines = fields.map(([name, value]) => `${name}: ${mask.words(value)}\n`).join('')
  return `${copy}\nSHA-256: ${rawSha256}\n\n${lines}\n${mask.words(text)}\n`
}

async function rowOf({ kept }: Store, id: string) {
  const [row] = await kept.of('messages', 'id', [id])
  if (!row) throw new Error(`mail ${id} is gone while the case is exported`)
  return row
}
