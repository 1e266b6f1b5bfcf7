import { Writable } from 'node:stream'
import { readConfig } from '../../src/config.ts'
import type { MailboxSettings } from '../../src/domain/mailbox.ts'
import type { House } from '../../src/flow/house.ts'
import { addMailbox } from '../../src/flow/mailboxes.ts'
import { openParser } from '../../src/flow/parse.ts'
import { openHouse, openLog } from '../../src/house.ts'
import { type Polling, pollAll } from '../../src/loops/pollers.ts'
import type { Folder } from '../../src/store/folders.ts'
import { openDatabase, type TestDatabase, type TestEngine } from './database.ts'
import { mailboxSettings } from './inbox.ts'
import { until } from './office.ts'

/** The reading part of the product on a real store. */
export type Reading = {
  readonly house: House
  readonly database: TestDatabase
  /** What was logged, as JSON lines. */
  log(): string
  add(account: Login, over?: Partial<MailboxSettings>): Promise<string>
  start(polling?: Partial<Polling>): void
  stop(): Promise<void>
  /** Subjects of what is stored, in the order in which it was. */
  subjects(): Promise<string[]>
  /** Waits until so many mails are stored. */
  stored(count: number): Promise<string[]>
  /** Waits until a folder is as wanted. */
  folder(name: string, wanted: (folder: Folder) => boolean): Promise<Folder>
  close(): Promise<void>
}

type Login = { readonly port: number; readonly user: string; readonly password: string }

export type Disk = { readonly within: string; readonly reserveMb: number }

export async function openReading(engine?: TestEngine, disk?: Disk): Promise<Reading> {
  const database = await openDatabase(engine, disk?.within)
  let logged = ''
  const sink = new Writable({
    write(chunk, _, done) {
      logged += chunk
      done()
    },
  })
  const config = readConfig({
    DATABASE_URL: database.url,
    MAMORI_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    MAMORI_DISK_RESERVE_MB: String(disk?.reserveMb ?? 0),
  })
  const house = await openHouse(config, openLog('trace', sink))
  const parser = openParser({ workers: 1, timeoutMs: 20_000 })
  let running: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null

  async function subjects(): Promise<string[]> {
    const rows = await database.sql('select subject from messages order by id')
    return rows.map(({ subject }) => String(subject))
  }

  const reading: Reading = {
    house,
    database,
    log: () => logged,
    subjects,
    async add({ port, user, password }, over = {}) {
      const method = { kind: 'password' } as const
      const account = { host: '127.0.0.1', port, security: 'none', user, method } as const
      const settings = { ...mailboxSettings({ account }), ...over }
      const added = await addMailbox(house, settings, { password }, null)
      if (added.kind !== 'kept') throw new Error(JSON.stringify(added))
      return added.id
    },
    start(polling = {}) {
      const stop = new AbortController()
      running = { stop, ended: pollAll(house, { parser, ...polling }, stop.signal) }
    },
    async stop() {
      running?.stop.abort()
      await running?.ended
      running = null
    },
    stored: (count) =>
      until(`${count} mails`, async () => {
        const all = await subjects()
        return all.length === count && all
      }),
    folder: (name, wanted) =>
      until(`the folder ${name} to be as wanted`, async () => {
        const mailboxes = await house.store.mailboxes.list()
        const all = mailboxes.flatMap(({ folders }) => folders)
        return all.find((folder) => folder.name === name && wanted(folder))
      }),
    async close() {
      await reading.stop()
      await parser.close()
      await house.store.close()
      await database.close()
    },
  }
  return reading
}

/** A small mail, told by its subject. */
export function letter(subject: string, body = 'body'): Buffer {
  const head = `From: mori@aozora.example\r\nTo: support@hinata-kurashi.example\r\n`
  return Buffer.from(`${head}Subject: ${subject}\r\n\r\n${body} of ${subject}\r\n`)
}
