import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { openParser } from '../../src/flow/parse.ts'
import type { MemoryLimits } from '../../src/flow/reader-thread.ts'
import { reader, readMail } from '../../src/mail/read.ts'
import { mail } from '../support/mime.ts'

const trusting = { trustedAuthservIds: [] }

describe('mail in which parsers find nothing', () => {
  it.each([
    [
      'a multipart without its boundary',
      ['Content-Type: multipart/mixed; boundary=x', '', 'words'],
    ],
    [
      'a multipart that names none',
      ['Content-Type: multipart/mixed', '', '--x', '', 'words', '--x--'],
    ],
    [
      'a boundary that is cut',
      [
        'Content-Type: multipart/mixed; boundary="a"',
        '',
        '--ab',
        'Content-Type: text/plain',
        '',
        'words',
      ],
    ],
  ])('shows what stands in it (%s)', async (_, lines) => {
    const { text, unreadable } = await readMail(mail('Subject: s', ...lines), [])
    expect(text).toContain('words')
    expect(unreadable).toBeNull()
  })

  it('keeps the words of HTML behind more markup than anybody writes', async () => {
    const html = `${'<div>'.repeat(300_000)}返金してください`
    const raw = Buffer.from(`Content-Type: text/html; charset=utf-8\r\n\r\n${html}`)
    expect((await readMail(raw, [])).text).toBe('返金してください')
  })

  it('has no words where there are none', async () => {
    expect((await readMail(mail('Subject: s', '', ''), [])).text).toBe('')
    expect(
      (await readMail(mail('Content-Type: multipart/mixed; boundary=b', '', '--b--'), [])).text,
    ).toBe('')
  })
})

describe('mail built to break parsers', () => {
  const nested = (levels: number) => {
    const lines: string[] = []
    for (let n = 0; n < levels; n += 1) {
      lines.push(`Content-Type: multipart/mixed; boundary=b${n}`, '', `--b${n}`)
    }
    return mail(...lines, 'Content-Type: text/plain', '', 'deep')
  }

  it('is read at 2,000 levels', async () => {
    expect((await readMail(nested(2_000), [])).text.trim()).toBe('deep')
  })

  it('is read with 10,000 parts, each of them in its place', async () => {
    const one = (n: number) => [
      `--b`,
      `Content-Disposition: attachment; filename=f${n}.txt`,
      '',
      `${n}`,
    ]
    const parts = Array.from({ length: 10_000 }, (_, n) => one(n)).flat()
    const raw = mail('Content-Type: multipart/mixed; boundary=b', '', ...parts, '--b--')
    const { attachments, unreadable } = await readMail(raw, [])
    expect(unreadable).toBeNull()
    expect(attachments).toHaveLength(10_000)
    expect(attachments[9_999]).toMatchObject({ filename: 'f9999.txt' })
  })

  it('and what cannot be read at all shows its header, decoded, and why', async () => {
    const raw = Buffer.concat([
      mail('Subject: =?utf-8?B?6L+U6YeR?=', 'X-Long: a', ' b', ''),
      nested(4_100),
    ])
    const { header, subject, unreadable } = await readMail(raw, [])
    expect(unreadable).toMatch(/exceeded|levels/)
    expect(subject).toBe('返金')
    expect(header).toMatch(/^Subject: 返金\nX-Long: a b\n/)
  })
})

describe('a mail that eats memory', () => {
  const quick = (n: number) => mail(`Subject: quick ${n}`, '', 'x')

  it.each<[string, MemoryLimits, Buffer]>([
    ['within the heap', { heapMb: 48, outsideMb: 512 }, lines(2_000_000)],
    ['outside of it', { heapMb: 256, outsideMb: 24 }, attached(60_000_000)],
  ])('ends its own turn, and is kept with its reason (%s)', { timeout: 60_000 }, async (...of) => {
    const [, memory, hungry] = of
    const parser = openParser({ workers: 1, timeoutMs: 30_000, memory })
    const digests = await Promise.all(
      [quick(1), hungry, quick(2)].map((raw) => parser.read(raw, trusting)),
    )
    const views = digests.map((digest) => digest.mail)
    await parser.close()
    expect(views[1]?.unreadable).toMatch(/memory/)
    expect(views[1]?.header).toMatch(/^Content-Type: /)
    expect(views[0]).toMatchObject({ subject: 'quick 1', unreadable: null })
    expect(views[2]).toMatchObject({ subject: 'quick 2', unreadable: null })
  })

  /** Flowed text becomes a line each before it is joined. */
  function lines(count: number): Buffer {
    return mail('Content-Type: text/plain; format=flowed', '', 'a b \r\n'.repeat(count))
  }

  function attached(bytes: number): Buffer {
    const head = mail('Content-Type: application/octet-stream', '', '')
    return Buffer.concat([head, Buffer.alloc(bytes, 'abcdefg\r\n')])
  }
})

describe('the reader', () => {
  it('names the parsers it stands for: another version of theirs is another version of it', () => {
    const { mailparser, 'postal-mime': postalMime } = packageJson.dependencies
    expect(reader).toMatchObject({ mailparser, postalMime })
  })

  it('marks what it has read', async () => {
    expect((await readMail(mail('', 'x'), [])).reader).toBe(reader.version)
  })
})
