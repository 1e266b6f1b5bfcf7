import type { ParsedMail } from '../domain/mail.ts'
import type { Wanted } from './attachment.ts'
import type { ParseResult, ParseTask } from './parse-worker.ts'
import { unreadable } from './read.ts'
import {
  type MemoryLimits,
  openReaderThread,
  type ReaderThread,
  type Reading,
  usualMemory,
} from './reader-thread.ts'

export type ParserSettings = {
  readonly workers: number
  /** A mail that takes longer gets a second try by another reader, then is unreadable. */
  readonly timeoutMs: number
  readonly memory?: MemoryLimits
}

export type Parser = {
  /**
   * Reads a mail in a thread. A mail that cannot be read comes back with its reason; rejects only
   * where the parser is closed, or where no thread starts.
   */
  parse(
    raw: Buffer,
    options: { readonly trustedAuthservIds: readonly string[] },
  ): Promise<ParsedMail>
  /**
   * The bytes of an attachment, taken out in a thread; null where the mail has none with that
   * hash. Takes the mail's bytes over. Rejects where that takes too much time or memory.
   */
  attachment(raw: Buffer, wanted: Wanted): Promise<Buffer | null>
  close(): Promise<void>
}

type Job = {
  readonly task: ParseTask
  readonly settle: (result: ParseResult) => void
  readonly fail: (error: Error) => void
}

/** Mails handed to a thread at once, and their bytes together: fewer messages, little memory. */
const batchMails = 16
const batchBytes = 4 * 1024 * 1024

/** Opens a pool of threads, each started when it is first needed. */
export function openParser({ workers, timeoutMs, memory = usualMemory }: ParserSettings): Parser {
  const waiting: Job[] = []
  const idle: ReaderThread[] = []
  const threads = new Set<ReaderThread>()
  let closed = false

  function feed(): void {
    while (waiting.length > 0) {
      const thread = idle.pop() ?? (threads.size < workers ? hire() : undefined)
      if (!thread) return
      void work(thread, nextBatch(waiting, workers))
    }
  }

  function hire(): ReaderThread {
    const thread = openReaderThread(timeoutMs, memory)
    threads.add(thread)
    return thread
  }

  async function work(thread: ReaderThread, jobs: readonly Job[]): Promise<void> {
    const readings = await thread.read(jobs.map(({ task }) => task))
    if (readings.every(({ kind }) => kind === 'read')) idle.push(thread)
    else threads.delete(thread)
    for (const [at, job] of jobs.entries()) {
      const reading = readings[at] ?? { kind: 'untouched' }
      const again = closed ? null : nextTry(job, reading)
      if (again) waiting.unshift(again)
      else conclude(job, reading, closed)
    }
    feed()
  }

  function ask(raw: Buffer, trusted: readonly string[], wanted: Wanted | null) {
    if (closed) return Promise.reject(closedError())
    return new Promise<ParseResult>((settle, fail) => {
      waiting.push({ task: { raw, trusted, secondTry: false, wanted }, settle, fail })
      feed()
    })
  }

  return {
    parse: async (raw, { trustedAuthservIds }) => mailIn(await ask(raw, trustedAuthservIds, null)),
    attachment: async (raw, wanted) => attachmentIn(await ask(raw, [], wanted)),
    async close() {
      closed = true
      for (const { fail } of waiting.splice(0)) fail(closedError())
      await Promise.all([...threads].map((thread) => thread.close()))
    },
  }
}

function mailIn(result: ParseResult): ParsedMail {
  if ('mail' in result) return result.mail
  throw new Error('a thread answered with an attachment instead of a mail')
}

function attachmentIn(result: ParseResult): Buffer | null {
  if ('mail' in result) throw new Error('a thread answered with a mail instead of an attachment')
  const { attachment } = result
  return attachment && Buffer.from(attachment.buffer)
}

/** Each thread's share of what waits, within the limits, and one mail at least. */
function nextBatch(waiting: Job[], workers: number): Job[] {
  const share = Math.min(batchMails, Math.ceil(waiting.length / workers))
  let count = 0
  for (let bytes = 0; count < share; count += 1) {
    bytes += waiting[count]?.task.raw.length ?? 0
    if (bytes > batchBytes && count > 0) break
  }
  return waiting.splice(0, count)
}

/** A mail that ended its thread gets a second try without mailparser; its neighbours a first. */
function nextTry(job: Job, reading: Reading): Job | null {
  // Its bytes went with the thread; whoever asked for the file can ask again.
  if (job.task.wanted) return null
  if (reading.kind === 'untouched') return job
  if (reading.kind !== 'gave_up' || job.task.secondTry) return null
  return { ...job, task: { ...job.task, secondTry: true } }
}

function conclude({ task, settle, fail }: Job, reading: Reading, closed: boolean): void {
  if (reading.kind === 'read') settle(reading.result)
  // What ends because we end says nothing of the mail: it is read again after the next start.
  else if (closed) fail(closedError())
  else if (reading.kind === 'gave_up') {
    const raw = Buffer.from(task.raw.buffer, task.raw.byteOffset, task.raw.byteLength)
    if (task.wanted) fail(new Error(`an attachment cannot be taken out: ${reading.why}`))
    else settle({ mail: unreadable(raw, reading.why, task.trusted) })
  } else {
    const why = reading.kind === 'no_thread' ? reading.why : 'it ended before its turn'
    fail(new Error(`the threads that read mail do not start: ${why}`))
  }
}

function closedError(): Error {
  return new Error('the parser was closed before the mail was read')
}
