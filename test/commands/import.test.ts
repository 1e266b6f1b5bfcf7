import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importMail } from '../../src/commands/import.ts'
import { progressWords } from '../../src/commands/progress.ts'
import { queueStates } from '../../src/domain/matter.ts'
import { temporaryFolder } from '../support/folder.ts'
import { testMail } from '../support/office.ts'
import { openIo } from '../support/program.ts'
import { openSite, type TestSite } from '../support/site.ts'

const root = join(import.meta.dirname, '..', '..')
const lineFeeds = (raw: Buffer) =>
  Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
const mbox = (mails: readonly Buffer[]) =>
  Buffer.concat(
    mails.flatMap((raw) => [
      Buffer.from('From a@x.example Mon Nov 23 09:00:00 2026\n'),
      lineFeeds(raw),
      Buffer.from('\n'),
    ]),
  )

describe('importing mail', () => {
  let site: TestSite
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(async () => {
    folder = temporaryFolder()
    site = await openSite()
  })
  afterEach(async () => {
    await site.close()
    folder[Symbol.dispose]()
  })

  const put = (name: string, content: Buffer | string) => {
    const path = join(folder.path, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, content)
    return path
  }

  /** What the command printed as JSON, on stderr, and what it complained about. */
  async function imported(paths: readonly string[], { tty = false } = {}) {
    const { io, out, err } = openIo({ tty })
    let complaint = ''
    const args = [...paths, '--mailbox', 'support', '--json']
    await importMail(site.house, args, io).catch((error: Error) => {
      complaint = error.message
    })
    return { json: JSON.parse(out().toString() || 'null'), screen: err().toString(), complaint }
  }

  it('takes several paths of every kind, once', async () => {
    const [one, two, three, four] = [1, 2, 3, 4].map((n) =>
      testMail({ subject: `${n}`, body: 'x' }),
    )
    const paths = [
      put('1.eml', one as Buffer),
      put('box.gz', gzipSync(mbox([two as Buffer]))),
      join(put('dir/cur/3:2,S', lineFeeds(three as Buffer)), '..', '..'),
      put('4.eml', four as Buffer),
    ]
    mkdirSync(join(folder.path, 'dir/new'))
    expect((await imported(paths)).json).toMatchObject({ read: 4, stored: 4, duplicate: 0 })
    expect((await imported(paths)).json).toMatchObject({ read: 4, stored: 0, duplicate: 4 })
  })

  it('knows what IMAP brought, and IMAP what was imported, whatever their line ends', async () => {
    const [one, two] = [
      testMail({ subject: 'a', body: 'x' }),
      testMail({ subject: 'b', body: 'y' }),
    ]
    await site.deliver(one)
    const path = put('box', mbox([one, two]))
    expect((await imported([path])).json).toMatchObject({ read: 2, stored: 1, duplicate: 1 })
    await site.deliver(one, two)
    const changed = Buffer.from(two.toString().replace('Subject: ', 'X-Added: y\r\nSubject: '))
    await site.deliver(changed)
    const threads = await site.house.store.queue.list(
      { states: queueStates },
      { offset: 0, limit: 9 },
    )
    expect(threads.reduce((sum, { messageCount }) => sum + messageCount, 0)).toBe(3)
  })

  it('keeps the bytes of an .eml file, and the time at which its mail came in', async () => {
    const raw = lineFeeds(
      testMail({
        subject: 'old',
        body: 'x',
        headers: ['Received: from a by b; Mon, 2 Mar 2026 10:00:00 +0900'],
      }),
    )
    await imported([put('old.eml', raw)])
    const [thread] = await site.house.store.queue.list(
      { states: queueStates },
      { offset: 0, limit: 1 },
    )
    const record = await site.house.store.threads.find(thread?.id ?? '')
    const [message] = record?.messages ?? []
    expect(message?.receivedAt).toBe('2026-03-02T01:00:00.000Z')
    expect((await site.house.store.raws.find(message?.rawSha256 ?? ''))?.equals(raw)).toBe(true)
  })

  it('names what it left out, and takes the rest', async () => {
    const good = put('good.eml', testMail({ subject: 'good', body: 'x' }))
    const cut = gzipSync(mbox([testMail({ subject: 'in it', body: 'y' })]))
    const bad = put('bad.mbox.gz', cut.subarray(0, cut.length - 9))
    const none = put('none.pdf', '%PDF')
    const { json, complaint } = await imported([bad, '/nowhere', none, good])
    expect(json.stored).toBeGreaterThanOrEqual(1)
    expect(json.leftOut).toHaveLength(3)
    expect(complaint).toMatch(
      /bad\.mbox\.gz: cannot be read[\s\S]*nowhere: there is no[\s\S]*none\.pdf: is neither/,
    )
    const threads = await site.house.store.queue.list(
      { states: queueStates },
      { offset: 0, limit: 9 },
    )
    expect(threads.map(({ subject }) => subject)).toContain('good')
  })

  it('shows how far it is on a terminal, and nothing elsewhere', async () => {
    const mails = Array.from({ length: 250 }, (_, n) => testMail({ subject: `${n}`, body: 'x' }))
    const path = put('box', mbox(mails))
    const { screen } = await imported([path], { tty: true })
    expect(screen).toMatch(/\d+ mails, [\d,]+\/s, [\d.]+ of [\d.]+ MB \(\d+%\)/)
    expect(screen).not.toContain('\n')
    expect(screen.endsWith('\r\u001b[2K')).toBe(true)
    expect((await imported([path])).screen).toBe('')
  })

  it.each<[number, number, number, number, string]>([
    [0, 0, 0, 0, '0 mails, 0/s'],
    [1_234, 5_000_000, 20_000_000, 10, '1,234 mails, 123/s, 4.8 of 19 MB (25%), 30 s left'],
    [60, 1_000_000, 100_000_000, 60, '60 mails, 1/s, 1.0 of 95 MB (1%), 1 h 39 min left'],
    [9, 9, 9, 3, '9 mails, 3/s, 0.0 of 0.0 MB (100%), 0 s left'],
  ])(
    'says %i mails and %i of %i bytes after %i s as %s',
    (mails, bytes, totalBytes, seconds, words) => {
      expect(progressWords({ mails, bytes, totalBytes, seconds })).toBe(words)
    },
  )
})

