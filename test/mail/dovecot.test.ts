import { ImapFlow } from 'imapflow'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openInbox } from '../../src/mail/inbox.ts'
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts'
import { settingsOf } from '../support/inbox.ts'

const log = pino({ level: 'silent' })

describe.skipIf(!hasDovecot)('reading Dovecot (left out where it is not installed)', () => {
  let dovecot: Dovecot
  let writer: ImapFlow

  beforeAll(async () => {
    dovecot = await startDovecot()
    const auth = { user: dovecot.user, pass: dovecot.password }
    writer = new ImapFlow({
      host: dovecot.host,
      port: dovecot.port,
      secure: false,
      auth,
      logger: false,
    })
    await writer.connect()
  })
  afterAll(async () => {
    await writer.logout()
    await dovecot.stop()
  })

  const append = (n: number) =>
    writer.append('INBOX', Buffer.from(`Subject: mail ${n}\r\n\r\nbody ${n}\r\n`))

  it('gives more mails than one batch holds, in order, and leaves them unseen', async () => {
    for (let n = 1; n <= 230; n += 1) await append(n)
    const inbox = await openInbox(settingsOf(dovecot), log)
    const uids: number[] = []
    for await (const batch of inbox.since(0, null)) uids.push(...batch.mails.map(({ uid }) => uid))
    await inbox.close()

    expect(uids).toEqual(Array.from({ length: 230 }, (_, n) => n + 1))
    expect(await writer.status('INBOX', { unseen: true })).toMatchObject({ unseen: 230 })
  })

  it('wakes when new mail comes, and gives only that', async () => {
    const inbox = await openInbox(settingsOf(dovecot), log)
    for await (const _ of inbox.since(230, null)) throw new Error('there is nothing new')
    const news = inbox.waitForNews(20_000, new AbortController().signal)
    await append(231)
    expect(await news).toBe('news')
    const fresh: string[] = []
    for await (const batch of inbox.since(230, null))
      fresh.push(...batch.mails.map(({ raw }) => raw.toString()))
    expect(fresh).toEqual(['Subject: mail 231\r\n\r\nbody 231\r\n'])
    await inbox.close()
  })

  it('names a wrong password', async () => {
    const wrong = settingsOf({ ...dovecot, password: 'wrong' })
    await expect(openInbox(wrong, log)).rejects.toMatchObject({ trouble: 'credentials' })
  })
})
