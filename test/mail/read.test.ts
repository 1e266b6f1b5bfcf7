import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import Encoding from 'encoding-japanese'
import { describe, expect, it } from 'vitest'
import { readArchive } from '../../src/mail/archive.ts'
import { attachmentOf } from '../../src/mail/attachment.ts'
import { safeFilename } from '../../src/mail/filename.ts'
import { readMail } from '../../src/mail/read.ts'

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

  it.each<[string, string, 'JIS' | 'SJIS' | 'EUCJP']>([
    ['Shift_JIS that calls itself UTF-8', 'charset=utf-8', 'SJIS'],
    ['EUC-JP that calls itself UTF-8', 'charset="UTF-8"', 'EUCJP'],
    ['Shift_JIS that calls itself ASCII', 'charset=us-ascii', 'SJIS'],
    ['ISO-2022-JP that calls itself nothing', 'format=fixed', 'JIS'],
  ])('reads %s', async (_, parameter, charset) => {
    const text = 'お世話になっております。返金をお願いします。'
    const raw = mail(`Content-Type: text/plain; ${parameter}`, '', encoded(text, charset))
    expect((await readMail(raw, [])).text.trim()).toBe(text)
  })

  it.each(['JIS', 'SJIS', 'EUCJP'] as const)('reads text without any MIME (%s)', async (to) => {
    const text = 'お世話になっております。返金をお願いします。'
    const raw = mail('From: a@x.example', '', encoded(text, to))
    expect((await readMail(raw, [])).text.trim()).toBe(text)
  })

  it('mends the part that is garbled, and leaves words that look like headers alone', async () => {
    const quoted = 'Content-Type: text/plain; charset=utf-8'
    const raw = mail(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain;',
      ' charset=utf-8',
      '',
      encoded('壊れた文字', 'SJIS'),
      quoted,
      '--b',
      'Content-Type: text/plain; charset=euc-jp',
      '',
      encoded('正しい文字', 'EUCJP'),
      '--b--',
    )
    const { text } = await readMail(raw, [])
    expect(text).toContain('壊れた文字')
    expect(text).toContain('正しい文字')
    expect(text).toContain(quoted)
  })

  it('reads Western text that nobody encoded', async () => {
    const raw = mail('Subject: M\xfcller \xe9t\xe9', '', 'x')
    expect((await readMail(raw, [])).subject).toBe('Müller été')
  })

  it('joins encoded words that cut a character, and those that each return to ASCII', async () => {
    const bytes = Buffer.from('返金の件')
    const word = (part: Buffer) => `=?utf-8?b?${part.toString('base64')}?=`
    const cut = mail(
      `Subject: ${word(bytes.subarray(0, 4))}`,
      ` ${word(bytes.subarray(4))}`,
      '',
      'x',
    )
    expect((await readMail(cut, [])).subject).toBe('返金の件')
    const jis = (text: string) =>
      `=?ISO-2022-JP?B?${Buffer.from(encoded(text, 'JIS'), 'latin1').toString('base64')}?=`
    const twice = mail(`Subject: ${jis('テスト')}`, ` ${jis('テスト')}`, '', 'x')
    expect((await readMail(twice, [])).subject).toBe('テストテスト')
  })

  it('keeps the words of HTML that is too long to be shown', async () => {
    const html = `<style>p{}</style><p>返金を&#12288;お願い&amp;します</p><p>${'あ'.repeat(300_000)}</p>`
    const raw = Buffer.from(`Content-Type: text/html; charset=utf-8\r\n\r\n${html}`)
    const read = await readMail(raw, [])
    expect(read.html).toBeNull()
    expect(read.text).toMatch(/^返金を[\s\u3000]お願い&します\n+あ{1000}/)
  })

  it('reads a mail whose lines end in CR alone', async () => {
    const raw = Buffer.from('From: a@x.example\rSubject: old\r\rfirst\rsecond')
    expect(await readMail(raw, [])).toMatchObject({ subject: 'old', text: 'first\nsecond' })
  })

  it('invents no date', async () => {
    expect((await readMail(mail('Date: yesterday', '', 'x'), [])).date).toBeNull()
    const dated = mail('Date: Mon, 23 Nov 2026 09:00:00 +0900 (JST)', '', 'x')
    expect((await readMail(dated, [])).date).toEqual(new Date('2026-11-23T00:00:00Z'))
  })

  it('reads by a second parser what the first one refuses', async () => {
    const raw = mail('Subject: long', `${'X-A: b\r\n'.repeat(150_000)}X-B: c`, '', 'words')
    expect(await readMail(raw, [])).toMatchObject({ subject: 'long', unreadable: null })
    expect((await readMail(raw, [])).text.trim()).toBe('words')
  })

  it('measures an attachment, and gives the same bytes back', async () => {
    const content = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251))
    const raw = mail(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: application/pdf',
      'Content-Disposition: attachment; filename="=?utf-8?b?6KuL5rGCLnBkZg==?="',
      'Content-Transfer-Encoding: base64',
      '',
      content.toString('base64').replace(/.{76}/g, '$&\r\n'),
      '--b--',
    )
    const [attachment] = (await readMail(raw, [])).attachments
    const sha256 = createHash('sha256').update(content).digest('hex')
    expect(attachment).toMatchObject({ index: 0, filename: '請求.pdf', size: 200_000, sha256 })
    const found = await attachmentOf(raw, { sha256, size: 200_000 })
    expect(content.equals(found ?? Buffer.alloc(0))).toBe(true)
    expect(await attachmentOf(raw, { sha256: 'f'.repeat(64), size: 200_000 })).toBeNull()
  })

  const encodings = '../shared/mail/ja-encodings'
  it.skipIf(!existsSync(encodings))(
    'leaves no hole in the Japanese mails kept beside the project',
    async () => {
      let read = 0
      for await (const { raw, name } of readArchive(encodings)) {
        const { subject, from, text, unreadable } = await readMail(raw, [])
        expect(unreadable, name).toBeNull()
        const words = `${subject} ${from[0]?.name} ${text}`
        for (const hole of ['\ufffd', '\u001b', '=?']) expect(words, name).not.toContain(hole)
        read += 1
      }
      expect(read).toBe(39)
    },
  )

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

  it('is not what a forger writes below our own server’s word, also under its name', async () => {
    const own = results('mx.ours.example', 'none')
    const forged = results('mx.ours.example', 'pass')
    const from = 'From: a@x.example'
    for (const headers of [
      [own, forged, from],
      [own, 'Received: from evil.example by mx.ours.example', forged, from],
      [
        'Authentication-Results: mx.ours.example; spf=fail smtp.mailfrom=evil.example',
        'Received: from evil.example by mx.ours.example',
        forged,
        from,
      ],
    ]) {
      expect((await readMail(mail(...headers, '', 'x'), trusted)).identity).not.toBe('verified')
    }
  })

  it('holds where our server reports SPF and DMARC in two headers, whatever the case', async () => {
    const raw = mail(
      'Received: by store.ours.example',
      'Authentication-Results: MX.Ours.Example; dmarc=Pass (p=none) header.from=X.example',
      'Authentication-Results: mx.ours.example; spf=pass smtp.mailfrom=x.example',
      'Received: from mail.x.example by mx.ours.example',
      'From: A <A@x.Example>',
      '',
      'x',
    )
    expect((await readMail(raw, ['mx.Ours.example'])).identity).toBe('verified')
  })

  it('is never verified where no server is trusted', async () => {
    const raw = mail(results('mx.ours.example', 'pass'), 'From: a@x.example', '', 'x')
    expect((await readMail(raw, [])).identity).toBe('unverified')
  })

  const spoofs = '../shared/vectors/from_spoof.json'
  describe.skipIf(!existsSync(spoofs))('in the forgeries kept beside the project', () => {
    const cases = existsSync(spoofs)
      ? (JSON.parse(readFileSync(spoofs, 'utf8')) as {
          cases: { id: string; name: string; headers: string }[]
        })
      : { cases: [] }
    const vouched = 'Authentication-Results: mx.our.example; dmarc=pass header.from=x.invalid'

    it.each(cases.cases)('$id ($name) makes nobody the victim', async ({ headers, name }) => {
      const author = /^From *:/m.test(headers) ? '' : '\r\nFrom: victim@example.com'
      const own = `${vouched}\r\nReceived: from x.invalid by mx.our.example\r\n`
      // The worst that can be: the forger's own domain passes DMARC at our server.
      // Without it, a forged header under our name would be the top one, which our server strips.
      for (const top of name.includes('our id below') ? [own] : ['', own]) {
        const raw = Buffer.from(`${top}${headers}${author}\r\n\r\nx`)
        const { identity, from } = await readMail(raw, ['mx.our.example'])
        const victim = from.some(({ address }) => /@(?:[^@]*\.)?example\.com\.?$/.test(address))
        if (victim) expect(identity).not.toBe('verified')
        else if (identity === 'verified') expect(from[0]?.address).toMatch(/@x\.invalid$/)
      }
    })
  })
})
