import { z } from 'zod'
import type { SeenEvent } from './check.chain.ts'
import { itemsIn } from './check.lines.ts'
import type { OpenedZip } from './check.zip.ts'

/** The files that events of the chain are about, by what they are of. */
export type Tables = {
  /** Takes down an event: what it says of a file must be so. */
  note(seen: SeenEvent): void
  /** What differs, once the whole chain was heard. */
  flaws(): string[]
  readonly mails: number
  readonly letters: number
  /** Mails and attachments whose bytes are not in the package, as its tables say. */
  readonly absent: number
  /** Mails, letters and incidents of which people are hidden: their bytes are not in the package. */
  readonly masked: number
}

const attachment = z.object({ file: z.string().nullable(), sha256: z.string() })
const masked = z.string().nullish()
const mail = attachment.extend({ id: z.string(), masked, attachments: z.array(attachment) })
const letter = z.object({ id: z.string(), file: z.string().nullable(), masked })
const incident = z.object({
  incident: z.object({ id: z.string() }),
  file: z.string().nullable(),
  masked: z.boolean().optional(),
})

type Kept = { readonly file: string | null; heard: boolean }

type Book = {
  readonly mails: Map<string, Kept>
  readonly letters: Map<string, Kept>
  readonly incidents: Map<string, Kept>
  readonly flaws: string[]
  /** The hash that a file of the package has. */
  readonly hashOf: (file: string) => string | undefined
  absent: number
  masked: number
}

/** Reads the tables of mails, letters and incidents, to be compared with the chain. */
export async function openTables(
  zip: OpenedZip,
  hashes: ReadonlyMap<string, string>,
  most: number,
): Promise<Tables> {
  const book: Book = {
    ...{ mails: new Map(), letters: new Map(), incidents: new Map() },
    ...{ flaws: [], absent: 0, masked: 0, hashOf: (file) => hashes.get(`data/${file}`) },
  }
  await readTables(book, zip, most)
  return {
    note: (seen) => note(book, seen),
    flaws: () => [
      ...book.flaws,
      ...unheard('mail', book.mails),
      ...unheard('letter', book.letters),
      ...unheard('incident', book.incidents),
    ],
    mails: book.mails.size,
    letters: book.letters.size,
    absent: book.absent,
    masked: book.masked,
  }
}

async function readTables(book: Book, zip: OpenedZip, most: number): Promise<void> {
  const { mails, letters, incidents, flaws } = book
  for await (const one of itemsIn(zip, 'data/mails.json', { schema: mail, most, flaws })) {
    mails.set(one.id, { file: one.file, heard: false })
    countMasked(book, one.masked)
    compareFiles(book, one)
  }
  const written = itemsIn(zip, 'data/letters.json', { schema: letter, most, flaws })
  for await (const { id, file, masked: copy } of written) {
    letters.set(id, { file, heard: false })
    countMasked(book, copy)
  }
  const noted = itemsIn(zip, 'data/incidents.json', { schema: incident, most, flaws })
  for await (const { incident: one, file, masked: hidden } of noted) {
    incidents.set(one.id, { file, heard: false })
    book.masked += hidden ? 1 : 0
  }
}

/** Whether the mail's own file, and what was attached to it, are those that the table names. */
function compareFiles(book: Book, one: z.infer<typeof mail>): void {
  for (const { file, sha256 } of [one, ...one.attachments]) {
    if (file === null) book.absent += one.masked ? 0 : 1
    else if (book.hashOf(file) !== sha256) {
      book.flaws.push(`data/${file} is not what data/mails.json says it is`)
    }
  }
}

/** The copy that stands for what is masked has to be there, as its manifest lists it. */
function countMasked(book: Book, copy: string | null | undefined): void {
  if (!copy) return
  book.masked += 1
  if (book.hashOf(copy) === undefined)
    book.flaws.push(`data/${copy} is missing: it is a masked copy`)
}

function note(book: Book, { seq, event }: SeenEvent): void {
  const { messageId, letterId, incidentId } = event
  if ('rawSha256' in event) {
    compare(book, seq, 'mail', book.mails.get(String(messageId)), event.rawSha256)
  }
  if (event.kind === 'sending_started') {
    compare(book, seq, 'letter', book.letters.get(String(letterId)), event.bytesSha256)
  }
  if (event.kind === 'incident_recorded') {
    compare(book, seq, 'incident', book.incidents.get(String(incidentId)), event.pictureSha256)
  }
}

/** Whether the file that an event names by its hash is that one. */
function compare(
  { flaws, hashOf }: Book,
  seq: number,
  what: string,
  kept: Kept | undefined,
  said: unknown,
): void {
  if (!kept) {
    flaws.push(`event ${seq} names a ${what} that is not in the package`)
    return
  }
  kept.heard = true
  if (kept.file !== null && typeof said === 'string' && hashOf(kept.file) !== said) {
    flaws.push(`data/${kept.file} is not the ${what} of event ${seq}: its hash differs`)
  }
}

function unheard(what: string, kept: ReadonlyMap<string, Kept>): string[] {
  return [...kept.values()]
    .filter(({ heard }) => !heard)
    .map(
      ({ file }) => `${file === null ? `a ${what}` : `data/${file}`} is in no event of the chain`,
    )
}
