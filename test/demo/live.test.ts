import { createTransport } from 'nodemailer'
import { afterEach, describe, expect, it } from 'vitest'
import { tellLive } from '../../src/demo/live.ts'
import { type DemoSmtp, startSmtp } from '../../src/demo/servers.ts'
import type { StoryMail } from '../../src/demo/story.ts'

const from = 'customer@living.example'

function liveMail(key: string, over: Partial<StoryMail>): StoryMail {
  const raw = Buffer.from(`Subject: ${key}\r\n\r\n`)
  return {
    key,
    theme: 'ordinary',
    folder: 'INBOX',
    from,
    raw,
    date: new Date(),
    live: 0,
    afterLetter: null,
    sentAt: async (date) => Buffer.from(`Subject: ${key}\r\nDate: ${date.toUTCString()}\r\n\r\n`),
    ...over,
  }
}

describe('what comes in while one watches', () => {
  let smtp: DemoSmtp
  afterEach(() => smtp.stop())

  it('waits for our first letter where a mail makes no sense before it', async () => {
    smtp = await startSmtp()
    const arrived: string[] = []
    const first = Promise.withResolvers<void>()
    const imap = {
      async append(raw: Buffer) {
        arrived.push(/Subject: (.*)/.exec(raw.toString())?.[1] ?? '')
        first.resolve()
      },
    }
    const mails = [
      liveMail('after the notice', { afterLetter: 0 }),
      liveMail('at its time', {}),
      liveMail('there from the start', { live: null }),
    ]
    const told = tellLive(mails, imap, smtp, new AbortController().signal)
    await first.promise
    expect(arrived).toEqual(['at its time'])

    const { host, port } = smtp
    const sender = createTransport({ host, port, secure: false })
    await sender.sendMail({ from: 'support@shop.example', to: from, subject: 'notice', text: 'x' })
    await told
    expect(arrived).toEqual(['at its time', 'after the notice'])
  })

  it('ends at the signal, also while it waits for a letter', async () => {
    smtp = await startSmtp()
    const stop = new AbortController()
    const arrived: Buffer[] = []
    const imap = { append: async (raw: Buffer) => void arrived.push(raw) }
    const mails = [liveMail('never', { afterLetter: 0 }), liveMail('late', { live: 3600 })]
    const told = tellLive(mails, imap, smtp, stop.signal)
    stop.abort()
    await told
    expect(arrived).toEqual([])
  })
})
