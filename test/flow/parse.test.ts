import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assess } from '../../src/classify/assess.ts'
import { openParser } from '../../src/flow/parse.ts'
import { readArchive } from '../../src/mail/archive.ts'
import { rules } from '../support/rules.ts'

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'))

const thread = (body: string) => ({
  id: 'thread',
  messages: [
    {
      dir: 'in' as const,
      from: 'kuroiwa@gouriki.example',
      fromName: '黒岩',
      to: ['support@hinata-kurashi.example'],
      date: '2026-10-01T10:00:00Z',
      subject: '返金の件',
      body,
    },
  ],
})

describe('the parser’s threads', () => {
  const options = { trustedAuthservIds: [] }
  const quick = (n: number) => mail(`Subject: quick ${n}`, '', 'x')
  const slow = mail(
    'Subject: slow',
    'Content-Type: text/plain; format=flowed; charset=iso-2022-jp',
    '',
    'abc def \r\n'.repeat(1_500_000),
  )

  it('set aside a mail that takes too long, and only that one of its neighbours', async () => {
    const parser = openParser({ workers: 1, timeoutMs: 400 })
    const [before, late, after] = await Promise.all(
      [quick(1), slow, quick(2)].map((raw) => parser.read(raw, options)),
    )
    expect(before?.mail).toMatchObject({ subject: 'quick 1', unreadable: null })
    expect(late?.mail).toMatchObject({
      subject: 'slow',
      unreadable: expect.stringMatching(/longer than/),
    })
    expect(after?.mail).toMatchObject({ subject: 'quick 2', unreadable: null })
    await parser.close()
  })

  it('say nothing of mails they were not allowed to finish', async () => {
    const parser = openParser({ workers: 1, timeoutMs: 30_000 })
    const unfinished = [slow, quick(1), quick(2)].map((raw) => parser.read(raw, options))
    const results = Promise.allSettled(unfinished)
    await parser.close()
    expect((await results).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
    ])
    await expect(parser.read(quick(3), options)).rejects.toThrow(/closed/)
  })

  it('give every mail its own view, in the order of the calls, and leave the bytes alone', async () => {
    const parser = openParser({ workers: 2, timeoutMs: 30_000 })
    const raws = Array.from({ length: 200 }, (_, n) => quick(n))
    const read = await Promise.all(raws.map((raw) => parser.read(raw, options)))
    expect(read.map(({ mail: { subject } }) => subject)).toEqual(raws.map((_, n) => `quick ${n}`))
    expect(raws[150]).toEqual(quick(150))
    await parser.close()
  })

  it('assess a thread as the rules do, while mail waits to be read', async () => {
    const parser = openParser({ workers: 1, timeoutMs: 30_000 })
    const reading = Array.from({ length: 50 }, (_, n) => parser.read(quick(n), options))
    const exchange = thread('今すぐ返金しろ。殺すぞ。お前の家に火をつける。')
    const { result, gist, gaveUp } = await parser.assess(exchange, rules)
    expect(result).toEqual(assess(exchange, rules))
    expect(result.severity).toBe(3)
    expect(gist).toContainEqual({ kind: 'nth_mail', n: 1, days: 0 })
    expect(gaveUp).toBeNull()
    expect(await Promise.all(reading)).toHaveLength(50)
    await parser.close()
  })

  it('assess the newest mail alone where a whole thread takes too long', async () => {
    // A thread that is started anew has to learn the rules within that time as well.
    const parser = openParser({ workers: 1, timeoutMs: 4_000 })
    await parser.assess(thread('返金してください。'), rules)
    const long = '返金してください。殺すぞ。お前のせいだ。'.repeat(1_500)
    const messages = Array.from({ length: 200 }, (_, n) => thread(`${n} ${long}`).messages[0]!)
    const { result, gaveUp } = await parser.assess({ id: 'long', messages }, rules)
    expect(result.severity).toBe(3)
    expect(gaveUp).toBeNull()
    const spans = result.categories.flatMap(({ evidence }) =>
      evidence.filter((one) => one.kind === 'span' && one.field === 'body'),
    )
    expect(new Set(spans.map(({ message }) => message))).toEqual(new Set([199]))
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
        const { mail: view } = await parser.read(raw, { trustedAuthservIds: [] })
        expect(typeof view.subject, name).toBe('string')
        read += 1
      }
      expect(read).toBeGreaterThan(100)
      await parser.close()
    },
  )
})
