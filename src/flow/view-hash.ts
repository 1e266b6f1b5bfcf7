import type { Assessment } from '../domain/assessment.ts'
import type { Arrival } from '../store/arrivals.ts'
import { viewColumns } from '../store/arrivals.writes.ts'
import type { RowOf } from '../store/kept.ts'
import { sealing, sha256 } from '../store/sealing.ts'

type Seen = ReturnType<typeof viewColumns> &
  Pick<Arrival, 'fromAddress' | 'fromName' | 'sentAt' | 'receivedAt'>

type File = Omit<RowOf<'attachments'>, 'id' | 'messageId'>

/** The hash of what people and rules are shown of a mail as it is about to be stored. */
export function viewHash({ mail, fromAddress, fromName, sentAt, receivedAt }: Arrival): string {
  const files = mail.attachments.map(({ index: place, ...file }) => ({ place, ...file }))
  return hashOf({ ...viewColumns(mail), fromAddress, fromName, sentAt, receivedAt }, files)
}

/** The same of a mail as it lies there. */
export function storedViewHash(
  row: RowOf<'messages'>,
  attachments: readonly RowOf<'attachments'>[],
): string {
  const { subject, text, html, unreadable, header, protection, reader, to, cc, enclosures } = row
  const { fromAddress, fromName, sentAt, receivedAt } = row
  const view = { subject, text, html, unreadable, header, protection, reader, to, cc, enclosures }
  const files = attachments
    .map(({ id: _, messageId: __, ...file }) => file)
    .toSorted((a, b) => a.place - b.place)
  return hashOf({ ...view, fromAddress, fromName, sentAt, receivedAt }, files)
}

/** The hash of all that the rules said of a thread, evidence included. */
export function resultHash(result: Assessment): string {
  return sha256(wellFormed(sealing.canonical(result)))
}

/** The long texts by their own hashes: canonical JSON of them would cost more than the rest. */
function hashOf({ text, html, ...view }: Seen, files: readonly File[]): string {
  const long = { textSha256: sha256(text), htmlSha256: html === null ? null : sha256(html) }
  return sha256(wellFormed(sealing.canonical({ ...view, ...long, files })))
}

/** Half a surrogate pair is no character: databases keep U+FFFD instead of it. */
function wellFormed(json: string): string {
  return json.replace(/\\ud[89a-f][0-9a-f]{2}/g, '\ufffd')
}
