import { and, eq, inArray, isNull, ne, notInArray } from 'drizzle-orm'
import type { Address } from '../domain/mail.ts'
import type { Db } from './engine.ts'
import type { LetterWords } from './letter-versions.ts'
import { noBytes } from './packing.ts'
import {
  assessments,
  attachments,
  drafts,
  letters,
  letterVersions,
  messages,
  notes,
  outgoing,
  raws,
  searchTexts,
  threads,
  uploads,
} from './tables.ts'

/** Every row of a thread that holds words, as it was read: what an erasure empties. */
export type ThreadContent = {
  readonly threadId: string
  readonly version: number
  readonly messages: readonly { readonly id: string; readonly sha256: string }[]
  /** The addresses that our own mails went to, which stay: by them a sender is known. */
  readonly wroteTo: ReadonlyMap<string, readonly Address[]>
  /** Original bytes that no other mail and no other letter needs. */
  readonly bytes: readonly string[]
  readonly letters: readonly string[]
  readonly versions: readonly { readonly id: string; readonly words: LetterWords }[]
  readonly notes: readonly string[]
  readonly uploads: readonly string[]
  /** Rows that go altogether: they hold nothing but words. */
  readonly attachments: readonly string[]
  readonly drafts: readonly string[]
  readonly searched: readonly string[]
  readonly assessments: readonly (typeof assessments.$inferSelect)[]
}

function bare(addresses: readonly Address[]): Address[] {
  return addresses.map(({ address }) => ({ name: '', address }))
}

/** Null where there is no such thread. */
export async function contentOf(db: Db, threadId: string): Promise<ThreadContent | null> {
  const [thread] = await db
    .select({ version: threads.version })
    .from(threads)
    .where(eq(threads.id, threadId))
  if (!thread) return null
  const mails = await db
    .select({
      ...{ id: messages.id, sha256: messages.rawSha256 },
      ...{ direction: messages.direction, to: messages.to },
    })
    .from(messages)
    .where(and(eq(messages.threadId, threadId), isNull(messages.erasedAt)))
    .orderBy(messages.id)
  const mailIds = mails.map(({ id }) => id)
  const ownLetters = await idsOf(
    db.select({ id: letters.id }).from(letters).where(eq(letters.threadId, threadId)),
  )
  return {
    threadId,
    version: thread.version,
    messages: mails.map(({ id, sha256 }) => ({ id, sha256 })),
    wroteTo: new Map(
      mails.flatMap(({ id, direction, to }) => (direction === 'out' ? [[id, bare(to)]] : [])),
    ),
    bytes: await bytesOf(db, mails, ownLetters),
    ...(await writtenIn(db, threadId, ownLetters)),
    attachments: await idsOf(
      db
        .select({ id: attachments.id })
        .from(attachments)
        .where(inArray(attachments.messageId, mailIds)),
    ),
    searched: await idsOf(
      db
        .select({ id: searchTexts.messageId })
        .from(searchTexts)
        .where(inArray(searchTexts.messageId, mailIds)),
    ),
    assessments: await db.select().from(assessments).where(eq(assessments.threadId, threadId)),
  }
}

async function writtenIn(db: Db, threadId: string, ownLetters: readonly string[]) {
  const filled = and(eq(notes.threadId, threadId), ne(notes.body, ''))
  const withBytes = and(eq(uploads.threadId, threadId), ne(uploads.bytes, noBytes))
  const versions = await db
    .select({ id: letterVersions.id, words: letterVersions.words })
    .from(letterVersions)
    .where(inArray(letterVersions.letterId, [...ownLetters]))
    .orderBy(letterVersions.id)
  const withWords = and(eq(letters.threadId, threadId), ne(letters.body, ''))
  return {
    letters: await idsOf(db.select({ id: letters.id }).from(letters).where(withWords)),
    versions: versions.filter(({ words }) => words.body !== ''),
    notes: await idsOf(db.select({ id: notes.id }).from(notes).where(filled)),
    uploads: await idsOf(db.select({ id: uploads.id }).from(uploads).where(withBytes)),
    drafts: await idsOf(
      db.select({ id: drafts.id }).from(drafts).where(eq(drafts.threadId, threadId)),
    ),
  }
}

/** Bytes shared by several mails go only with the last one. */
async function bytesOf(
  db: Db,
  mails: ThreadContent['messages'],
  ownLetters: readonly string[],
): Promise<string[]> {
  const sent = await db
    .select({ sha256: outgoing.rawSha256 })
    .from(outgoing)
    .where(inArray(outgoing.id, [...ownLetters]))
  const wanted = [...new Set([...mails, ...sent].map(({ sha256 }) => sha256))]
  const own = mails.map(({ id }) => id)
  const elsewhere = await db
    .select({ sha256: messages.rawSha256 })
    .from(messages)
    .where(
      and(
        inArray(messages.rawSha256, wanted),
        isNull(messages.erasedAt),
        notInArray(messages.id, own),
      ),
    )
  const others = await db
    .select({ sha256: outgoing.rawSha256 })
    .from(outgoing)
    .innerJoin(letters, eq(letters.id, outgoing.id))
    .where(
      and(
        inArray(outgoing.rawSha256, wanted),
        notInArray(outgoing.id, [...ownLetters]),
        ne(letters.body, ''),
      ),
    )
  const needed = new Set([...elsewhere, ...others].map(({ sha256 }) => sha256))
  const kept = await db
    .select({ sha256: raws.sha256 })
    .from(raws)
    .where(and(inArray(raws.sha256, wanted), ne(raws.bytes, noBytes)))
  return kept
    .map(({ sha256 }) => sha256)
    .filter((name) => !needed.has(name))
    .toSorted()
}

async function idsOf(rows: PromiseLike<{ readonly id: string }[]>): Promise<string[]> {
  return (await rows).map(({ id }) => id).toSorted()
}
