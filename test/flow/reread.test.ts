import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openParser, type Parser } from '../../src/flow/parse.ts'
import { receive } from '../../src/flow/receive.ts'
import { reread } from '../../src/flow/reread.ts'
import { review } from '../../src/flow/review.ts'
import { verify } from '../../src/flow/verify.ts'
import { reader, unreadable } from '../../src/mail/read.ts'
import { termsOfMail } from '../../src/store/terms.mail.ts'
import { threadHolding } from '../support/found.ts'
import { multipart, part } from '../support/mime.ts'
import { oddMail } from '../support/odd-mails.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** A parser that reads no mail, and does everything else. */
function unreading(real: Parser, why: string, version: number): Parser {
  return {
    ...real,
    async read(raw, options) {
      const mail = { ...unreadable(raw, why, options.trustedAuthservIds), reader: version }
      return { ...(await real.read(raw, options)), mail, terms: termsOfMail(mail) }
    },
  }
}

const threat = oddMail(
  '添付の件',
  'kuroiwa@gouriki.example',
  ...multipart(
    'mixed',
    part('text/plain; charset=utf-8', '返金の件です。お前はゴミだ。刺してやるから覚悟しろ。'),
    part('application/pdf', 'pdf', 'Content-Disposition: attachment; filename=a.pdf'),
  ),
)

describe('mail that an older version could not read', () => {
  let site: TestSite
  let parser: Parser
  beforeEach(async () => {
    site = await openSite()
    parser = openParser({ workers: 1, timeoutMs: 20_000 })
  })
  afterEach(async () => {
    await parser.close()
    await site.close()
  })

  async function receiveUnread(...raws: Buffer[]): Promise<void> {
    const { house } = site
    const mailbox = await house.store.mailboxes.find('support')
    if (!mailbox) throw new Error('no mailbox')
    const mails = raws.map((raw) => ({ raw, receivedAt: new Date(house.now()) }))
    const reception = { mailbox, trust: 'live' } as const
    const older = unreading(parser, 'it was too much for it', 1)
    await Array.fromAsync(receive(house, older, [{ mails, step: null }], reception))
  }

  async function onlyThread() {
    const { store } = site.house
    const [item] = await store.queue.list({ states: 'open' }, { offset: 0, limit: 2 })
    const record = item && (await store.threads.find(item.id))
    const loaded = item && (await store.matters.find(item.id))
    if (!record || !loaded) throw new Error('no thread')
    return { item, record, thread: loaded.matter.thread }
  }

  const again = (how = { again: false, limit: 100 }) => reread(site.house, parser, how)

  it('is read, found, assessed, and comes before the reviewers as new', async () => {
    await receiveUnread(threat)
    const before = await onlyThread()
    const [reviewer] = await site.house.store.people.list()
    if (!reviewer) throw new Error('nobody')
    const opinion = {
      verdict: { kind: 'ordinary', needsReply: false },
      reason: '',
      demand: 'none',
      fairRequest: '',
    } as const
    await review(site.house, before.thread.id, { revision: 1, opinion }, reviewer)
    expect(before.record.messages[0]?.unreadable).toBe('it was too much for it')
    expect(await threadHolding(site.house.store, '返金')).toBeUndefined()

    expect(await again()).toEqual({ tried: 1, readable: 1 })

    const { record, thread, item } = await onlyThread()
    expect(record.messages[0]).toMatchObject({ unreadable: null, nature: 'person' })
    expect(record.messages[0]?.text).toContain('返金の件です')
    expect(record.attachments.get(record.messages[0]?.id ?? '')).toMatchObject([
      { filename: 'a.pdf' },
    ])
    expect(await threadHolding(site.house.store, '返金')).toBe(thread.id)
    expect(thread).toMatchObject({ revision: 2, reviews: [], assessed: { severity: 3 } })
    expect(item).toMatchObject({ state: 'new', urgent: true })
    expect(await verify(site.house.store)).toMatchObject({ flaws: [], messages: 1 })
  })

  it('is tried once a version, and once more where somebody asks', async () => {
    await receiveUnread(testMail({ body: 'a' }))
    const stubborn = unreading(parser, 'still', reader.version)
    const limits = { again: false, limit: 100 }
    expect(await reread(site.house, stubborn, limits)).toEqual({ tried: 1, readable: 0 })
    expect(await reread(site.house, stubborn, limits)).toEqual({ tried: 0, readable: 0 })
    expect((await onlyThread()).record.messages[0]?.unreadable).toBe('still')
    expect((await onlyThread()).thread.revision).toBe(1)
    expect(await again({ again: true, limit: 100 })).toEqual({ tried: 1, readable: 1 })
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('is read in steps of the wanted size, and each mail once', async () => {
    await receiveUnread(...Array.from({ length: 5 }, (_, n) => testMail({ body: `mail ${n}` })))
    expect(await again({ again: false, limit: 3 })).toEqual({ tried: 3, readable: 3 })
    expect(await again()).toEqual({ tried: 2, readable: 2 })
    expect(await again()).toEqual({ tried: 0, readable: 0 })
  })

  it('is put in place once where two processes read it at the same time', async () => {
    await receiveUnread(testMail({ body: 'a' }), testMail({ body: 'b', from: 'x@y.example' }))
    await Promise.all([again(), again()])
    const { events } = await verify(site.house.store)
    const logged = await Array.fromAsync(site.house.store.log.all())
    const kinds = logged.flat().map(({ event }) => event.kind)
    expect(events).toBe(kinds.length)
    expect(kinds.filter((kind) => kind === 'message_reread')).toHaveLength(2)
  })

  it('leaves no word of the customer in the log', async () => {
    await receiveUnread(threat)
    await again()
    const logged = (await Array.fromAsync(site.house.store.log.all())).flat()
    const event = logged.find(({ event: one }) => one.kind === 'message_reread')?.event
    expect(event).toMatchObject({ reader: reader.version, readable: true, reopens: true })
    for (const { content } of logged) expect(content).not.toMatch(/返金|ゴミ|a\.pdf|添付の件/)
  })
})
