import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { buffer, text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Told } from './program.ts'

/** One page of a file, drawn anew: nothing of the file's own bytes is in it. */
export type Preview = Told & { readonly webp: Buffer }

/** What can be looked at: a PDF, page by page, or a picture. */
export type PreviewKind = 'pdf' | 'picture'

export type Previews = {
  /** Draws a page, counted from 1. Null where the file is broken, locked, or takes too much. */
  draw(kind: PreviewKind, bytes: Buffer, page: number): Promise<Preview | null>
}

type PreviewSettings = {
  /** How many files are drawn at once; the rest waits. */
  readonly atOnce: number
  readonly timeoutMs: number
  /** Told of each file that could not be drawn, and why: no word of the file. */
  readonly failed: (why: string) => void
}

/** A picture of a page is a few hundred kB; more is none of ours. */
const answerMax = 16 * 1024 * 1024
const heapMb = 256

/** Opens what draws files: each in a process of its own, which may read its own code and no more. */
export function openPreviews({ atOnce, timeoutMs, failed }: PreviewSettings): Previews {
  let busy = 0
  const waiting: (() => void)[] = []

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (busy >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else busy -= 1
    }
  }

  return {
    draw: (kind, bytes, page) =>
      inTurn(async () => {
        const answer = await run([kind, String(page), assets], bytes, timeoutMs)
        if (Buffer.isBuffer(answer)) return readAnswer(answer)
        failed(answer)
        return null
      }),
  }
}

/** The program's answer, or why there is none. */
async function run(args: string[], bytes: Buffer, timeoutMs: number): Promise<Buffer | string> {
  const child = spawn(process.execPath, [...rights, program, ...args], {
    // Nothing of our settings, which hold secrets.
    env: {},
    stdio: 'pipe',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  })
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) =>
      resolve(signal ? `ended by ${signal}, after ${timeoutMs} ms or for its memory` : `${code}`),
    )
  })
  // A program that ends before it has read everything says why by its end.
  child.stdin.on('error', () => undefined).end(bytes)
  let size = 0
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > answerMax) child.kill('SIGKILL')
  })
  const [answer, said, how] = await Promise.all([buffer(child.stdout), text(child.stderr), ended])
  return how === '0' && answer.length > 0 ? answer : said.trim().slice(0, 200) || how
}

function readAnswer(answer: Buffer): Preview {
  const end = answer.indexOf('\n')
  const told = JSON.parse(answer.toString('utf8', 0, end)) as Told
  return { ...told, webp: answer.subarray(end + 1) }
}

const here = new URL('.', import.meta.url)
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
const program = fileURLToPath(new URL(`program.${extension}`, here))
const assets = folderOf('pdfjs-dist')

/**
 * Node's permission model: no writing, no processes, no threads, and reading only of the program
 * and its libraries. It is a second wall, after the limits of time and memory.
 */
const rights = [
  '--permission',
  '--allow-addons',
  ...[program, fileURLToPath(here), assets, folderOf('@napi-rs')].map(
    (path) => `--allow-fs-read=${path}`,
  ),
  `--max-old-space-size=${heapMb}`,
  '--no-warnings',
]

/** Where a library lies: the nearest `node_modules` that has it. */
function folderOf(name: string): string {
  for (let at = here; ; at = new URL('..', at)) {
    const path = fileURLToPath(new URL(`node_modules/${name}`, at))
    if (existsSync(path)) return path
    if (at.pathname === '/') throw new Error(`the library ${name} is not installed: run npm ci`)
  }
}
