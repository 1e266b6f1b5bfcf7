import { unjudged } from '../classify/legible.ts'
import type { Exchange } from '../domain/assessment.ts'
import type { Wanted } from '../mail/attachment.ts'
import type { Formatted, FormatWords } from '../mail/formatted.ts'
import { unreadable } from '../mail/read.ts'
import { pack } from '../store/packing.ts'
import { sha256 } from '../store/sealing.ts'
import { termsOfMail } from '../store/terms.mail.ts'
import {
  type MemoryLimits,
  openReaderThread,
  type ReaderThread,
  type Reading,
  usualMemory,
} from './reader-thread.ts'
import type {
  Answer,
  AssessTask,
  Digest,
  Finding,
  ReadTask,
  RulesMessage,
  TakeTask,
  Task,
} from './reader-worker.ts'

export type ParserSettings = {
  readonly workers: number
  /**
   * A mail that takes longer gets a second try by another reader, then is unreadable; a thread
   * that takes longer is assessed by the beginning of its newest mail, then not at all.
   */
  readonly timeoutMs: number
  readonly memory?: MemoryLimits
}

export type ParseOptions = {
  readonly trustedAuthservIds: readonly string[]
  /** Verifies signatures where none of those servers spoke. */
  readonly dkim?: ReadTask['dkim']
}

/** Reads and assesses mail in threads: hostile mail can cost a thread, never the process. */
export type Parser = {
  /**
   * Reads a mail. One that cannot be read comes back with its reason; rejects only where the
   * parser is closed, or where no thread starts.
   */
  read(raw: Buffer, options: ParseOptions): Promise<Digest>
  /**
   * The bytes of an attachment, taken out in a thread; null where the mail has none with that
   * hash. Takes the mail's bytes over. Rejects where that takes too much time or memory.
   */
  take(raw: Buffer, wanted: Wanted): Promise<Buffer | null>
  /**
   * A mail's HTML made safe; null where that takes too much, or leads too deep. `fetched` are
   * pictures from elsewhere by their address; the others stay away.
   */
  format(
    html: string,
    raw: Buffer,
    words: FormatWords,
    fetched?: ReadonlyMap<string, Buffer>,
  ): Promise<Formatted | null>
  /** Runs the rules over a thread, and sums it up. Comes before mail that waits to be read. */
  assess(exchange: Exchange, rules: RulesMessage): Promise<Finding>
  close(): Promise<void>
}

type Job = {
  readonly task: Task
  readonly rules: RulesMessage | null
  readonly settle: (answer: Answer) => void
  readonly fail: (error: Error) => void
}

/** Tasks handed to a thread at once, and their bytes together: fewer messages, little memory. */
const batchTasks = 16
const batchBytes = 4 * 1024 * 1024

/** Opens a pool of threads, each started when it is first needed. */
export function openParser(settings: ParserSettings): Parser {
  const pool = openPool(settings)
  return {
    async read(raw, { trustedAuthservIds: trusted, dkim = null }) {
      const task = { kind: 'read', raw, trusted, dkim, secondTry: false } as const
      const answer = await pool.answerTo(task, null)
      if (answer.kind !== 'digest') throw new Error('a mail was answered by an assessment')
      return answer
    },
    async assess(exchange, rules) {
      const answer = await pool.answerTo({ kind: 'assess', exchange, cut: false }, rules)
      if (answer.kind !== 'finding') throw new Error('an assessment was answered by a mail')
      return answer
    },
    async take(raw, wanted) {
      const answer = await pool.answerTo({ kind: 'take', raw, wanted }, null)
      if (answer.kind !== 'taken') throw new Error('an attachment was answered by something else')
      return answer.attachment && Buffer.from(answer.attachment.buffer)
    },
    async format(html, raw, words, fetched = new Map()) {
      const answer = await pool.answerTo({ kind: 'format', html, raw, words, fetched }, null)
      if (answer.kind !== 'formatted') throw new Error('HTML was answered by something else')
      return answer.formatted
    },
    close: pool.close,
  }
}

