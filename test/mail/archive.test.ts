import { execFileSync } from 'node:child_process'
import { chmodSync, createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readArchive } from '../../src/mail/archive.ts'
import { arrivalTimeOf } from '../../src/mail/arrival-time.ts'
import { readMbox } from '../../src/mail/mbox.ts'
import { linesOf } from '../../src/mail/unpacked.ts'
import { temporaryFolder } from '../support/folder.ts'

async function mailsIn(path: string): Promise<string[]> {
  const found: string[] = []
  for await (const { raw } of readArchive(path)) found.push(raw.toString())
  return found
}

/** The mails of an archive with everything that was left out. */
async function readWatched(path: string) {
  const mails: string[] = []
  const leftOut: string[] = []
  const watch = { leftOut: (error: Error) => leftOut.push(error.message) }
  for await (const { raw } of readArchive(path, watch)) mails.push(raw.toString())
  return { mails, leftOut }
}

const from = (n: number) => `From a@x.example Mon Nov 23 09:00:0${n} 2026\n`

describe('an mbox', () => {
  async function split(text: string, chunk = 7, bytesMax = 10_000): Promise<string[]> {
    const bytes = Buffer.from(text)
    const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, n) =>
      bytes.subarray(n * chunk, (n + 1) * chunk),
    )
    const mails: string[] = []
    for await (const mail of readMbox(linesOf(Readable.from(chunks)), bytesMax)) {
      mails.push(mail.bytes?.toString() ?? 'too large')
    }
    return mails
  }

  it('is divided by its From lines, with quoted ones restored', async () => {
    const text =
      'From a Mon\nSubject: 1\n\n>From here\n>>From there\n\nFrom b Tue\nSubject: 2\n\ny\n'
    expect(await split(text)).toEqual([
      'Subject: 1\n\nFrom here\n>From there\n',
      'Subject: 2\n\ny\n',
    ])
  })

  it('keeps CRLF, and mails without a text or an end of line', async () => {
    const text =
      'From a Mon\r\nSubject: 1\r\n\r\nx\r\n\r\nFrom b Tue\r\nSubject: 2\r\n\r\nFrom c Wed\r\n\r\ny'
    expect(await split(text)).toEqual(['Subject: 1\r\n\r\nx\r\n', 'Subject: 2\r\n', '\r\ny'])
  })

  it('takes no sentence for a From line, unless it stands after an empty line', async () => {
    const text = `${from(1)}Subject: 1\n\nI come\nFrom Osaka with love\n${from(2)}Subject: 2\n\ny\n`
    expect(await split(text)).toEqual([
      'Subject: 1\n\nI come\nFrom Osaka with love\n',
      'Subject: 2\n\ny\n',
    ])
  })

  it('believes a Content-Length that ends where the next mail begins', async () => {
    const body = 'Hello\n\nFrom Osaka, unquoted\n>From quoted\n'
    const mail = `Subject: 1\nContent-Length: ${body.length}\n\n${body}`
    expect(await split(`${from(1)}${mail}\n${from(2)}Subject: 2\n\ny\n`)).toEqual([
      mail,
      'Subject: 2\n\ny\n',
    ])
    expect(await split(`${from(1)}${mail}`)).toEqual([mail])
    const quoted = 'Hello\n>From quoted\n'
    const other = `Subject: 1\nContent-Length: ${quoted.length}\n\n`
    expect(await split(`${from(1)}${other}${quoted}\n${from(2)}x\n`)).toEqual([
      `${other}Hello\nFrom quoted\n`,
      'x\n',
    ])
  })

  it.each([3, 11, 40, 90, 5_000, 999_999_999_999])(
    'loses no mail to a wrong Content-Length (%i)',
    async (length) => {
      const mails = [
        `Subject: 1\nContent-Length: ${length}\n\nHello\n`,
        'Subject: 2\n\nsecond\n',
        'Subject: 3\n\nthird\n',
      ]
      const text = mails.map((mail, n) => `${from(n)}${mail}`).join('\n')
      expect((await split(text)).map((one) => one.trimEnd())).toEqual(
        mails.map((one) => one.trimEnd()),
      )
    },
  )

  it('leaves out a mail that is too large, and no other', async () => {
    const large = `Subject: 2\n\n${'x'.repeat(20_000)}\n\n`
    const text = `${from(1)}Subject: 1\n\na\n\n${from(2)}${large}${from(3)}Subject: 3\n\nb\n`
    expect(await split(text)).toEqual(['Subject: 1\n\na\n', 'too large', 'Subject: 3\n\nb\n'])
  })

  it('gives back whatever was put into it, wherever its bytes are cut', async () => {
    const line = fc.constantFrom(
      '',
      'x',
      'From a',
      '>From b',
      '>>From c',
      ' From',
      'Content-Length: 4',
    )
    const mail = fc
      .array(line, { minLength: 1, maxLength: 6 })
      .map((lines) => `${lines.join('\n')}\n`)
    await fc.assert(
      fc.asyncProperty(
        fc.array(mail, { maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        async (mails, cut) => {
          const quoted = mails.map((one) => one.replace(/^(>*From )/gm, '>$1'))
          const text = quoted.map((one, n) => `${from(n)}Subject: x\n\n${one}\n`).join('')
          expect(await split(text, cut)).toEqual(mails.map((one) => `Subject: x\n\n${one}`))
        },
      ),
    )
  })
})

