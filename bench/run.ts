import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { hasMbsync } from './bare.ts'
import { measure } from './child.ts'
import { corpusOf, largeMail } from './corpus.ts'
import { type Figure, percentile } from './figures.ts'
import { type MailServer, serveMails } from './mailbox.ts'
import type { PageKind } from './pages.ts'
import { type Postgres, startPostgres } from './postgres.ts'

export type Sizes = {
  /** Mails of the corpus. */
  readonly mails: number
  /** Threads of the large inbox. */
  readonly threads: number
  /** Pages asked for, of each kind. */
  readonly rounds: number
  /** How many times larger the corpus is that memory must stay flat for. */
  readonly times: number
  /** Bytes of the large mail. */
  readonly largeMail: number
  /** Mails of the large case, and bytes of the file that each brings. */
  readonly caseMails: number
  readonly fileBytes: number
}

export type Run = {
  readonly sizes: Sizes
  /** A folder of its own, empty; the caller removes it. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly say: (words: string) => void
}

const atLeast = (value: number) => ({ is: 'at least', value }) as const
const atMost = (value: number) => ({ is: 'at most', value }) as const

/** Measures everything, one thing after the other, and hands out figures as they come. */
export async function* measureAll(run: Run): AsyncIterable<Figure> {
  const postgres = await startPostgres()
  try {
    yield* ingesting(run, postgres)
    yield* classifying(run)
    yield* exporting(run)
    yield* largeInbox(run, 'SQLite', `file:${join(run.folder, 'large.db')}`)
    rmSync(join(run.folder, 'large.db'), { force: true })
    yield* largeInbox(run, 'PostgreSQL', await postgres.database('large'))
  } finally {
    await postgres.stop()
  }
}

/** The product against bare loops over the same mails, from the same server, in the same run. */
async function* ingesting(run: Run, postgres: Postgres): AsyncIterable<Figure> {
  const { sizes, folder, signal, say } = run
  say(`ingest of ${sizes.mails} mails`)
  let base = 0
  yield* withServer(run, corpusOf(sizes.mails), async function* ({ name, account }) {
    const part = `ingest, ${name}`
    const speed = (what: string, seconds: number): Figure => {
      return { part, name: what, value: sizes.mails / seconds, unit: 'mails/s', target: null }
    }
    const fetched = await measure({ kind: 'fetch', account }, signal)
    yield speed('bare fetch by imapflow', fetched.seconds)
    const parsed = await measure({ kind: 'parse', mails: sizes.mails }, signal)
    yield speed('parsing alone by mailparser, one thread', parsed.seconds)
    const url = `file:${join(folder, 'ingest.db')}`
    const stored = await measure({ kind: 'ingest', account, url }, signal)
    base = stored.memoryMb
    yield speed('whole ingest, SQLite', stored.seconds)
    const onPostgres = { kind: 'ingest', account, url: await postgres.database('ingest') } as const
    yield speed('whole ingest, PostgreSQL', (await measure(onPostgres, signal)).seconds)
    const ratio = (what: string, value: number, least: number): Figure => {
      return { part, name: what, value, unit: '×', target: atLeast(least) }
    }
    if (hasMbsync) {
      const copy = { kind: 'mbsync', account, folder: join(folder, 'mbsync') } as const
      const copied = await measure(copy, signal)
      yield speed('copy by mbsync, with fsync', copied.seconds)
      yield ratio('ingest / mbsync', copied.seconds / stored.seconds, 2)
    } else say('mbsync is not installed (apt-get install isync): its row is left out')
    const cores = availableParallelism()
    const share = parsed.seconds / stored.seconds / cores
    yield ratio(`ingest / (${cores} cores × parsing alone)`, share, 0.7)
    yield { part: 'memory', name: 'ingest of the corpus', value: base, unit: 'MB', target: null }
  })
  yield* memory(run, base)
}

async function* memory(run: Run, base: number): AsyncIterable<Figure> {
  const { sizes, say } = run
  const of = async (mails: Iterable<Buffer>, name: string) => {
    const url = `file:${join(run.folder, name)}.db`
    const found: number[] = []
    for await (const mb of withServer(run, mails, async function* ({ account }) {
      yield (await measure({ kind: 'ingest', account, url }, run.signal)).memoryMb
    })) {
      found.push(mb)
    }
    rmSync(join(run.folder, `${name}.db`), { force: true })
    return found[0] ?? Number.NaN
  }
  say(`memory: ${sizes.times} times the corpus`)
  const many = await of(corpusOf(sizes.mails * sizes.times), 'many')
  const part = 'memory'
  // Flat: what is not a leak, but a heap that was not collected yet, may differ by that.
  const target = atMost(1.3)
  yield { part, name: `corpus × ${sizes.times}`, value: many, unit: 'MB', target: null }
  yield { part, name: `corpus × ${sizes.times} / corpus`, value: many / base, unit: '×', target }
  const mb = Math.round(sizes.largeMail / 1024 / 1024)
  say(`memory: one mail of ${mb} MB`)
  const few = await of(corpusOf(100), 'few')
  const large = await of([...corpusOf(100), largeMail(sizes.largeMail)], 'larger')
  const name = `one mail of ${mb} MB, more than without`
  yield { part, name, value: large - few, unit: 'MB', target: atMost(200) }
}

async function* classifying({ sizes, signal, say }: Run): AsyncIterable<Figure> {
  say('classification')
  const { seconds } = await measure({ kind: 'classify', mails: sizes.mails }, signal)
  const value = seconds * 1000
  yield { part: 'rules', name: 'a mail, median', value, unit: 'ms', target: atMost(1) }
  const worst = await measure({ kind: 'classify_largest' }, signal)
  const name = 'a mail of 256 KiB, the slowest'
  yield { part: 'rules', name, value: worst.seconds * 1000, unit: 'ms', target: atMost(200) }
}

/** A large case against a tenth of it: what passes by in pieces takes no more memory. */
async function* exporting({ sizes, folder, signal, say }: Run): AsyncIterable<Figure> {
  const { caseMails, fileBytes } = sizes
  const memory: number[] = []
  for (const mails of [caseMails / 10, caseMails]) {
    say(`a case of ${mails} mails`)
    const url = `file:${join(folder, `case-${mails}.db`)}`
    const out = join(folder, `case-${mails}.zip`)
    await measure({ kind: 'fill_case', url, size: { mails, fileBytes } }, signal)
    const made = await measure({ kind: 'export_case', url, out }, signal)
    const checked = await measure({ kind: 'check_case', out }, signal)
    const mb = Math.round((mails * fileBytes) / 1024 / 1024)
    const part = `a case of ${mails} mails with ${mb} MB of files`
    const speed = { unit: 'mails/s', target: null } as const
    yield { part, name: 'export', value: mails / made.seconds, ...speed }
    yield { part, name: 'verify PACKAGE', value: mails / checked.seconds, ...speed }
    const most = { unit: 'MB', target: null } as const
    yield { part, name: 'export, memory', value: made.memoryMb, ...most }
    yield { part, name: 'verify PACKAGE, memory', value: checked.memoryMb, ...most }
    memory.push(made.memoryMb)
    for (const file of [out, `${out}.part`, join(folder, `case-${mails}.db`)]) {
      rmSync(file, { force: true })
    }
  }
  const [few = Number.NaN, many = Number.NaN] = memory
  const name = 'export, ten times the case / the case'
  yield { part: 'memory', name, value: many / few, unit: '×', target: atMost(1.3) }
}

const pageLimits: Readonly<Record<PageKind, number>> = { queue: 30, thread: 30, search: 50 }

async function* largeInbox(run: Run, engine: string, url: string): AsyncIterable<Figure> {
  const { sizes, signal, say } = run
  say(`${engine}: filling ${sizes.threads} threads`)
  const { count, seconds } = await measure({ kind: 'fill', url, threads: sizes.threads }, signal)
  const part = `${engine}, ${sizes.threads} threads, ${count} mails`
  const each = count / seconds
  yield { part, name: 'insert into the store alone', value: each, unit: 'mails/s', target: null }
  say(`${engine}: pages`)
  const { pages } = await measure({ kind: 'pages', url, rounds: sizes.rounds }, signal)
  for (const kind of ['queue', 'thread', 'search'] as const) {
    const times = pages?.[kind] ?? []
    const [median, late] = [percentile(times, 0.5), percentile(times, 0.95)]
    yield { part, name: `${kind} page, p50`, value: median, unit: 'ms', target: null }
    const target = atMost(pageLimits[kind])
    yield { part, name: `${kind} page, p95`, value: late, unit: 'ms', target }
  }
  for (const [path, times] of Object.entries(pages?.screens ?? {})) {
    const value = percentile(times, 0.95)
    yield { part, name: `${nameOf(path)}, p95`, value, unit: 'ms', target: atMost(50) }
  }
  const start = await measure({ kind: 'start', url }, signal)
  yield { part, name: 'cold start', value: start.seconds, unit: 's', target: atMost(1) }
  say(`${engine}: verify`)
  const verified = await measure({ kind: 'verify', url }, signal)
  const { count: events, seconds: took, memoryMb } = verified
  yield { part, name: 'verify', value: events / took, unit: 'events/s', target: null }
  yield { part, name: 'verify, memory', value: memoryMb, unit: 'MB', target: null }
}

/** A screen's path, for a table: which sender it was does not matter. */
function nameOf(path: string): string {
  return path.replace(/[0-9a-f-]{36}/, '…').replace(/before=\d+/, 'before=…')
}

/** A mail server with these mails for as long as the work goes on, also where it is broken off. */
async function* withServer<T>(
  { signal }: Run,
  mails: Iterable<Buffer>,
  work: (server: MailServer) => AsyncIterable<T>,
): AsyncIterable<T> {
  signal.throwIfAborted()
  const server = await serveMails(mails)
  try {
    yield* work(server)
  } finally {
    await server.stop()
  }
}
