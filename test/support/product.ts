import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** The product as an operator starts it, in a process of its own. */
export type Product = {
  readonly pid: number
  /** Its log so far: JSON lines. */
  log(): string
  /** What a preloaded module tells; it waits until the listener's promise is settled. */
  onStep(listener: (step: string) => Promise<void> | void): void
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  kill(): Promise<void>
  /** Asks it to stop; rejects where it does not within half a minute. */
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..', '..')

export type Start = {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Modules that are loaded before the product. */
  readonly preload?: readonly string[]
}

export function startProduct({ args, env, preload = [] }: Start): Product {
  const imports = ['tsx', ...preload].flatMap((module) => ['--import', module])
  const child = spawn(process.execPath, [...imports, 'src/main.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let log = ''
  child.stderr?.on('data', (bytes) => {
    log += bytes
  })
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code ?? -1))
  })
  return {
    pid: child.pid ?? 0,
    log: () => log,
    onStep(listener) {
      child.on('message', async (step) => {
        await listener(String(step))
        if (child.connected) child.send('go on')
      })
    },
    ended,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    stop: () => stop(child, ended, () => log),
  }
}

async function stop(child: ChildProcess, ended: Promise<unknown>, log: () => string) {
  child.kill('SIGTERM')
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the product does not stop:\n${log().slice(-4_000)}`))
    }, 30_000)
  })
  await Promise.race([ended, late])
  clearTimeout(timer)
}
