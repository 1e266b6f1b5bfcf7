import type { House } from '../flow/house.ts'
import { openParser } from '../flow/parse.ts'
import { type Delivery, type Incoming, type Received, receive } from '../flow/receive.ts'
import { readArchive } from '../mail/archive.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

/** Mails stored in one transaction, and their bytes together: memory stays flat. */
const batchMails = 100
const batchBytes = 16 * 1024 * 1024

/** `import PATH… --mailbox NAME`: old mail, or mail from elsewhere, through the same pipeline. */
export async function importMail(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, {
    mailbox: { type: 'string', default: 'inbox' },
    address: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (positionals.length === 0) throw new UsageError('usage: import PATH… --mailbox NAME')
  const mailbox = await mailboxNamed(house, values.mailbox, values.address)
  const parser = openParser({ workers: 2, timeoutMs: 30_000 })
  const began = performance.now()
  let sum: Received = { read: 0, stored: 0, duplicate: 0, unparsable: 0, threads: 0 }
  try {
    const reception = { mailbox, trust: 'archive' } as const
    for await (const figures of receive(house, parser, batches(house, positionals), reception)) {
      sum = added(sum, figures)
    }
  } finally {
    await parser.close()
  }
  const result = { ...sum, seconds: Math.round(performance.now() - began) / 1000 }
  if (values.json) return printJson(io, result)
  io.stdout.write(
    `${result.read} read, ${result.stored} stored in ${result.threads} new threads, ` +
      `${result.duplicate} known already, ${result.unparsable} unreadable, ${result.seconds} s\n`,
  )
}

async function mailboxNamed(house: House, name: string, address: string | undefined) {
  const { mailboxes } = house.store
  const known = await mailboxes.find(name)
  if (known) return known
  const department = { ja: name, en: name }
  const own = address ?? `${name.toLowerCase().replace(/[^a-z0-9.-]/g, '-')}@localhost`
  const fixed = { fromName: null, account: null, afterStoring: { kind: 'leave' } } as const
  const settings = { name, department, address: own, folders: [], ...fixed }
  const act = { at: house.now(), by: null, newId: house.newId }
  await mailboxes.add(house.newId(), settings, null, act)
  const added = await mailboxes.find(name)
  if (!added) throw new CommandError(`mailbox ${name} could not be added`)
  return added
}

async function* batches(house: House, paths: readonly string[]): AsyncIterable<Delivery> {
  let batch: Incoming[] = []
  let bytes = 0
  for (const path of paths) {
    for await (const { raw } of readArchive(path)) {
      batch.push({ raw, receivedAt: new Date(house.now()) })
      bytes += raw.length
      if (batch.length < batchMails && bytes < batchBytes) continue
      yield { mails: batch, step: null }
      batch = []
      bytes = 0
    }
  }
  if (batch.length > 0) yield { mails: batch, step: null }
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
