import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import pino from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type DemoImap, startImap, startSmtp } from '../../src/demo/servers.ts'
import { openInbox } from '../../src/mail/inbox.ts'
import { settingsOf } from '../support/inbox.ts'

const log = pino({ level: 'silent' })
const mail = (subject: string) => Buffer.from(`Subject: ${subject}\r\n\r\nbody\r\n`)

describe('reading a mailbox over IMAP', () => {
  let imap: DemoImap
  afterEach(() => imap.stop())

  it('gives what is there in order, then wakes at once when new mail comes', async () => {
    imap = await startImap()
    await imap.append(mail('first'), 'INBOX', new Date('2026-01-02T03:04:05Z'))
    await imap.append(mail('second'))
    const inbox = await openInbox(settingsOf(imap), log)
    const seen: [number, string][] = []
    for await (const batch of inbox.since(0, null)) {
      for (const { uid, raw } of batch.mails)
        seen.push([uid, raw.toString().split('\r\n')[0] ?? ''])
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
    ['a folder that is not there', { folder: 'Nowhere' }, 'folder', /mailbox's settings/],
    ['nobody listening', { port: 1 }, 'port_closed', /host, port/],
    [
      'a name without a server',
      { host: 'mail.invalid', security: 'tls' as const },
      'host_unknown',
      /spelt/,
    ],
    ['STARTTLS where there is none', { security: 'starttls' as const }, 'encryption', /port and/],
    ['TLS where there is none', { security: 'tls' as const }, 'encryption', /security \(TLS/],
  ])('names %s and what to do, and never the password', async (_, over, trouble, words) => {
    imap = await startImap()
    const settings = settingsOf({ ...imap, ...over })

    const failure = await openInbox(settings, log).catch((error: unknown) => error)
    expect(failure).toMatchObject({ trouble })
    expect(String(failure)).toMatch(words)
    expect(String(failure)).not.toContain('password' in over ? over.password : imap.password)
  })
})

function clientOf({ host, port, user, password }: DemoImap): ImapFlow {
  const auth = { user, pass: password }
  const client = new ImapFlow({ host, port, secure: false, auth, logger: false })
  client.on('error', () => undefined)
  return client
}

/** Connections and servers that this process has open. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length
}

describe('the embedded IMAP server', () => {
  it('tells an idling client of mail that another client appends, in any folder', async () => {
    const imap = await startImap({ folders: ['INBOX', 'Billing'] })
    const watcher = clientOf(imap)
    const other = clientOf(imap)
    await Promise.all([watcher.connect(), other.connect()])
    for (const folder of ['INBOX', 'Billing']) {
      await watcher.mailboxOpen(folder)
      void watcher.idle()
      const told = once(watcher, 'exists')
      await other.append(folder, mail(`to ${folder}`), [], new Date())
      expect((await told)[0]).toMatchObject({ path: folder, count: 1 })
    }
    await imap.stop()
  })

  it('keeps the date of arrival and numbers mails in the order they were given', async () => {
    const imap = await startImap()
    const dates = [3, 1, 2].map((day) => new Date(Date.UTC(2026, 4, day, 12, 30, 15)))
    await Promise.all(dates.map((date, at) => imap.append(mail(`no ${at}`), 'INBOX', date)))
    const client = clientOf(imap)
    await client.connect()
    await client.mailboxOpen('INBOX')
    const seen: unknown[] = []
    for await (const one of client.fetch('1:*', {
      uid: true,
      internalDate: true,
      envelope: true,
    })) {
      seen.push([one.uid, one.envelope?.subject, new Date(one.internalDate ?? 0).toISOString()])
    }
    expect(seen).toEqual(dates.map((date, at) => [at + 1, `no ${at}`, date.toISOString()]))
    await imap.stop()
  })

  it('says so when a mail is for a folder that is not there, and takes the next one', async () => {
    const imap = await startImap()
    await expect(imap.append(mail('lost'), 'Nowhere')).rejects.toThrow()
    await imap.append(mail('kept'))
    await imap.stop()
  })

  it('stops at once with clients waiting, and leaves nothing open', async () => {
    const imap = await startImap()
    const watcher = clientOf(imap)
    await watcher.connect()
    await watcher.mailboxOpen('INBOX')
    void watcher.idle()
    await imap.append(mail('one'))
    const closed = once(watcher, 'close')

    await imap.stop()
    await closed
    await vi.waitFor(() => expect(openSockets()).toBe(0))
    await expect(clientOf(imap).connect()).rejects.toThrow()
  })
})

describe('the embedded SMTP server', () => {
  it('keeps what it accepts, with its envelope, and says so', async () => {
    const smtp = await startSmtp()
    const heard: (readonly string[])[] = []
    smtp.onMail(({ to }) => heard.push(to))
    const transport = createTransport({ host: smtp.host, port: smtp.port, secure: false })
    await transport.sendMail({
      from: 'support@shop.example',
      to: ['a@living.example', 'b@living.example'],
      subject: 'ご案内',
      text: 'こんにちは',
    })
    expect(heard).toEqual([['a@living.example', 'b@living.example']])
    expect(smtp.received).toHaveLength(1)
    expect(smtp.received[0]).toMatchObject({ from: 'support@shop.example', to: heard[0] })
    expect(smtp.received[0]?.raw.toString()).toContain('To: a@living.example, b@living.example')
    await smtp.stop()
  })

  it('refuses a mail larger than it would keep, before it is sent', async () => {
    const smtp = await startSmtp()
    const socket = connect(smtp.port, smtp.host)
    const answers = createInterface(socket)[Symbol.asyncIterator]()
    const ask = async (line: string) => {
      socket.write(`${line}\r\n`)
      return (await answers.next()).value
    }
    await answers.next()
    expect(await ask('HELO living.example')).toMatch(/^250/)
    expect(await ask(`MAIL FROM:<a@living.example> SIZE=${51 * 1024 * 1024}`)).toMatch(/^552/)
    expect(await ask(`MAIL FROM:<a@living.example> SIZE=${1024 * 1024}`)).toMatch(/^250/)
    socket.destroy()
    await smtp.stop()
  })

  it('stops at once with a client in the middle of a mail, and leaves nothing open', async () => {
    const smtp = await startSmtp()
    const socket = connect(smtp.port, smtp.host)
    await once(socket, 'data')
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.on('error', () => socket.destroy())
    socket.write('EHLO living.example\r\nMAIL FROM:<a@living.example>\r\n')
    await smtp.stop()
    await closed
    await vi.waitFor(() => expect(openSockets()).toBe(0))
  })
})
