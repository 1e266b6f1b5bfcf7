import { promisify } from 'node:util'
import { zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import { asc, eq, gt } from 'drizzle-orm'
import type { Core } from './core.ts'
import { raws } from './tables.ts'

export type Raws = {
  /** The original bytes of a mail, unchanged. */
  find(sha256: string): Promise<Buffer | null>
  /** Every mail's bytes in turn, to be checked against their hash; null where they are damaged. */
  all(): AsyncIterable<{ readonly sha256: string; readonly bytes: Buffer | null }>
}

/** Bytes as they are kept: zstd at its default level, about 0.4 of their size. */
export function pack(bytes: Buffer): Buffer {
  return zstdCompressSync(bytes)
}

export function rawsIn({ db }: Core): Raws {
  return {
    async find(sha256) {
      const [row] = await db.select().from(raws).where(eq(raws.sha256, sha256))
      // In a thread of the pool: a large mail must not hold up everybody else's page.
      return row ? unpackAside(row.bytes) : null
    },
    async *all() {
      for (let last = ''; ; ) {
        const [row] = await db
          .select()
          .from(raws)
          .where(gt(raws.sha256, last))
          .orderBy(asc(raws.sha256))
          .limit(1)
        if (!row) return
        yield { sha256: row.sha256, bytes: unpackIfWhole(row.bytes) }
        last = row.sha256
      }
    },
  }
}

const unpackAside = promisify(zstdDecompress)

function unpack(bytes: Buffer): Buffer {
  return zstdDecompressSync(bytes)
}

function unpackIfWhole(bytes: Buffer): Buffer | null {
  try {
    return unpack(bytes)
  } catch {
    // Not zstd any more: what the caller looks for, and says in its own words.
    return null
  }
}