function openPool({ workers, timeoutMs, memory = usualMemory }: ParserSettings) {
  const lines: Record<Task['kind'], Job[]> = { assess: [], take: [], format: [], read: [] }
  const idle: ReaderThread[] = []
  const threads = new Set<ReaderThread>()
  let closed = false

  function feed(): void {
    for (;;) {
      const line = Object.values(lines).find((jobs) => jobs.length > 0)
      if (!line) return
      const thread = idle.pop() ?? (threads.size < workers ? hire() : undefined)
      if (!thread) return
      void work(thread, nextBatch(line, workers))
    }
  }

  function hire(): ReaderThread {
    const thread = openReaderThread(timeoutMs, memory)
    threads.add(thread)
    return thread
  }

  async function work(thread: ReaderThread, jobs: readonly Job[]): Promise<void> {
    const readings = await thread.work(jobs)
    if (readings.every(({ kind }) => kind === 'done')) idle.push(thread)
    else threads.delete(thread)
    for (const [at, job] of jobs.entries()) {
      const reading = readings[at] ?? { kind: 'untouched' }
      const again = closed ? null : nextTry(job, reading)
      if (again) lines[job.task.kind].unshift(again)
      else conclude(job, reading, closed)
    }
    feed()
  }

  return {
    answerTo(task: Task, rules: RulesMessage | null): Promise<Answer> {
      if (closed) return Promise.reject(closedError())
      return new Promise((settle, fail) => {
        lines[task.kind].push({ task, rules, settle, fail })
        feed()
      })
    },
    async close(): Promise<void> {
      closed = true
      const left = Object.values(lines).flatMap((jobs) => jobs.splice(0))
      for (const { fail } of left) fail(closedError())
      await Promise.all([...threads].map((thread) => thread.close()))
    },
  }
}

/** Each thread's share of what waits, within the limits, and one task of the same rules at least. */
function nextBatch(waiting: Job[], workers: number): Job[] {
  const share = Math.min(batchTasks, Math.ceil(waiting.length / workers))
  const rules = waiting[0]?.rules
  let count = 0
  for (let bytes = 0; count < share && waiting[count]?.rules === rules; count += 1) {
    bytes += sizeOf(waiting[count]?.task)
    if (bytes > batchBytes && count > 0) break
  }
  return waiting.splice(0, count)
}

function sizeOf(task: Task | undefined): number {
  if (!task) return 0
  if (task.kind !== 'assess') return task.raw.length
  return task.exchange.messages.reduce((sum, { body }) => sum + body.length, 0)
}

/** A task that ended its thread gets a second, easier try; its neighbours a first one. */
function nextTry(job: Job, reading: Reading): Job | null {
  const { task } = job
  // Its bytes went with the thread; whoever asked for the file can ask again.
  if (task.kind === 'take' || task.kind === 'format') return null
  if (reading.kind === 'untouched') return job
  if (reading.kind !== 'gave_up') return null
  if (task.kind === 'read') {
    return task.secondTry ? null : { ...job, task: { ...task, secondTry: true } }
  }
  return task.cut ? null : { ...job, task: cutShort(task) }
}

/** Words of the newest mail that are enough for rules, where the whole thread was too much. */
const cutLength = 4_000

/** Every mail stays in its place, as evidence counts them; the older ones say nothing. */
function cutShort({ exchange }: AssessTask): AssessTask {
  const newest = exchange.messages.length - 1
  const messages = exchange.messages.map((message, at) => {
    return { ...message, body: at === newest ? message.body.slice(0, cutLength) : '' }
  })
  return { kind: 'assess', exchange: { ...exchange, messages }, cut: true }
}

function conclude({ task, rules, settle, fail }: Job, reading: Reading, closed: boolean): void {
  if (reading.kind === 'done') settle(reading.answer)
  // What ends because we end says nothing of the mail: it is read again after the next start.
  else if (closed) fail(closedError())
  else if (reading.kind === 'gave_up') {
    const { why } = reading
    if (task.kind === 'take') fail(new Error(`an attachment cannot be taken out: ${why}`))
    else settle(withoutReading(task, rules, why))
  } else {
    const why = reading.kind === 'no_thread' ? reading.why : 'it ended before its turn'
    fail(new Error(`the threads that read mail do not start: ${why}`))
  }
}

/** What is said of a task that took too much. */
function withoutReading(
  task: Exclude<Task, TakeTask>,
  rules: RulesMessage | null,
  why: string,
): Answer {
  if (task.kind === 'format') return { kind: 'formatted', formatted: null }
  return task.kind === 'read' ? bytesAlone(task, why) : unassessed(task, rules, why)
}

/** Nobody is held up by a mail that no rule gets through: people open it, knowing that. */
function unassessed({ exchange }: AssessTask, rules: RulesMessage | null, why: string): Answer {
  const result = unjudged(rules?.version ?? '', Math.max(0, exchange.messages.length - 1))
  return { kind: 'finding', result, gist: [], gaveUp: why }
}

/** What is kept of a mail that no thread could read. */
function bytesAlone({ raw, trusted }: ReadTask, why: string): Answer {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const mail = unreadable(bytes, why, trusted)
  const figures = { sha256: sha256(bytes), packed: pack(bytes), terms: termsOfMail(mail) }
  return { kind: 'digest', mail, ...figures }
}

function closedError(): Error {
  return new Error('the parser was closed before the mail was read')
}
