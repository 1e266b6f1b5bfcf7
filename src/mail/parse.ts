import { Worker } from 'node:worker_threads'
import type { ParsedMail } from '../domain/mail.ts'
import type { ParseTask } from './parse-worker.ts'
import { unreadable } from './read.ts'

export type ParserSettings = {
  readonly workers: number
  /** A mail that takes longer is set aside as unreadable. */
  readonly timeoutMs: number
}

export type Parser = {
  /** Reads a mail in a worker thread. A mail that cannot be read comes back with its reason. */
  parse(
    raw: Buffer,
    options: { readonly trustedAuthservIds: readonly string[] },
  ): Promise<ParsedMail>
  close(): Promise<void>
}

type Waiting = { readonly task: ParseTask; readonly settle: (mail: ParsedMail) => void }

/** Heap of one worker: a 50 MB mail needs about four times its size while it is decoded. */
const heapMb = 512

/** Opens a pool of threads: hostile mail can cost one of them, never the process. */
export function openParser({ workers, timeoutMs }: ParserSettings): Parser {
  const waiting: Waiting[] = []
  const idle: Bench[] = []
  const benches = new Set<Bench>()
  let closed = false

  function feed(): void {
    while (waiting.length > 0) {
      const bench = idle.pop() ?? (benches.size < workers ? hire() : undefined)
      if (!bench) return
      const next = waiting.shift()
      if (next) void bench.work(next).then((alive) => release(bench, alive))
    }
  }

  function hire(): Bench {
    const bench = openBench(timeoutMs)
    benches.add(bench)
    return bench
  }

  function release(bench: Bench, alive: boolean): void {
    if (alive && !closed) idle.push(bench)
    else benches.delete(bench)
    feed()
  }

  return {
    parse(raw, { trustedAuthservIds: trusted }) {
      if (closed) return Promise.reject(new Error('the parser is closed'))
      return new Promise((settle) => {
        waiting.push({ task: { raw, trusted }, settle })
        feed()
      })
    },
    async close() {
      closed = true
      await Promise.all([...benches].map((bench) => bench.leave()))
    },
  }
}

type Bench = {
  /** Resolves once the mail is settled: true where the thread can take another. */
  work(waiting: Waiting): Promise<boolean>
  leave(): Promise<unknown>
}

function openBench(timeoutMs: number): Bench {
  // The thread runs the file beside this one: .ts from source, .js once built.
  const file = import.meta.url.endsWith('.ts') ? './parse-worker.ts' : './parse-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  })
  worker.unref()
  return {
    leave: () => worker.terminate(),
    work({ task, settle }) {
      return new Promise((resolve) => {
        const raw = Buffer.from(task.raw.buffer, task.raw.byteOffset, task.raw.byteLength)
        const timer = setTimeout(
          () => giveUp(`it took longer than ${timeoutMs / 1000} seconds to read`),
          timeoutMs,
        )
        const onMail = (mail: ParsedMail) => finish(mail, true)
        const onError = (error: Error) => giveUp(error.message)
        const onExit = () => giveUp('the thread that read it came to its end')
        worker.once('message', onMail)
        worker.once('error', onError)
        worker.once('exit', onExit)
        worker.postMessage(task)

        function giveUp(why: string): void {
          void worker.terminate()
          finish(unreadable(raw, why, task.trusted), false)
        }

        function finish(mail: ParsedMail, alive: boolean): void {
          clearTimeout(timer)
          worker.off('message', onMail)
          worker.off('error', onError)
          worker.off('exit', onExit)
          settle(mail)
          resolve(alive)
        }
      })
    },
  }
}
