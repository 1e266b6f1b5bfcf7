import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Bytes as they are kept: zstd at its default level, about 0.4 of their size. */
export function pack(bytes: Buffer): Buffer {
  return zstdCompressSync(bytes)
}

/** The bytes as they were; throws where they are damaged. */
export function unpack(bytes: Buffer): Buffer {
  return zstdDecompressSync(bytes)
}
