/**
 * Loaded before the product in a fault's process (`node --import`): takes hold of each step of
 * receiving and sending from outside, and lets the fault of `MAMORI_FAULT` happen at its time.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { ImapFlow } from 'imapflow'
import pg from 'pg'
import type { Fault } from './fault.ts'

const fault = JSON.parse(process.env.MAMORI_FAULT ?? 'null') as Fault | null

/** Small batches, so that a fault comes in the middle; little patience, so that tests end. */
const shorter: Readonly<Record<string, readonly [RegExp, string][]>> = {
  '/src/mail/fetch.ts': [[/batchMails ?= ?200/, 'batchMails=5']],
  '/src/mail/inbox.ts': [
    [/connectTimeoutMs ?= ?(?:30_000|3e4)/, 'connectTimeoutMs=1500'],
    [/silenceMs ?= ?(?:90_000|9e4)/, 'silenceMs=1500'],
  ],
  '/src/loops/held.ts': [
    [/leaseSeconds ?= ?30/, 'leaseSeconds=3'],
    [/askMs ?= ?(?:2_000|2e3)/, 'askMs=300'],
  ],
  '/src/mail/smtp.ts': [
    [/connectTimeoutMs ?= ?(?:30_000|3e4)/, 'connectTimeoutMs=1500'],
    [/responseTimeoutMs ?= ?(?:10 ?\* ?60_000|10 ?\* ?6e4|600_000|6e5)/, 'responseTimeoutMs=1500'],
  ],
  '/src/loops/postman.ts': [[/leaseSeconds ?= ?30/, 'leaseSeconds=3']],
  '/src/loops/clerk.ts': [[/pauseMs: ?(?:5_000|5e3)/, 'pauseMs:200']],
  '/src/flow/deliver.ts': [[/retrySeconds ?= ?\[30, ?120/, 'retrySeconds=[0.2,0.2']],
  '/src/flow/traces.ts': [
    [/copySeconds ?= ?\[10, ?60, ?300/, 'copySeconds=[0.3,0.3,0.3'],
    [/lookSeconds ?= ?\[10, ?30, ?120, ?600, ?3600/, 'lookSeconds=[0.3,0.3,0.3,0.3,0.3'],
  ],
  '/src/store/engine.sqlite.ts': [[/busyTimeoutMs ?= ?(?:10_000|1e4)/, 'busyTimeoutMs=300']],
  '/src/store/engine.pg.ts': [[/answerMs ?= ?(?:60_000|6e4)/, 'answerMs=1500']],
}

/** Where it is to have its usual patience, only its batches are small. */
const patched = Object.entries(shorter).filter(
  ([file]) => process.env.MAMORI_PATIENT !== 'yes' || file.endsWith('fetch.ts'),
)

/** Functions of the product that are steps. */
const wrapped: Readonly<Record<string, readonly [string, string]>> = {
  '/src/flow/receive.ts': ['parsed', 'parse'],
  '/src/flow/judge.ts': ['judge', 'classify'],
  '/src/store/core.ts': ['commitChained', 'store'],
}

let times = 0
/** The commit that is under way, by the step that it belongs to. */
let storing: string | null = null

function isNow(step: string, when: 'before' | 'after'): boolean {
  if (fault?.step !== step || fault.when !== when) return false
  times += 1
  return times === fault.nth
}

/** What can happen in the middle of a transaction, where nothing is awaited. */
function strike(): void {
  if (fault?.do === 'kill') process.kill(process.pid, 'SIGKILL')
  if (fault?.do === 'fill') fill(fault.file)
  if (fault?.do === 'shift') shiftClock(fault.ms)
  process.send?.(fault?.step)
}

async function pass(step: string, when: 'before' | 'after'): Promise<void> {
  if (!isNow(step, when)) return
  const told = new Promise((resolve) => process.once('message', resolve))
  process.channel?.ref()
  strike()
  await told
  process.channel?.unref()
}

function fill(file: string): void {
  const bytes = Buffer.alloc(64 * 1024)
  const to = openSync(file, 'a')
  try {
    for (let size = bytes.length; size >= 1; ) {
      try {
        writeSync(to, bytes, 0, size)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        size = Math.floor(size / 2)
      }
    }
  } finally {
    closeSync(to)
  }
}

function shiftClock(ms: number): void {
  const RealDate = Date
  globalThis.Date = class extends RealDate {
    constructor(...given: []) {
      if (given.length === 0) super(RealDate.now() + ms)
      else super(...given)
    }
    static override now(): number {
      return RealDate.now() + ms
    }
  } as DateConstructor
}

async function step<T>(name: string, args: readonly unknown[], work: () => T): Promise<Awaited<T>> {
  if (name !== 'store') {
    await pass(name, 'before')
    const result = await work()
    await pass(name, 'after')
    return result
  }
  const commit = commitOf(args[1])
  if (commit === null) return await work()
  await pass(commit, 'before')
  storing = commit
  const result = await work()
  storing = null
  await pass(commit, 'after')
  return result
}

const commits: Readonly<Record<string, string>> = {
  sending_started: 'claim',
  handover_begun: 'handover',
  letter_sent: 'result',
  letter_delayed: 'result',
  letter_refused: 'result',
  letter_uncertain: 'result',
  uncertainty_settled: 'settle',
}

/** The step that a commit belongs to, by its events; null for one that is none of them. */
function commitOf(events: unknown): string | null {
  if (!Array.isArray(events)) return null
  if (events.some((event) => 'rawSha256' in event)) return 'store'
  return events.map(({ kind }) => commits[kind]).find((name) => name !== undefined) ?? null
}

/** Within the transaction: mail's own is simply called the commit. */
function commitStep(): string {
  return storing === 'store' ? 'commit' : `${storing} commit`
}

if (isMainThread) {
  process.channel?.unref()
  // Where the test itself is ended, nobody stops us.
  process.on('disconnect', () => process.exit())
  Object.assign(globalThis, { faultStep: step })

  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      const end = (names: readonly string[]) => names.find((name) => url.endsWith(name)) ?? ''
      let text = String(loaded.source)
      const short = end(patched.map(([file]) => file))
      for (const [from, to] of shorter[short] ?? []) {
        if (!from.test(text)) throw new Error(`${url} has no ${from}: mend test/faults/preload.ts`)
        text = text.replace(from, to)
      }
      const [name, as] = wrapped[end(Object.keys(wrapped))] ?? []
      if (name && as) text = wrap(text, name, as, url)
      return text === String(loaded.source) ? loaded : { ...loaded, source: text }
    },
  })
  holdImap()
  holdSqlite()
  holdPostgres()
}

