import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recordIdentity } from '../../src/flow/suspend.ts'
import { verify } from '../../src/flow/verify.ts'
import { sendAll } from '../support/affair.ts'
import { hasDovecot } from '../support/dovecot.ts'
import { type MailAccount, type MailServer, startMailServer } from '../support/mail-server.ts'
import { queueNotice, staffOf } from '../support/notices.ts'
import { until } from '../support/office.ts'
import { letter, openReading, type Reading } from '../support/reading.ts'
import type { TestSite } from '../support/site.ts'

let users = 0

describe.skipIf(!hasDovecot)('the server’s copy of muted mail (needs Dovecot)', () => {
  let server: MailServer
  let account: MailAccount
  let reading: Reading
  beforeAll(async () => {
    server = await startMailServer()
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    users += 1
    account = await server.account(`muted${users}`)
    reading = await openReading()
  })
  afterEach(async () => {
    expect((await verify(reading.house.store)).flaws).toEqual([])
    await reading.close()
    await account.leave()
  })

  const stranger = Buffer.from(
    letter('other').toString().replace('mori@aozora.example', 'aoki@kaigara.example'),
  )
  const subjectsIn = async (folder: string) =>
    (await account.read(folder)).map(({ raw }) => /^Subject: (.*)$/m.exec(raw.toString())?.[1])

  /** Suspends who wrote the first mail. */
  async function suspend(): Promise<void> {
    const { house } = reading
    const site = { house } as TestSite
    for (const [name, role] of [
      ['reviewer', 'reviewer'],
      ['second', 'reviewer'],
      ['supervisor', 'supervisor'],
    ] as const) {
      const person = { id: house.newId(), name, email: `${name}@mamori.example`, roles: [role] }
      const row = { ...person, language: 'ja' as const, passwordHash: 'x' }
      await house.store.people.add(row, house.now(), null)
    }
    const [thread] = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 1 })
    const named = await staffOf(site)
    await recordIdentity(house, thread?.id ?? '', '契約番号を確認', named('supervisor'))
    await queueNotice(site, thread?.id ?? '', 'suspension')
    await sendAll(site)
  }

  it('stays where it is unless a folder is named', async () => {
    await account.append(letter('first'))
    await reading.add(account)
    reading.start()
    await reading.stored(1)
    await suspend()
    await account.append(letter('again'))
    await reading.stored(2)
    await reading.folder('INBOX', ({ remaining }) => remaining === 0)
    expect(await subjectsIn('INBOX')).toEqual(['first', 'again'])
  })

  it('is moved to its folder, and no other mail is, also where the folder comes later', async () => {
    await account.append(letter('first'))
    await reading.add(account, { mutedFolder: '保留' })
    reading.start()
    await reading.stored(1)
    await suspend()
    await account.append(letter('again'))
    await account.append(stranger)
    await reading.stored(3)
    const { trouble } = await reading.folder('INBOX', (folder) => folder.trouble !== null)
    expect(trouble?.words).toContain('保留')
    expect(await subjectsIn('INBOX')).toEqual(['first', 'again', 'other'])

    await account.client.mailboxCreate('保留')
    await until('the muted mail in its folder', async () =>
      (await subjectsIn('保留')).includes('again'),
    )
    await account.append(letter('once more'))
    await until('the next one', async () => (await subjectsIn('保留')).length === 2)
    expect(await subjectsIn('INBOX')).toEqual(['first', 'other'])
    expect((await account.read('INBOX')).map(({ seen }) => seen)).toEqual([false, false])
  })
})
