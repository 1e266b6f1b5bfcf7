import { promisify } from 'node:util'
import { zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib'

/** Bytes as they are kept: zstd at its default level, about 0.4 of their size. */
export function pack(bytes: Buffer): Buffer {
  return zstdCompressSync(bytes)
}

/** The bytes as they were; throws where they are damaged. */
export function unpack(bytes: Uint8Array): Buffer {
  return zstdDecompressSync(bytes)
}

/** The same, or null where they are damaged: for whoever says so in their own words. */
export function unpackIfWhole(bytes: Uint8Array): Buffer | null {
  try {
    return unpack(bytes)
  } catch {
    // Not zstd any more: what the caller looks for.
    return null
  }
}

/** The same in a thread of the pool: a large mail must not hold up everybody else's page. */
export const unpackAside: (bytes: Buffer) => Promise<Buffer> = promisify(zstdDecompress)

/** What stands in the place of bytes that were erased. */
export const noBytes = Buffer.alloc(0)
