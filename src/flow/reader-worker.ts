import { parentPort, workerData } from 'node:worker_threads'
import { assess } from '../classify/assess.ts'
import { finderOf } from '../classify/finder.ts'
import { gist } from '../classify/gist.ts'
import { openMemo } from '../classify/memo.ts'
import type { RuleSet } from '../classify/rules.ts'
import type { Assessment, Exchange, GistPart } from '../domain/assessment.ts'
import type { ParsedMail } from '../domain/mail.ts'
import { attachmentOf, type Wanted } from '../mail/attachment.ts'
import type { DkimSettings } from '../mail/dkim.ts'
import type { Formatted, FormatWords } from '../mail/formatted.ts'
import { readMail } from '../mail/read.ts'
import { pack } from '../store/packing.ts'
import { sha256 } from '../store/sealing.ts'
import { termsOfMail } from '../store/terms.mail.ts'
import { withSignatures } from './reader-signatures.ts'

/** One mail to read. */
export type ReadTask = {
  readonly kind: 'read'
  readonly raw: Uint8Array
  readonly trusted: readonly string[]
  /** The first reader took too much time or memory: it is left out. */
  readonly secondTry: boolean
  /** How to verify signatures where no trusted server spoke; null where that is not wanted. */
  readonly dkim: { readonly settings: DkimSettings; readonly receivedAt: Date } | null
}

/** One thread to assess. */
export type AssessTask = {
  readonly kind: 'assess'
  readonly exchange: Exchange
  /** The whole took too much time or memory: this is the beginning of its newest mail. */
  readonly cut: boolean
}

/** One attachment to take out of a mail. */
export type TakeTask = { readonly kind: 'take'; readonly raw: Uint8Array; readonly wanted: Wanted }

/** A mail's HTML to make safe; `raw` is empty where its pictures are not wanted. */
export type FormatTask = {
  readonly kind: 'format'
  readonly raw: Uint8Array
  readonly html: string
  readonly words: FormatWords
  /** Pictures from elsewhere, by their address. */
  readonly fetched: ReadonlyMap<string, Uint8Array>
}

export type Task = ReadTask | AssessTask | TakeTask | FormatTask

/** A mail with everything that its bytes alone say. */
export type Digest = {
  readonly mail: ParsedMail
  readonly sha256: string
  /** The original bytes as they are kept. */
  readonly packed: Uint8Array
  /** What search finds the mail by. */
  readonly terms: string
}

/** What the rules say of a thread, and its neutral summary. */
export type Finding = {
  readonly result: Assessment
  readonly gist: readonly GistPart[]
  /** Why the rules were not applied; null where they were. */
  readonly gaveUp: string | null
}

export type Answer =
  | ({ readonly kind: 'digest' } & Digest)
  | ({ readonly kind: 'finding' } & Finding)
  | { readonly kind: 'taken'; readonly attachment: Uint8Array<ArrayBuffer> | null }
  | { readonly kind: 'formatted'; readonly formatted: Formatted | null }

/** Rules as they travel to a thread, which builds its own finder of them. */
export type RulesMessage = Pick<
  RuleSet,
  'version' | 'parts' | 'sources' | 'rules' | 'thresholds' | 'card'
>

export type ToWorker =
  | { readonly kind: 'rules'; readonly rules: RulesMessage }
  | { readonly kind: 'tasks'; readonly tasks: readonly Task[] }

/** `ready` once, then the answers of each batch. */
export type FromWorker = 'ready' | readonly Answer[]

/** Mails whose words a thread remembers: a conversation is read again with each new mail. */
const memoMails = 1_000

/** Which task of the batch is being worked on, for the one who watches the time. */
const place: Int32Array = workerData
let rules: RuleSet | null = null

async function digest({ raw, trusted, secondTry }: ReadTask): Promise<Answer> {
  const bytes = bufferOf(raw)
  const mail = await readMail(bytes, trusted, secondTry)
  // A copy of its own size: what the compressor gives is cut from a larger piece.
  const packed = new Uint8Array(pack(bytes))
  const figures = { sha256: sha256(bytes), packed, terms: termsOfMail(mail) }
  return { kind: 'digest', mail, ...figures }
}

function find({ exchange }: AssessTask): Answer {
  if (!rules) throw new Error('a thread was asked to assess before it was given rules')
  const result = assess(exchange, rules)
  return { kind: 'finding', result, gist: gist(exchange, result), gaveUp: null }
}

async function answerTo(task: Task): Promise<Answer> {
  switch (task.kind) {
    case 'read':
      return digest(task)
    case 'assess':
      return find(task)
    case 'take':
      return { kind: 'taken', attachment: await attachmentOf(bufferOf(task.raw), task.wanted) }
    case 'format': {
      // A parser of HTML is loaded where somebody looks at some.
      const { formattedOf } = await import('../mail/formatted.ts')
      const { html, raw, words } = task
      const fetched = new Map([...task.fetched].map(([src, bytes]) => [src, bufferOf(bytes)]))
      const formatted = await formattedOf(html, bufferOf(raw), words, fetched)
      return { kind: 'formatted', formatted }
    }
  }
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

async function answersTo(tasks: readonly Task[]): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const task of tasks) {
    Atomics.store(place, 0, answers.length)
    answers.push(await answerTo(task))
  }
  return withSignatures(tasks, answers, (at) => Atomics.store(place, 0, at))
}

/** What goes over without a copy. */
function bytesIn(one: Answer): ArrayBuffer[] {
  if (one.kind === 'digest') return [one.packed.buffer as ArrayBuffer]
  return one.kind === 'taken' && one.attachment ? [one.attachment.buffer] : []
}

function answer(what: FromWorker): void {
  const bytes = what === 'ready' ? [] : what.flatMap(bytesIn)
  parentPort?.postMessage(what, bytes)
}

parentPort?.on('message', async (message: ToWorker) => {
  if (message.kind === 'tasks') return answer(await answersTo(message.tasks))
  const { parts, sources } = message.rules
  rules = { ...message.rules, finder: finderOf(parts, sources), memo: openMemo(memoMails) }
})
answer('ready')
