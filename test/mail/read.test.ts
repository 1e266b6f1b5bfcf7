import { existsSync, readFileSync } from 'node:fs'
import Encoding from 'encoding-japanese'
import { describe, expect, it } from 'vitest'
import { readArchive } from '../../src/mail/archive.ts'
import { openParser } from '../../src/mail/parse.ts'
import { readMail, safeFilename } from '../../src/mail/read.ts'

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'), 'latin1')
const encoded = (text: string, to: 'JIS' | 'SJIS' | 'EUCJP') =>
  Buffer.from(Encoding.convert(Encoding.stringToCode(text), { to, from: 'UNICODE' })).toString(
    'latin1',
  )

describe('reading a mail', () => {
  it.each(['JIS', 'SJIS', 'EUCJP'] as const)(
    'decodes a subject that nobody encoded (%s)',
    async (charset) => {
      const subject = encoded('請求書①について', charset)
      expect((await readMail(mail(`Subject: ${subject}`, '', 'x'), [])).subject).toBe(
        '請求書①について',
      )
    },
  )

  it('decodes ISO-2022-JP with half-width kana in the text', async () => {
    const raw = Buffer.concat([
      mail('From: a@x.example', 'Content-Type: text/plain; charset=ISO-2022-JP', '', ''),
      Buffer.from('1b2849343654', 'hex'),
      Buffer.from('1b2842', 'hex'),
    ])
    expect((await readMail(raw, [])).text).toContain('ｴｶﾔ')
  })

  it('takes the text of a mail that is HTML only', async () => {
    const raw = mail(
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Hello <b>you</b></p><script>x()</script>',
    )
    const read = await readMail(raw, [])
    expect(read.text).toContain('Hello you')
    expect(read.text).not.toContain('x()')
  })

  it.each([
    ['an empty mail', ''],
    ['only headers', 'Subject: x'],
    ['no headers', '\r\nbody'],
    ['endless headers', `X: y\r\n`.repeat(60_000)],
    ['broken MIME', 'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: '],
  ])('gives a view of %s instead of failing', async (_, text) => {
    const read = await readMail(Buffer.from(text), [])
    expect(read).toMatchObject({ identity: 'failed', nature: 'person' })
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.exe', 'a.exe'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['', 'attachment-1'],
    ['...', 'attachment-1'],
    ['CON.txt', '_CON.txt'],
    ['請求書.pdf', '請求書.pdf'],
  ])('makes the file name %j safe', (name, safe) => {
    expect(safeFilename(name, 0)).toBe(safe)
  })

  it.each<[string, string[], string]>([
    ['an answering machine', ['Auto-Submitted: auto-replied'], 'auto_generated'],
    ['a person who says no', ['Auto-Submitted: no'], 'person'],
    ['a list', ['List-Id: <x.example>'], 'bulk'],
    ['bulk mail', ['Precedence: bulk'], 'bulk'],
    ['a null return path', ['Return-Path: <>'], 'auto_generated'],
    [
      'a delivery report',
      ['Content-Type: multipart/report; report-type=delivery-status; boundary=x'],
      'bounce',
    ],
  ])('knows %s', async (_, headers, nature) => {
    expect((await readMail(mail('From: a@x.example', ...headers, '', 'x'), [])).nature).toBe(nature)
  })

  it('says which of our mails came back, and why (RFC 3464)', async () => {
    const raw = mail(
      'From: MAILER-DAEMON@mx.example',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      'Final-Recipient: rfc822; y@gone.example',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 no such user',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Message-ID: <mamori.x@hinata.example>',
      'Subject: notice',
      '',
      '--b--',
    )
    expect((await readMail(raw, [])).bounce).toEqual({
      messageId: '<mamori.x@hinata.example>',
      status: '5.1.1',
      diagnostic: 'smtp; 550 no such user',
    })
  })
})

describe('the identity of a sender', () => {
  const trusted = ['mx.ours.example']
  const results = (id: string, result: string, from = 'x.example') =>
    `Authentication-Results: ${id}; spf=pass smtp.mailfrom=${from}; dmarc=${result} header.from=${from}`

  it.each<[string, string[], string]>([
    [
      'aligned pass by our own server',
      [results('mx.ours.example', 'pass'), 'From: a@x.example'],
      'verified',
    ],
    [
      'a fail by our own server',
      [results('mx.ours.example', 'fail'), 'From: a@x.example'],
      'failed',
    ],
    [
      'a pass for another domain',
      [results('mx.ours.example', 'pass', 'evil.example'), 'From: a@x.example'],
      'failed',
    ],
    [
      'a pass by a stranger',
      [results('mx.evil.example', 'pass'), 'From: a@x.example'],
      'unverified',
    ],
    [
      'our name below a stranger’s',
      [results('mx.evil.example', 'none'), results('mx.ours.example', 'pass'), 'From: a@x.example'],
      'unverified',
    ],
    [
      'a pass in a comment',
      [
        'Authentication-Results: mx.ours.example (dmarc=pass header.from=x.example); none',
        'From: a@x.example',
      ],
      'unverified',
    ],
    [
      'two From headers',
      [results('mx.ours.example', 'pass'), 'From: a@x.example', 'From: b@x.example'],
      'failed',
    ],
    [
      'a list of authors',
      [results('mx.ours.example', 'pass'), 'From: a@x.example, b@x.example'],
      'failed',
    ],
    ['a group', [results('mx.ours.example', 'pass'), 'From: g:a@x.example;'], 'failed'],
    ['no From', [results('mx.ours.example', 'pass')], 'failed'],
  ])('with %s', async (_, headers, identity) => {
    expect((await readMail(mail(...headers, '', 'x'), trusted)).identity).toBe(identity)
  })

  const spoofs = '../shared/vectors/from_spoof.json'
  it.skipIf(!existsSync(spoofs))(
    'is never verified by the forgeries kept beside the project',
    async () => {
      const { cases } = JSON.parse(readFileSync(spoofs, 'utf8')) as {
        cases: { id: string; headers: string }[]
      }
      for (const { id, headers } of cases) {
        expect((await readMail(mail(headers, '', 'x'), trusted)).identity, id).not.toBe('verified')
      }
    },
  )
})

describe('the parser’s threads', () => {
  it('set aside a mail that takes too long, and go on with the next', async () => {
    const parser = openParser({ workers: 1, timeoutMs: 1 })
    const slow = mail('Subject: slow', `To: ${'a@b.example, '.repeat(40_000)}x@y.example`, '', 'x')
    const read = await parser.parse(slow, { trustedAuthservIds: [] })
    expect(read.unreadable).toMatch(/longer than/)
    expect(read.subject).toBe('slow')
    await parser.close()
  })

  const hostile = '../shared/vectors/mime'
  it.skipIf(!existsSync(hostile))(
    'read every hostile mail kept beside the project',
    { timeout: 60_000 },
    async () => {
      const parser = openParser({ workers: 2, timeoutMs: 30_000 })
      let read = 0
      for await (const { raw, name } of readArchive(hostile)) {
        const view = await parser.parse(raw, { trustedAuthservIds: [] })
        expect(typeof view.subject, name).toBe('string')
        read += 1
      }
      expect(read).toBeGreaterThan(100)
      await parser.close()
    },
  )
})
