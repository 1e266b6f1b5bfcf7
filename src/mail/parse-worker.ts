import { parentPort, workerData } from 'node:worker_threads'
import type { ParsedMail } from '../domain/mail.ts'
import { readMail } from './read.ts'

/** One mail to read, as the parser hands it over. */
export type ParseTask = {
  readonly raw: Uint8Array
  readonly trusted: readonly string[]
  /** The first reader took too much time or memory: it is left out. */
  readonly secondTry: boolean
}

/** `ready` once, then the mails of each batch. */
export type ParseAnswer = 'ready' | readonly ParsedMail[]

/** Which mail of the batch is being read, for the one who watches the time. */
const place: Int32Array = workerData

async function readBatch(tasks: readonly ParseTask[]): Promise<ParsedMail[]> {
  const mails: ParsedMail[] = []
  for (const { raw, trusted, secondTry } of tasks) {
    Atomics.store(place, 0, mails.length)
    const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
    mails.push(await readMail(bytes, trusted, secondTry))
  }
  return mails
}

function answer(what: ParseAnswer): void {
  parentPort?.postMessage(what)
}

parentPort?.on('message', async (tasks: readonly ParseTask[]) => answer(await readBatch(tasks)))
answer('ready')
