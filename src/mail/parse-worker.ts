import { parentPort } from 'node:worker_threads'
import { readMail } from './read.ts'

/** One mail to read, as the parser hands it over. */
export type ParseTask = { readonly raw: Uint8Array; readonly trusted: readonly string[] }

parentPort?.on('message', async ({ raw, trusted }: ParseTask) => {
  const mail = await readMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), trusted)
  parentPort?.postMessage(mail)
})
