import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { LetterFile } from '../domain/letter.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Write } from './engine.ts'
import { pack, unpackAside } from './packing.ts'
import { uploads } from './tables.ts'

/** A file for a reply, without its bytes. */
export type Upload = LetterFile & {
  readonly threadId: string
  readonly personId: string
  /** The reply that it was handed in with. */
  readonly letterId: string | null
}

export type Uploads = {
  /** Files that a person's reply in a thread would take along: new ones, and those of the letter. */
  pending(threadId: string, personId: string, letterId: string | null): Promise<Upload[]>
  find(id: string): Promise<Upload | null>
  /** Bytes by the file's id. */
  bytesOf(ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>>
  add(upload: Upload, bytes: Buffer, at: Instant): Promise<void>
  /** Takes it out; one that was handed in is kept for the versions that name it. */
  remove(upload: Upload): Promise<void>
}

const shown = {
  id: uploads.id,
  threadId: uploads.threadId,
  personId: uploads.personId,
  letterId: uploads.letterId,
  filename: uploads.filename,
  contentType: uploads.contentType,
  size: uploads.size,
  sha256: uploads.sha256,
}

export function uploadsIn(core: Core): Uploads {
  const { db } = core
  return {
    async pending(threadId, personId, letterId) {
      const fresh = and(isNull(uploads.letterId), eq(uploads.personId, personId))
      const own = letterId === null ? fresh : or(fresh, eq(uploads.letterId, letterId))
      return db
        .select(shown)
        .from(uploads)
        .where(and(eq(uploads.threadId, threadId), eq(uploads.removed, false), own))
        .orderBy(asc(uploads.id))
    },
    async find(id) {
      const [row] = await db.select(shown).from(uploads).where(eq(uploads.id, id))
      return row ?? null
    },
    async bytesOf(ids) {
      const rows = await db
        .select({ id: uploads.id, bytes: uploads.bytes })
        .from(uploads)
        .where(inArray(uploads.id, [...ids]))
      const found = rows.map(async ({ id, bytes }) => [id, await unpackAside(bytes)] as const)
      return new Map(await Promise.all(found))
    },
    add(upload, bytes, at) {
      const row = { ...upload, bytes: pack(bytes), at }
      return core.write((tx) => [tx.insert(uploads).values(row).returning({ id: uploads.id })])
    },
    remove({ id, letterId }) {
      return core.write((tx): Write[] => [
        letterId === null
          ? tx.delete(uploads).where(eq(uploads.id, id)).returning({ id: uploads.id })
          : tx
              .update(uploads)
              .set({ removed: true })
              .where(eq(uploads.id, id))
              .returning({ id: uploads.id }),
      ])
    },
  }
}