function wrap(text: string, name: string, as: string, url: string): string {
  const declared = new RegExp(`(export )?async function ${name}\\(`)
  const [, exported = ''] = declared.exec(text) ?? []
  if (!declared.test(text)) throw new Error(`${url} has no ${name}: mend test/faults/preload.ts`)
  const real = text.replace(declared, `async function ${name}Real(`)
  return `${real}
${exported}async function ${name}(...args) {
  return globalThis.faultStep('${as}', args, () => ${name}Real(...args))
}
`
}

function holdImap(): void {
  const { prototype } = ImapFlow as unknown as { prototype: Record<string, Work> }
  const { connect, exec } = prototype as { connect: Work; exec: Work }
  prototype.connect = function (...args) {
    return step('connect', args, () => connect.apply(this, args))
  }
  prototype.exec = function (...args) {
    const named = commandSteps[String(args[0])]
    if (!named) return exec.apply(this, args)
    return step(named, args, () => exec.apply(this, args))
  }
}

type Work = (this: unknown, ...args: unknown[]) => unknown

const commandSteps: Readonly<Record<string, string>> = {
  LOGIN: 'auth',
  AUTHENTICATE: 'auth',
  SELECT: 'select',
  EXAMINE: 'select',
  'UID FETCH': 'fetch',
  APPEND: 'append',
}

function holdSqlite(): void {
  const { prototype } = Database as unknown as { prototype: { transaction: Work } }
  const { transaction } = prototype
  prototype.transaction = function (this: unknown, work: unknown) {
    const held = transaction.call(this, (...args: unknown[]) => {
      const result = (work as Work)(...args)
      if (storing && isNow(commitStep(), 'before')) strike()
      return result
    }) as { immediate: Work; deferred: Work }
    const { immediate, deferred } = held
    return {
      deferred,
      immediate(...args: unknown[]) {
        const result = immediate(...args)
        if (storing && isNow(commitStep(), 'after')) strike()
        return result
      },
    }
  }
}

function holdPostgres(): void {
  const { prototype } = pg.Client as unknown as { prototype: { query: Work } }
  const { query } = prototype
  prototype.query = function (this: unknown, ...args: unknown[]) {
    if (args[0] !== 'commit' || !storing) return query.apply(this, args)
    return step(commitStep(), args, () => query.apply(this, args))
  }
}
