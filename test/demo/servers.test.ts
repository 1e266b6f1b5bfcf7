import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { type DemoImap, startImap } from '../../src/demo/servers.ts'
import { openInbox } from '../../src/mail/inbox.ts'

const log = pino({ level: 'silent' })
const mail = (subject: string) => Buffer.from(`Subject: ${subject}\r\n\r\nbody\r\n`)

describe('reading a mailbox over IMAP', () => {
  let imap: DemoImap
  afterEach(() => imap.stop())

  it('gives what is there in order, then wakes at once when new mail comes', async () => {
    imap = await startImap()
    await imap.append(mail('first'), 'INBOX', new Date('2026-01-02T03:04:05Z'))
    await imap.append(mail('second'))
    const inbox = await openInbox({ ...imap, secure: false, folder: 'INBOX' }, log)
    const seen: [number, string][] = []
    for await (const batch of inbox.since(0)) {
      for (const { uid, raw } of batch) seen.push([uid, raw.toString().split('\r\n')[0] ?? ''])
    }
    const news = inbox.waitForNews(20_000, new AbortController().signal)
    await imap.append(mail('third'))

    expect(seen).toEqual([
      [1, 'Subject: first'],
      [2, 'Subject: second'],
    ])
    expect(await news).toBe('news')
    await inbox.close()
  })

  it.each([
    ['a wrong password', { password: 'wrong' }, 'credentials', /IMAP_PASSWORD/],
    ['a folder that is not there', { folder: 'Nowhere' }, 'folder', /MAILBOX_FOLDER/],
    ['nobody listening', { port: 1 }, 'unreachable', /IMAP_PORT/],
    ['TLS where there is none', { secure: true }, 'unreachable', /IMAP_TLS/],
  ])('names %s and what to do, and never the password', async (_, over, trouble, words) => {
    imap = await startImap()
    const settings = { ...imap, secure: false, folder: 'INBOX', ...over }

    const failure = await openInbox(settings, log).catch((error: unknown) => error)
    expect(failure).toMatchObject({ trouble })
    expect(String(failure)).toMatch(words)
    expect(String(failure)).not.toContain(settings.password)
  })
})
