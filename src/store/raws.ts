import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { Core } from './core.ts'
import { unpack, unpackAside, unpackIfWhole } from './packing.ts'
import { messages, outgoing, raws } from './tables.ts'

/** Bytes that are gone by an erasure are no longer there at all; damaged ones are null. */
export type KeptBytes = {
  readonly sha256: string
  readonly bytes: Buffer | null
  readonly gone: boolean
}

export type Raws = {
  /** The original bytes of a mail, unchanged; null where there are none, or where they were erased. */
  find(sha256: string): Promise<Buffer | null>
  /** The beginnings of these, in no order: at most so many bytes of each that is kept. */
  heads(sha256s: readonly string[], bytesMax: number): Promise<Buffer[]>
  /** Which of these bytes are kept. */
  kept(sha256s: readonly string[]): Promise<Set<string>>
  /** Every mail's bytes in turn, to be checked against their hash; null where they are damaged. */
  all(): AsyncIterable<KeptBytes>
  /** Names of bytes that are no message's and no letter's. */
  unnamed(limit: number): Promise<string[]>
}

export function rawsIn({ db }: Core): Raws {
  return {
    async find(sha256) {
      const [row] = await db.select().from(raws).where(eq(raws.sha256, sha256))
      return row && row.bytes.length > 0 ? unpackAside(row.bytes) : null
    },
    heads: (sha256s, bytesMax) => headsOf(db, sha256s, bytesMax),
    async kept(sha256s) {
      const rows = await db
        .select({ sha256: raws.sha256 })
        .from(raws)
        .where(inArray(raws.sha256, [...sha256s]))
      return new Set(rows.map(({ sha256 }) => sha256))
    },
    async *all() {
      for (let last = ''; ; ) {
        const page = await db
          .select({ sha256: raws.sha256, size: raws.size })
          .from(raws)
          .where(gt(raws.sha256, last))
          .orderBy(asc(raws.sha256))
          .limit(pageSize)
        for (const names of withinBytes(page)) yield* bytesOf(db, names)
        const newest = page.at(-1)
        if (!newest) return
        last = newest.sha256
      }
    },
    async unnamed(limit) {
      const rows = await db
        .select({ sha256: raws.sha256 })
        .from(raws)
        .leftJoin(messages, eq(messages.rawSha256, raws.sha256))
        .leftJoin(outgoing, eq(outgoing.rawSha256, raws.sha256))
        .where(and(isNull(messages.id), isNull(outgoing.id)))
        .limit(limit)
      return rows.map(({ sha256 }) => sha256)
    },
  }
}

/** Mails read at a time, and their bytes together: most are small, and one may be huge. */
const pageSize = 200
const pageBytes = 16 * 1024 * 1024

function withinBytes(page: readonly { readonly sha256: string; readonly size: number }[]) {
  const groups: string[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const { sha256, size } of page) {
    bytes += size
    if (bytes > pageBytes) {
      groups.push([])
      bytes = size
    }
    groups.at(-1)?.push(sha256)
  }
  return groups
}

/** To hand such a mail to another thread takes longer than to unpack it. */
const smallBytes = 32 * 1024

async function headsOf(db: Core['db'], sha256s: readonly string[], bytesMax: number) {
  const sizes = await db
    .select({ sha256: raws.sha256, size: raws.size })
    .from(raws)
    .where(inArray(raws.sha256, [...sha256s]))
  const heads: Buffer[] = []
  for (const names of withinBytes(sizes)) {
    const rows = await packedOf(db, names)
    const kept = rows.filter(({ bytes }) => bytes.length > 0)
    const whole = await Promise.all(
      kept.map(({ size, bytes }) => (size <= smallBytes ? unpack(bytes) : unpackAside(bytes))),
    )
    // Copies, so that the whole mails can go.
    heads.push(...whole.map((one) => Buffer.from(one.subarray(0, bytesMax))))
  }
  return heads
}

function packedOf(db: Core['db'], names: readonly string[]) {
  return db
    .select({ sha256: raws.sha256, size: raws.size, bytes: raws.bytes })
    .from(raws)
    .where(inArray(raws.sha256, [...names]))
}

async function* bytesOf(db: Core['db'], names: readonly string[]) {
  for (const { sha256, bytes } of await packedOf(db, names)) {
    yield { sha256, bytes: unpackIfWhole(bytes), gone: bytes.length === 0 }
  }
}
