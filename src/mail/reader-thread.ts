import { Worker } from 'node:worker_threads'
import type { ParseAnswer, ParseResult, ParseTask } from './parse-worker.ts'

/** What came of a mail in a thread. Anything but `read` is the end of the thread. */
export type Reading =
  | { readonly kind: 'read'; readonly result: ParseResult }
  /** This mail took too much time or memory. */
  | { readonly kind: 'gave_up'; readonly why: string }
  /** Another mail of its batch ended the thread. */
  | { readonly kind: 'untouched' }
  /** The thread itself did not start: nothing is known of the mail. */
  | { readonly kind: 'no_thread'; readonly why: string }

export type ReaderThread = {
  /** Reads one batch at a time, each mail within the time limit. Never rejects. */
  read(tasks: readonly ParseTask[]): Promise<readonly Reading[]>
  close(): Promise<unknown>
}

/** What one thread may hold: text and structure in its heap, the bytes of mail outside of it. */
export type MemoryLimits = { readonly heapMb: number; readonly outsideMb: number }

/** A mail of 50 MB needs a tenth of that heap, and its bytes three times over. */
export const usualMemory: MemoryLimits = { heapMb: 256, outsideMb: 512 }

/** Memory grows faster than time passes. */
const memoryLookMs = 100

/** How often within its time limit a mail is looked after. */
const looks = 4

/** Starts a thread that reads mail; hostile mail can cost the thread, never the process. */
export function openReaderThread(timeoutMs: number, memory: MemoryLimits): ReaderThread {
  const place = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const worker = startWorker(place, memory)
  let started = false
  worker.once('message', () => {
    started = true
  })
  // Whatever ends the thread is said by its batch; without a batch there is nobody to tell.
  worker.on('error', () => undefined)

  function lost(tasks: readonly ParseTask[], why: string): Reading[] {
    if (!started) return tasks.map(() => ({ kind: 'no_thread', why }))
    const culprit = Atomics.load(place, 0)
    return tasks.map((_, at) => (at === culprit ? { kind: 'gave_up', why } : { kind: 'untouched' }))
  }

  return {
    close: () => worker.terminate(),
    async read(tasks) {
      Atomics.store(place, 0, 0)
      // While mail is read the process stays; an idle thread keeps nobody.
      worker.ref()
      const watched = watch(timeoutMs, () => (started ? Atomics.load(place, 0) : -1))
      const weighed = weigh(worker, memory)
      const answer = await Promise.race([answerTo(worker, tasks), watched.late, weighed.tooMuch])
      watched.stop()
      weighed.stop()
      worker.unref()
      if (typeof answer !== 'string') return answer.map((result) => ({ kind: 'read', result }))
      await worker.terminate()
      return lost(tasks, answer)
    },
  }
}

/** The results of a batch, or why the thread ended. */
function answerTo(
  worker: Worker,
  tasks: readonly ParseTask[],
): Promise<readonly ParseResult[] | string> {
  return new Promise((resolve) => {
    const done = (what: readonly ParseResult[] | string) => {
      worker.off('message', onAnswer).off('error', onError).off('exit', onExit)
      resolve(what)
    }
    const onAnswer = (answer: ParseAnswer) => answer !== 'ready' && done(answer)
    const onError = (error: Error) => done(error.message)
    const onExit = () => done('the thread that read it ended')
    worker.on('message', onAnswer).on('error', onError).on('exit', onExit)
    const given = tasks.map((task) => ({ ...task, raw: toGive(task) }))
    const bytes = given.map(({ raw }) => raw.buffer)
    worker.postMessage(given, bytes)
  })
}

/** A copy, as the bytes are still to be stored; of a mail that was fetched for a file, itself. */
function toGive({ raw, wanted }: ParseTask): Uint8Array<ArrayBuffer> {
  const isWhole = raw.buffer instanceof ArrayBuffer && raw.byteLength === raw.buffer.byteLength
  return wanted && isWhole ? new Uint8Array(raw.buffer as ArrayBuffer) : new Uint8Array(raw)
}

/** Resolves when the thread has stayed at one mail for too long; -1 is a thread that starts. */
function watch(timeoutMs: number, placeNow: () => number) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    let last = placeNow()
    let seen = 0
    timer = setInterval(() => {
      const place = placeNow()
      seen = place === last && place !== -1 ? seen + 1 : 0
      last = place
      if (seen >= looks) resolve(`it took longer than ${timeoutMs / 1000} s to read`)
    }, timeoutMs / looks)
  })
  return { late, stop: () => clearInterval(timer) }
}

/** Resolves when the thread holds too much outside its heap, which no limit of V8 counts. */
function weigh(worker: Worker, { outsideMb }: MemoryLimits) {
  let timer: NodeJS.Timeout | undefined
  const tooMuch = new Promise<string>((resolve) => {
    const look = async () => {
      const held = await worker.getHeapStatistics().then(
        (heap) => heap.external_memory,
        // It has ended meanwhile: its batch says why.
        () => 0,
      )
      if (held > outsideMb * 1024 * 1024)
        resolve(`it took more than ${outsideMb} MB of memory to read`)
    }
    timer = setInterval(look, memoryLookMs)
  })
  return { tooMuch, stop: () => clearInterval(timer) }
}

/** The thread runs the file beside this one: .ts from source, .js once built. */
function startWorker(place: Int32Array, { heapMb }: MemoryLimits): Worker {
  const file = import.meta.url.endsWith('.ts') ? './parse-worker.ts' : './parse-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), {
    execArgv: [],
    workerData: place,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  })
  worker.unref()
  return worker
}
