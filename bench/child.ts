import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Result, Task } from './tasks.ts'

/** What came of a task, and the most memory that its process held, in MB. */
export type Measured = Result & { readonly memoryMb: number }

/**
 * Performs a task in a process of its own, so that its memory and its warming up are its own.
 * Rejects where the task fails; ends the process where the signal says so.
 */
export async function measure(task: Task, signal: AbortSignal): Promise<Measured> {
  signal.throwIfAborted()
  const child = fork(new URL('performer.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const end = () => void child.kill('SIGKILL')
  signal.addEventListener('abort', end, { once: true })
  let measured: Measured | null = null
  child.on('message', (message) => {
    measured = message as Measured
  })
  child.send(task)
  const [code] = await once(child, 'exit')
  signal.removeEventListener('abort', end)
  signal.throwIfAborted()
  if (!measured) throw new Error(`measuring ${task.kind} ended with code ${code} and no figures`)
  return measured
}