describe('an archive of mail', () => {
  it('is a Maildir with its folders, or .eml files, and passes over what is no mail', async () => {
    using folder = temporaryFolder()
    const put = (path: string, content: string | Buffer) => {
      mkdirSync(join(folder.path, path, '..'), { recursive: true })
      writeFileSync(join(folder.path, path), content)
    }
    for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(folder.path, name))
    put('cur/1700000000.M1.host:2,S', 'a')
    put('new/2', 'b')
    put('tmp/3', 'half written')
    put('dovecot-uidlist', 'no mail')
    put('.Sent.2026/cur/4:2,RS', 'd')
    put('.Sent.2026/new/.keep', '')
    put('.Sent.2026/tmp/5', 'half written')
    put('.Sent.2026/cur/6.Z:2,S', gzipSync('f'))
    put('x.eml', 'c')
    put('more/y.EML.gz', gzipSync('g'))
    put('more/z.mbox', `${from(1)}h\n`)
    put('README', 'no mail')

    const mails = (await mailsIn(folder.path)).filter((one) => one !== '')
    expect(mails.sort()).toEqual(['a', 'b', 'c', 'd', 'f', 'g', 'h\n'])
  })

  it('is unpacked where its first bytes say gzip, whatever its name', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'archive')
    const parts = [`${from(1)}Subject: 1\n\nx\n\n`, `${from(2)}Subject: 2\n\ny\n`]
    writeFileSync(path, Buffer.concat(parts.map((part) => gzipSync(part))))
    expect(await mailsIn(path)).toEqual(['Subject: 1\n\nx\n', 'Subject: 2\n\ny\n'])
  })

  it('says what is wrong with a path that holds none', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'x.pdf'), '%PDF')
    writeFileSync(join(folder.path, 'empty.mbox'), '')

    await expect(mailsIn(join(folder.path, 'nothing'))).rejects.toThrow(/no such file/)
    await expect(mailsIn(join(folder.path, 'x.pdf'))).rejects.toThrow(/neither/)
    expect(await mailsIn(join(folder.path, 'empty.mbox'))).toEqual([])
  })

  it('names what is damaged and goes on with the rest', async () => {
    using folder = temporaryFolder()
    const whole = gzipSync(`${from(1)}Subject: 1\n\n${'words\n'.repeat(20_000)}\n${from(2)}x\n`)
    writeFileSync(join(folder.path, '1.mbox'), whole.subarray(0, whole.length - 20))
    writeFileSync(join(folder.path, '2.eml.gz'), Buffer.from([0x1f, 0x8b, 1, 2, 3]))
    writeFileSync(join(folder.path, '3.eml'), 'good')
    const { mails, leftOut } = await readWatched(folder.path)
    expect(mails.at(-1)).toBe('good')
    expect(leftOut).toEqual([
      expect.stringMatching(/1\.mbox: cannot be read to its end: unexpected end/),
      expect.stringMatching(/2\.eml\.gz: cannot be read to its end/),
    ])
  })

  it.skipIf(process.getuid?.() === 0)('goes on where one file may not be read', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, '1.eml'), 'secret')
    chmodSync(join(folder.path, '1.eml'), 0)
    writeFileSync(join(folder.path, '2.eml'), 'good')
    const { mails, leftOut } = await readWatched(folder.path)
    expect({ mails, count: leftOut.length }).toEqual({ mails: ['good'], count: 1 })
  })

  it('stops at a file that only unpacks, in flat memory', { timeout: 120_000 }, async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'bomb.mbox.gz')
    const zeros = Buffer.alloc(1024 * 1024)
    async function* endless() {
      yield Buffer.from(from(1))
      for (let n = 0; n < 700; n += 1) yield zeros
    }
    await pipeline(Readable.from(endless()), createGzip({ level: 1 }), createWriteStream(path))
    const script = `
      import { readArchive } from './src/mail/archive.ts'
      const words = []
      for await (const _ of readArchive(process.argv[1], { leftOut: (e) => words.push(e.message) }));
      console.log(JSON.stringify({ words, mb: Math.round(process.resourceUsage().maxRSS / 1024) }))`
    const out = execFileSync(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      script,
      path,
    ])
    const { words, mb } = JSON.parse(out.toString())
    expect(words[0]).toMatch(/unpacks to more than|larger than/)
    expect(mb).toBeLessThan(450)
  })
})

