import { and, asc, eq, gt } from 'drizzle-orm'
import type { CareTask } from '../domain/care.ts'
import type { Event } from '../domain/event.ts'
import type { LetterFile } from '../domain/letter.ts'
import type { Instant } from '../domain/time.ts'
import { careWrites } from './care-tasks.ts'
import type { Core } from './core.ts'
import type { Db, Write } from './engine.ts'
import { approvedAnswerWrite, type ConfirmedAnswer } from './measure-terms.ts'
import { pack } from './packing.ts'
import { sha256 } from './sealing.ts'
import { letterVersions, outgoing, raws, uploads } from './tables.ts'
import type { LetterContent } from './writes.ts'

/** Everything that a reply's hash covers, and what goes with it into the mail. */
export type LetterWords = Omit<LetterContent, 'letterId' | 'versionId'>

/** The words of a reply as one person handed them in, or another changed them. */
export type LetterVersion = {
  readonly id: string
  readonly letterId: string
  readonly author: string
  readonly at: Instant
  readonly words: LetterWords
  readonly contentSha256: string
}

/** A mail as it was approved, to be kept with the approval: this and nothing else is sent. */
export type LetterMail = {
  readonly letterId: string
  readonly raw: Buffer
  readonly at: Instant
}

/** What else changes in the commit that changes a letter. */
export type Beside = {
  /** The mail that was approved. */
  readonly mail?: LetterMail
  /** Files that belong to the letter from now on. */
  readonly attached?: { readonly letterId: string; readonly ids: readonly string[] }
  /** The automatic answer to muted mail that was confirmed. */
  readonly answer?: ConfirmedAnswer
  /** Care tasks that the act calls for. */
  readonly care?: readonly CareTask[]
}

export type LetterVersions = {
  /** Oldest first. */
  of(letterId: string): Promise<LetterVersion[]>
  /** Every version there is, oldest first, in pages. */
  all(after: string, limit: number): Promise<LetterVersion[]>
  /** The files that any version of the letter names. */
  filesOf(letterId: string): Promise<LetterFile[]>
}

export function letterVersionsIn({ db }: Core): LetterVersions {
  const of = (letterId: string) =>
    db
      .select()
      .from(letterVersions)
      .where(eq(letterVersions.letterId, letterId))
      .orderBy(asc(letterVersions.id))
  return {
    of,
    async all(after, limit) {
      return db
        .select()
        .from(letterVersions)
        .where(gt(letterVersions.id, after))
        .orderBy(asc(letterVersions.id))
        .limit(limit)
    },
    async filesOf(letterId) {
      const files = (await of(letterId)).flatMap(({ words }) => words.files ?? [])
      return [...new Map(files.map((file) => [file.id, file])).values()]
    },
  }
}

/** A row for each version that these events hand in or change. */
export function versionWrites(
  tx: Db,
  events: readonly Event[],
  contents: readonly LetterContent[],
): Write[] {
  return events.flatMap((event) => {
    if (event.kind !== 'reply_submitted' && event.kind !== 'reply_changed') return []
    const { letterId, contentSha256, by, at } = event
    const content = contents.find((one) => one.letterId === letterId)
    if (content?.versionId === undefined) return []
    const { letterId: _, versionId: id, ...words } = content
    return [
      tx
        .insert(letterVersions)
        .values({ id, letterId, author: by ?? '', at, words, contentSha256 })
        .returning({ id: letterVersions.id }),
    ]
  })
}

/** The approved bytes, the files handed in and the confirmed answer, kept in the same commit. */
export function besideWrites(tx: Db, { mail, attached, answer, care }: Beside): Write[] {
  return [
    ...careWrites(tx, care ?? []),
    ...(answer ? [approvedAnswerWrite(tx, answer)] : []),
    ...(mail ? mailWrites(tx, mail) : []),
    ...(attached?.ids ?? []).map((id) =>
      tx
        .update(uploads)
        .set({ letterId: attached?.letterId ?? null })
        .where(and(eq(uploads.id, id), eq(uploads.removed, false)))
        .returning({ id: uploads.id }),
    ),
  ]
}

function mailWrites(tx: Db, { letterId: id, raw, at }: LetterMail): Write[] {
  const name = sha256(raw)
  const row = { id, rawSha256: name, copyAt: at, lookAt: at }
  return [
    tx
      .insert(raws)
      .values({ sha256: name, size: raw.length, bytes: pack(raw) })
      .returning({ id: raws.sha256 }),
    tx.insert(outgoing).values(row).returning({ id: outgoing.id }),
  ]
}
