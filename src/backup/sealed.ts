import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { BackupError } from './error.ts'

/** A fresh key: `AGE-SECRET-KEY-1…`, as the program `age` writes it. */
export function newBackupKey(): Promise<string> {
  return generateX25519Identity()
}

/** The key in a text: the first line that is one, as in the files of `age-keygen`. */
export function backupKeyIn(text: string): string {
  const key = text.split(/\s+/).find((word) => /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/.test(word))
  if (key) return key
  throw new BackupError('there is no backup key in it: make one with `mamori keys backup`')
}

/** Seals what flows by for the key (age, X25519 and ChaCha20-Poly1305 in chunks). */
export async function seal(plain: Readable, key: string): Promise<Readable> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(key))
  const sealed = await encrypter.encrypt(asWeb(plain))
  return Readable.fromWeb(sealed as ReadableStream<Uint8Array>)
}

/** What is sealed in the file, as it comes out; each chunk is proven before it does. */
export async function* opened(file: string, key: string): AsyncIterable<Uint8Array> {
  const { size } = await stat(file)
  const source = (await open(file)).createReadStream()
  try {
    const plain = await decrypted(file, source, key)
    let out = 0
    try {
      for await (const chunk of plain) {
        out += chunk.length
        yield chunk
      }
    } catch (error) {
      throw error instanceof RangeError || error instanceof TypeError
        ? error
        : new BackupError(await whereBroken(file, size, out))
    }
  } finally {
    source.destroy()
  }
}

async function decrypted(file: string, source: Readable, key: string) {
  const decrypter = new Decrypter()
  decrypter.addIdentity(key)
  try {
    return (await decrypter.decrypt(asWeb(source))) as ReadableStream<Uint8Array>
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw error
    const wrongKey = error instanceof Error && /no identity matched/.test(error.message)
    throw new BackupError(
      wrongKey
        ? `${file} was sealed with another key than this one`
        : `${file} is no backup, or its beginning was changed or cut off`,
    )
  }
}

const chunkBytes = 65_536
const sealedChunkBytes = chunkBytes + 16

/** The last chunk alone shows that it is the last one: where it fails, the end may be missing. */
async function whereBroken(file: string, size: number, out: number): Promise<string> {
  const failed = Math.floor(out / chunkBytes)
  const chunks = Math.ceil((size - (await payloadAt(file))) / sealedChunkBytes)
  return failed >= chunks - 1
    ? `${file} was cut off: its end is missing, or was changed`
    : `${file} was changed, between bytes ${failed * sealedChunkBytes} and ${(failed + 1) * sealedChunkBytes}`
}

/** The header ends with the line `--- MAC`; a nonce of 16 bytes follows. */
async function payloadAt(file: string): Promise<number> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
    const head = buffer.toString('latin1', 0, bytesRead)
    const mac = head.indexOf('\n--- ')
    return head.indexOf('\n', mac + 1) + 1 + 16
  } finally {
    await handle.close()
  }
}

function asWeb(stream: Readable): globalThis.ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as globalThis.ReadableStream<Uint8Array>
}
