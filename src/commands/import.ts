import type { House } from '../flow/house.ts'
import { openParser } from '../flow/parse.ts'
import { type Delivery, type Incoming, type Received, receive } from '../flow/receive.ts'
import {
  type ArchiveError,
  type ArchiveWatch,
  readArchive,
  sizeOfArchive,
} from '../mail/archive.ts'
import { arrivalTimeOf } from '../mail/arrival-time.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'
import { openProgress } from './progress.ts'

/** Mails stored in one transaction, and their bytes together: memory stays flat. */
const batchMails = 100
const batchBytes = 16 * 1024 * 1024

/** What is left out is named one by one so far; the rest is counted. */
const namedMax = 20

type Outcome = Received & {
  readonly seconds: number
  readonly leftOut: readonly ArchiveError[]
  /** Somebody asked to stop before the end. */
  readonly stopped: boolean
}

/** `import PATH… --mailbox NAME`: old mail, or mail from elsewhere, through the same pipeline. */
export async function importMail(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, {
    mailbox: { type: 'string', default: 'inbox' },
    address: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (positionals.length === 0) throw new UsageError('usage: import PATH… --mailbox NAME')
  const mailbox = await mailboxNamed(house, values.mailbox, values.address)
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  for (const signal of signals) process.once(signal, onSignal)
  try {
    const outcome = await importAll(house, mailbox, positionals, io, stop.signal)
    if (outcome.read > 0 || outcome.leftOut.length === 0) report(outcome, values.json ?? false, io)
    refuseUnlessWhole(outcome)
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
  }
}

/** The first one stops after the batch; as it is heard once, a second one ends the process. */
const signals = ['SIGINT', 'SIGTERM'] as const

async function importAll(
  house: House,
  mailbox: Mailbox,
  paths: readonly string[],
  io: Io,
  signal: AbortSignal,
): Promise<Outcome> {
  const parser = openParser({ workers: 2, timeoutMs: 30_000 })
  const began = performance.now()
  const progress = openProgress(io.stderr, await totalBytes(io, paths))
  const leftOut: ArchiveError[] = []
  const watch = { read: progress.read, leftOut: (error: ArchiveError) => leftOut.push(error) }
  let sum: Received = { read: 0, stored: 0, duplicate: 0, unparsable: 0, threads: 0 }
  try {
    const reception = { mailbox, trust: 'archive' } as const
    for await (const figures of receive(house, parser, batches(house, paths, watch), reception)) {
      sum = added(sum, figures)
      progress.done(figures.read)
      if (signal.aborted) break
    }
  } finally {
    progress.end()
    await parser.close()
  }
  const seconds = Math.round(performance.now() - began) / 1000
  return { ...sum, seconds, leftOut, stopped: signal.aborted }
}

/** Looked for only where it is shown: in a Maildir each file has to be asked. */
async function totalBytes({ stderr }: Io, paths: readonly string[]): Promise<number> {
  if (!('isTTY' in stderr && stderr.isTTY)) return 0
  let bytes = 0
  for (const path of paths) bytes += await sizeOfArchive(path)
  return bytes
}

async function mailboxNamed(house: House, name: string, address: string | undefined) {
  const { mailboxes } = house.store
  const known = await mailboxes.find(name)
  if (known) return known
  const department = { ja: name, en: name }
  const own = address ?? `${name.toLowerCase().replace(/[^a-z0-9.-]/g, '-')}@localhost`
  const fixed = {
    fromName: null,
    account: null,
    afterStoring: { kind: 'leave' },
    sentCopies: { kind: 'none' },
    mutedFolder: null,
  } as const
  const settings = { name, department, address: own, folders: [], ...fixed }
  const act = { at: house.now(), by: null, newId: house.newId }
  await mailboxes.add(house.newId(), settings, null, act)
  const added = await mailboxes.find(name)
  if (!added) throw new CommandError(`mailbox ${name} could not be added`)
  return added
}

async function* batches(
  house: House,
  paths: readonly string[],
  watch: ArchiveWatch,
): AsyncIterable<Delivery> {
  let batch: Incoming[] = []
  let bytes = 0
  for (const path of paths) {
    for await (const { raw, deliveredAt } of readArchive(path, watch)) {
      const now = new Date(house.now())
      batch.push({ raw, receivedAt: arrivalTimeOf(raw, deliveredAt, now) ?? now })
      bytes += raw.length
      if (batch.length < batchMails && bytes < batchBytes) continue
      yield { mails: batch, step: null }
      batch = []
      bytes = 0
    }
  }
  if (batch.length > 0) yield { mails: batch, step: null }
}

function report({ leftOut, stopped, ...figures }: Outcome, json: boolean, io: Io): void {
  const { read, stored, threads, duplicate, unparsable, seconds } = figures
  if (json) {
    const left = leftOut.length > 0 ? { leftOut: leftOut.map(({ message }) => message) } : {}
    printJson(io, { ...figures, ...left, ...(stopped ? { stopped } : {}) })
  } else {
    io.stdout.write(
      `${read} read, ${stored} stored in ${threads} new threads, ` +
        `${duplicate} known already, ${unparsable} unreadable, ${seconds} s\n`,
    )
  }
}

function refuseUnlessWhole({ leftOut, stopped }: Outcome): void {
  const named = leftOut.slice(0, namedMax).map(({ message }) => message)
  const more = leftOut.length - named.length
  const lines = [
    ...named,
    ...(more > 0 ? [`and ${more} more left out`] : []),
    ...(stopped ? ['stopped: import the same again to go on, what is there is skipped'] : []),
  ]
  if (lines.length > 0) throw new CommandError(lines.join('\n'))
}

function added(a: Received, b: Received): Received {
  return {
    read: a.read + b.read,
    stored: a.stored + b.stored,
    duplicate: a.duplicate + b.duplicate,
    unparsable: a.unparsable + b.unparsable,
    threads: a.threads + b.threads,
  }
}
