import { parentPort, workerData } from 'node:worker_threads'
import type { ParsedMail } from '../domain/mail.ts'
import { type Dkim, type DkimSettings, isUnchecked, openDkim } from './dkim.ts'
import { dnsLookup } from './key-records.ts'
import { readMail } from './read.ts'

/** One mail to read, as the parser hands it over. */
export type ParseTask = {
  readonly raw: Uint8Array
  readonly trusted: readonly string[]
  /** The first reader took too much time or memory: it is left out. */
  readonly secondTry: boolean
  /** How to verify signatures where no trusted server spoke; null where that is not wanted. */
  readonly dkim: { readonly settings: DkimSettings; readonly receivedAt: Date } | null
}

/** `ready` once, then the mails of each batch. */
export type ParseAnswer = 'ready' | readonly ParsedMail[]

/** Which mail of the batch is being read, for the one who watches the time. */
const place: Int32Array = workerData

async function readBatch(tasks: readonly ParseTask[]): Promise<ParsedMail[]> {
  const mails: ParsedMail[] = []
  for (const { raw, trusted, secondTry } of tasks) {
    Atomics.store(place, 0, mails.length)
    mails.push(await readMail(bufferOf(raw), trusted, secondTry))
  }
  return withSignatures(tasks, mails)
}

/** The mails that nobody has spoken for, with what their own signatures say. */
async function withSignatures(
  tasks: readonly ParseTask[],
  mails: readonly ParsedMail[],
): Promise<ParsedMail[]> {
  const places: number[] = []
  const unchecked = tasks.flatMap(({ raw, secondTry, dkim }, at) => {
    const mail = mails[at]
    // What has cost a thread before is not read a third time.
    if (!mail || !dkim || secondTry || !isUnchecked(mail)) return []
    places.push(at)
    return [{ raw: bufferOf(raw), mail, receivedAt: dkim.receivedAt }]
  })
  const [settings] = tasks.flatMap(({ dkim }) => (dkim ? [dkim.settings] : []))
  if (unchecked.length === 0 || !settings) return [...mails]
  const found = await dkimFor(settings).check(unchecked, (at) =>
    Atomics.store(place, 0, at === -1 ? -1 : (places[at] ?? -1)),
  )
  return mails.map((mail, at) => ({ ...mail, ...found[places.indexOf(at)] }))
}

let opened: { readonly key: string; readonly dkim: Dkim } | undefined

/** One verifier a thread, so that keys are remembered from mail to mail. */
function dkimFor({ servers }: DkimSettings): Dkim {
  const key = servers.join(' ')
  if (opened?.key !== key) opened = { key, dkim: openDkim(dnsLookup(servers)) }
  return opened.dkim
}

function bufferOf(raw: Uint8Array): Buffer {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
}

function answer(what: ParseAnswer): void {
  parentPort?.postMessage(what)
}

parentPort?.on('message', async (tasks: readonly ParseTask[]) => answer(await readBatch(tasks)))
answer('ready')
