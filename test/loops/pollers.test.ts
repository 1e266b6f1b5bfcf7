import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAccounts } from '../../src/flow/accounts.ts'
import { openParser } from '../../src/flow/parse.ts'
import { verify } from '../../src/flow/verify.ts'
import { poll } from '../../src/loops/poller.ts'
import { engines } from '../support/database.ts'
import { canMount, openDisk } from '../support/disk.ts'
import { letter, openReading, type Reading } from '../support/reading.ts'
import { type ScriptedImap, startScriptedImap } from '../support/scripted-imap.ts'

const login = { user: 'support', password: 'canary-password' }

describe.each(engines)('pollers on %s', (engine) => {
  let imap: ScriptedImap
  let reading: Reading
  beforeEach(async () => {
    imap = await startScriptedImap()
    reading = await openReading(engine)
  })
  afterEach(async () => {
    await reading.close()
    await imap.stop()
  })

  it('store every mail once where two read a folder, because one does not know yet that its lease is gone', async () => {
    const mailboxId = await reading.add({ port: imap.port, ...login })
    for (let n = 1; n <= 650; n += 1) imap.put(letter(`mail ${n}`))
    const { house } = reading
    const [folder] = (await house.store.mailboxes.byId(mailboxId))?.folders ?? []
    const place = { mailboxId, folderId: folder?.id ?? '' }
    const parser = openParser({ workers: 1, timeoutMs: 20_000 })
    const stop = new AbortController()
    const { signal } = stop
    const both = [1, 2].map(() =>
      poll(house, place, { parser, accounts: openAccounts(house), signal, idleMs: 300 }),
    )
    await reading.stored(650)
    imap.put(letter('one more'))
    await reading.stored(651)
    stop.abort()
    await Promise.all(both)
    await parser.close()

    expect(new Set(await reading.subjects()).size).toBe(651)
    expect((await verify(house.store)).flaws).toEqual([])
  })

  it('log no word of a customer where the database fails in the middle', async () => {
    await reading.add({ port: imap.port, ...login })
    imap.put(letter('canary-subject', 'canary-words'))
    const table = 'search_texts'
    await reading.database.sql(`alter table ${table} rename to elsewhere`)
    reading.start()
    const { trouble } = await reading.folder('INBOX', (folder) => folder.trouble !== null)
    expect(trouble).toMatchObject({ kind: 'database', words: expect.stringContaining(table) })
    expect(reading.log()).toContain('a run failed')
    expect(reading.log() + JSON.stringify(trouble)).not.toContain('canary')

    await reading.database.sql(`alter table elsewhere rename to ${table}`)
    await reading.stored(1)
    await reading.folder('INBOX', (folder) => folder.trouble === null)
  })
})

describe('pollers and the disk', () => {
  it.skipIf(!canMount)(
    'leave mail on the server before the disk is full, and go on when there is room (left out where no disk can be mounted)',
    async () => {
      const imap = await startScriptedImap()
      const disk = openDisk(24)
      const reading = await openReading('SQLite', { within: disk.path, reserveMb: 16 })
      await reading.add({ port: imap.port, ...login })
      imap.put(letter('one'))
      reading.start({ idleMs: 200 })
      await reading.stored(1)

      disk.fill(10)
      imap.put(letter('two'))
      imap.announce()
      const { trouble } = await reading.folder('INBOX', (folder) => folder.trouble !== null)
      expect(trouble).toMatchObject({
        kind: 'disk',
        words: expect.stringMatching(/\d MB left, less than the 16 MB of MAMORI_DISK_RESERVE_MB/),
      })
      expect(await reading.subjects()).toEqual(['one'])
      disk.free()
      await reading.stored(2)
      await reading.folder('INBOX', (folder) => folder.trouble === null)

      await reading.close()
      disk.close()
      await imap.stop()
    },
  )
})