describe('an import that is stopped', () => {
  it('ends after its batch, says how to go on, and goes on', { timeout: 120_000 }, async () => {
    using folder = temporaryFolder()
    const count = 1_200
    const mails = Array.from({ length: count }, (_, n) => testMail({ subject: `${n}`, body: 'x' }))
    const path = join(folder.path, 'box')
    writeFileSync(path, mbox(mails))
    const run = (stopAtFirst: boolean) =>
      new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
        const args = ['--import', 'tsx', join(root, 'src/main.ts'), 'import', path, '--json']
        const env = { ...process.env, MAMORI_LOG_LEVEL: 'info' }
        const child = spawn(process.execPath, [...args, '--data', folder.path], { cwd: root, env })
        let [out, err] = ['', '']
        child.stdout.on('data', (chunk) => (out += chunk))
        child.stderr.on('data', (chunk) => (err += chunk))
        if (stopAtFirst) interruptOnceStored(child, join(folder.path, 'mamori.db'))
        child.on('exit', (code) => resolve({ code, out, err }))
      })
    const stopped = await run(true)
    expect(stopped.code).toBe(1)
    expect(stopped.err).toMatch(/stopped: import the same again to go on/)
    const first = JSON.parse(stopped.out)
    expect(first).toMatchObject({ stopped: true })
    expect(first.stored).toBeLessThan(count)

    const second = await run(false)
    expect(second.code).toBe(0)
    expect(JSON.parse(second.out)).toMatchObject({
      read: count,
      duplicate: first.stored,
      stored: count - first.stored,
    })
  })
})

/** As Ctrl+C does it, in the middle: once the first mails are in the database. */
function interruptOnceStored(child: ReturnType<typeof spawn>, database: string): void {
  const look = setInterval(async () => {
    const { default: Database } = await import('better-sqlite3')
    try {
      const file = new Database(database, { readonly: true, fileMustExist: true })
      const [row] = file.prepare('select count(*) as n from messages').all() as { n: number }[]
      file.close()
      if (!row?.n) return
      clearInterval(look)
      child.kill('SIGINT')
    } catch (error) {
      // Not there yet, or without its tables.
      if (!(error instanceof Error)) throw error
    }
  }, 20)
  child.on('exit', () => clearInterval(look))
}
