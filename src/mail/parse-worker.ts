import { parentPort, workerData } from 'node:worker_threads'
import type { ParsedMail } from '../domain/mail.ts'
import { attachmentOf, type Wanted } from './attachment.ts'
import { readMail } from './read.ts'

/** One mail to read, as the parser hands it over. */
export type ParseTask = {
  readonly raw: Uint8Array
  readonly trusted: readonly string[]
  /** The first reader took too much time or memory: it is left out. */
  readonly secondTry: boolean
  /** The attachment that is asked for, instead of the view of the mail. */
  readonly wanted: Wanted | null
}

/** What a task comes to: the view of the mail, or the bytes of the attachment, if it is there. */
export type ParseResult =
  | { readonly mail: ParsedMail }
  | { readonly attachment: Uint8Array<ArrayBuffer> | null }

/** `ready` once, then the results of each batch. */
export type ParseAnswer = 'ready' | readonly ParseResult[]

/** Which mail of the batch is being read, for the one who watches the time. */
const place: Int32Array = workerData

async function readBatch(tasks: readonly ParseTask[]): Promise<ParseResult[]> {
  const results: ParseResult[] = []
  for (const task of tasks) {
    Atomics.store(place, 0, results.length)
    results.push(await resultOf(task))
  }
  return results
}

async function resultOf({ raw, trusted, secondTry, wanted }: ParseTask): Promise<ParseResult> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  if (!wanted) return { mail: await readMail(bytes, trusted, secondTry) }
  return { attachment: await attachmentOf(bytes, wanted, secondTry) }
}

/** The bytes of an attachment go over without a copy. */
function answer(what: ParseAnswer): void {
  const results = what === 'ready' ? [] : what
  const bytes = results.map((one) => ('attachment' in one ? one.attachment?.buffer : undefined))
  parentPort?.postMessage(
    what,
    bytes.filter((one) => one !== undefined),
  )
}

parentPort?.on('message', async (tasks: readonly ParseTask[]) => answer(await readBatch(tasks)))
answer('ready')
