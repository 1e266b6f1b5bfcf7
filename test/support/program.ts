import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { Io } from '../../src/commands/command.ts'
import { run } from '../../src/commands/run.ts'

export type Ran = { readonly code: number; readonly out: Buffer; readonly err: string }

const root = join(import.meta.dirname, '..', '..')

/** The shell's settings and no others than the given ones. */
function settingsWith(settings: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...settings }
}

/** Runs a command by the product's own way in, within this process: a start costs seconds. */
export async function mamori(
  args: readonly string[],
  settings: Record<string, string> = {},
  input = '',
): Promise<Ran> {
  const { io, out, err } = openIo({ env: settingsWith(settings), input })
  const code = await run(args, io)
  return { code, out: out(), err: err().toString() }
}

/** Runs the program as a person in a shell does: a process of its own. */
export function mamoriInShell(
  args: readonly string[],
  settings: Record<string, string> = {},
  input?: string,
): Promise<Ran> {
  const env = settingsWith(settings)
  const tsx = join(root, 'node_modules', '.bin', 'tsx')
  return new Promise((resolve) => {
    const child = execFile(
      tsx,
      [join(root, 'src/main.ts'), ...args],
      { env, encoding: 'buffer', cwd: root },
      (error, out, err) => {
        const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0
        resolve({ code, out, err: err.toString() })
      },
    )
    if (input !== undefined) child.stdin?.end(input)
  })
}

/** Where a command reads and writes, and what it wrote so far. */
export function openIo({ env = {} as NodeJS.ProcessEnv, input = '', tty = false } = {}) {
  const [stdout, stderr] = [collector(), Object.assign(collector(), { isTTY: tty })]
  const io: Io = { stdin: Readable.from([Buffer.from(input)]), stdout, stderr, env }
  return { io, out: stdout.written, err: stderr.written }
}

function collector() {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  return Object.assign(stream, { written: () => Buffer.concat(chunks) })
}
