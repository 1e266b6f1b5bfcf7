import { Worker } from 'node:worker_threads'
import type { Answer, FromWorker, RulesMessage, Task, ToWorker } from './reader-worker.ts'

/** What came of a task in a thread. Anything but `done` is the end of the thread. */
export type Reading =
  | { readonly kind: 'done'; readonly answer: Answer }
  /** This task took too much time or memory. */
  | { readonly kind: 'gave_up'; readonly why: string }
  /** Another task of its batch ended the thread. */
  | { readonly kind: 'untouched' }
  /** The thread itself did not start: nothing is known of the task. */
  | { readonly kind: 'no_thread'; readonly why: string }

/** A task, with the rules that it asks for; a batch asks for the same ones. */
export type Work = { readonly task: Task; readonly rules: RulesMessage | null }

export type ReaderThread = {
  /** Works on one batch at a time, each task within the time limit. Never rejects. */
  work(jobs: readonly Work[]): Promise<readonly Reading[]>
  close(): Promise<unknown>
}

/** What one thread may hold: text and structure in its heap, the bytes of mail outside of it. */
export type MemoryLimits = { readonly heapMb: number; readonly outsideMb: number }

/** A mail of 50 MB needs a tenth of that heap, and its bytes three times over. */
export const usualMemory: MemoryLimits = { heapMb: 256, outsideMb: 512 }

/**
 * The heap's young part. A larger one is faster; but where it is too large to be moved into what is
 * left of the heap, V8 ends the whole process instead of the thread (seen from 32 on).
 */
export const youngMb = 16

/** Memory grows faster than time passes. */
const memoryLookMs = 100

/** How often within its time limit a task is looked after. */
const looks = 4

/** Starts a thread that reads mail; hostile mail can cost the thread, never the process. */
export function openReaderThread(timeoutMs: number, memory: MemoryLimits): ReaderThread {
  const place = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const worker = startWorker(place, memory)
  let started = false
  let known = ''
  let closing = false
  worker.once('message', () => {
    started = true
  })
  // Whatever ends the thread is said by its batch; without a batch there is nobody to tell.
  worker.on('error', () => undefined)

  function lost(tasks: readonly Task[], why: string): Reading[] {
    if (!started) return tasks.map(() => ({ kind: 'no_thread', why }))
    const culprit = Atomics.load(place, 0)
    return tasks.map((_, at) => (at === culprit ? { kind: 'gave_up', why } : { kind: 'untouched' }))
  }

  return {
    close() {
      closing = true
      return worker.terminate()
    },
    async work(jobs) {
      const tasks = jobs.map(({ task }) => task)
      const rules = jobs[0]?.rules
      if (rules && rules.version !== known) teach(worker, rules)
      known = rules?.version ?? known
      Atomics.store(place, 0, 0)
      // While it works the process stays; an idle thread keeps nobody.
      worker.ref()
      const watched = watch(timeoutMs, () => (started ? Atomics.load(place, 0) : -1))
      const weighed = weigh(worker, memory)
      const answer = await Promise.race([answerTo(worker, tasks), watched.late, weighed.tooMuch])
      watched.stop()
      weighed.stop()
      // A thread that is being ended is waited for, also by a process with nothing else to do.
      if (!closing) worker.unref()
      if (typeof answer !== 'string') return answer.map((one) => ({ kind: 'done', answer: one }))
      await worker.terminate()
      return lost(tasks, answer)
    },
  }
}

/** Gives a thread the rules that it assesses by; it keeps them. It runs no examples. */
function teach(worker: Worker, message: RulesMessage): void {
  const { version, parts, sources, thresholds, card } = message
  const rules = message.rules.map((rule) => ({ ...rule, matches: [], passes: [] }))
  const known = { version, parts, sources, rules, thresholds, card }
  worker.postMessage({ kind: 'rules', rules: known } satisfies ToWorker)
}

/** The answers to a batch, or why the thread ended. */
function answerTo(worker: Worker, tasks: readonly Task[]): Promise<readonly Answer[] | string> {
  return new Promise((resolve) => {
    const done = (what: readonly Answer[] | string) => {
      worker.off('message', onAnswer).off('error', onError).off('exit', onExit)
      resolve(what)
    }
    const onAnswer = (answer: FromWorker) => answer !== 'ready' && done(answer)
    const onError = (error: Error) => done(error.message)
    const onExit = () => done('the thread that read it ended')
    worker.on('message', onAnswer).on('error', onError).on('exit', onExit)
    sendTasks(worker, tasks)
  })
}

/** The bytes of mail go over without being copied once more on the way. */
function sendTasks(worker: Worker, tasks: readonly Task[]): void {
  const bytes: ArrayBuffer[] = []
  const copies = tasks.map((task) => {
    if (task.kind === 'assess') return task
    const raw = toGive(task)
    bytes.push(raw.buffer)
    return { ...task, raw }
  })
  worker.postMessage({ kind: 'tasks', tasks: copies } satisfies ToWorker, bytes)
}

/** A copy, as the bytes may be needed for a second try; of a mail fetched for a file, itself. */
function toGive({ kind, raw }: Exclude<Task, { kind: 'assess' }>): Uint8Array<ArrayBuffer> {
  const isWhole = raw.buffer instanceof ArrayBuffer && raw.byteLength === raw.buffer.byteLength
  const given = kind === 'take' && isWhole
  return given ? new Uint8Array(raw.buffer as ArrayBuffer) : new Uint8Array(raw)
}

/** Resolves when the thread has stayed at one task for too long; -1 is a thread that starts. */
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
  const file = import.meta.url.endsWith('.ts') ? './reader-worker.ts' : './reader-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), {
    execArgv: [],
    workerData: place,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
  })
  worker.unref()
  return worker
}