describe('the time of a mail from an archive', () => {
  const now = new Date('2026-11-25T00:00:00Z')
  const mail = (...lines: string[]) => Buffer.from([...lines, '', ''].join('\r\n'))
  const received = 'Received: from a by b; Mon, 23 Nov 2026 10:00:00 +0900'
  const date = 'Date: Mon, 23 Nov 2026 09:00:00 +0900'
  const delivered = new Date('2026-11-23T02:00:00Z')

  it('is when its last server received it, else when it was delivered, else its Date', () => {
    const older = 'Received: from x by a; Mon, 23 Nov 2026 08:00:00 +0900'
    expect(arrivalTimeOf(mail(received, older, date), delivered, now)).toEqual(
      new Date('2026-11-23T01:00:00Z'),
    )
    expect(arrivalTimeOf(mail(date), delivered, now)).toEqual(delivered)
    expect(arrivalTimeOf(mail(date), null, now)).toEqual(new Date('2026-11-23T00:00:00Z'))
    expect(arrivalTimeOf(mail('Subject: x'), null, now)).toBeNull()
  })

  it('is never in the future, nor before there was mail', () => {
    const future = 'Received: from a by b; Mon, 23 Nov 2099 10:00:00 +0900'
    expect(arrivalTimeOf(mail(future, date), null, now)).toEqual(new Date('2026-11-23T00:00:00Z'))
    expect(arrivalTimeOf(mail('Date: Thu, 1 Jan 1970 00:00:00 +0000'), null, now)).toBeNull()
  })

  it('is read from From lines, with and without an offset, and from names in a Maildir', async () => {
    using folder = temporaryFolder()
    const timeIn = async (name: string, content: string) => {
      const path = join(folder.path, name)
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, content)
      for await (const { deliveredAt } of readArchive(path)) return deliveredAt?.toISOString()
      return 'no mail'
    }
    expect(await timeIn('1', 'From a@x Mon Nov 23 09:00:00 2026\nx\n')).toBe(
      '2026-11-23T09:00:00.000Z',
    )
    expect(await timeIn('2', 'From a@x Mon Nov  2 09:00:00 JST +0900 2026\nx\n')).toBe(
      '2026-11-02T00:00:00.000Z',
    )
    expect(await timeIn('3', 'From a\nx\n')).toBeUndefined()
    expect(await timeIn('m/cur/1700000000.M1P2.host:2,S', 'x')).toBe('2023-11-14T22:13:20.000Z')
  })
})
