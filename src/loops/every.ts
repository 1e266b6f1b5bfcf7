import type { Logger } from 'pino'

export type Repeat = {
  readonly name: string
  /** Milliseconds between the end of one run and the start of the next. */
  readonly pauseMs: number
  /** The longest pause after failures in a row; each doubles the last. */
  readonly pauseMsMax: number
  readonly log: Logger
  readonly signal: AbortSignal
}

/**
 * Does the work again and again until the signal, never twice at once. A failure is logged once
 * and waited out with growing pauses; it ends neither the loop nor the process.
 */
export async function every(repeat: Repeat, work: () => Promise<unknown>): Promise<void> {
  const { name, pauseMs, pauseMsMax, log, signal } = repeat
  let failures = 0
  while (!signal.aborted) {
    const began = performance.now()
    try {
      await work()
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      // A run that went well for long and then broke off is no failure in a row.
      failures = performance.now() - began > pauseMsMax ? 1 : failures + 1
      log.error({ err: error, loop: name, failures }, 'a run failed; the loop goes on')
    }
    await pause(failures === 0 ? pauseMs : backoff(pauseMs, pauseMsMax, failures), signal)
  }
}

/** Doubling pauses with up to a quarter taken off, so that many loops do not return together. */
export function backoff(firstMs: number, mostMs: number, failures: number): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(failures, 16))
  return full * (1 - Math.random() / 4)
}

/** Waits, or returns at once when the signal comes. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}
