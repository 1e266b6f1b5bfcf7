import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queueStates } from '../../src/domain/matter.ts'
import { openParser } from '../../src/flow/parse.ts'
import { receive } from '../../src/flow/receive.ts'
import { verify } from '../../src/flow/verify.ts'
import type { Store } from '../../src/store/store.ts'
import { engines } from '../support/database.ts'
import { type TestMail, testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const from = 'flood@machine.example'

/** The store, counting the letters of everything that it hands out to whoever receives mail. */
function metered(store: Store): { readonly store: Store; readonly read: () => number } {
  let letters = 0
  const weigh = (value: unknown) => {
    letters += JSON.stringify(value, (_, one) => (one instanceof Map ? [...one] : one))?.length ?? 0
  }
  const room = <T extends object>(kept: T): T =>
    new Proxy(kept, {
      get: (target, name, self) => {
        const ask = Reflect.get(target, name, self)
        if (typeof ask !== 'function') return ask
        return async (...given: unknown[]) => {
          const answer = await ask.apply(target, given)
          weigh(answer)
          return answer
        }
      },
    })
  const { arrivals, leads, matters, senders, threads } = store
  const rooms = { arrivals, leads, matters, senders, threads }
  const watched = Object.fromEntries(Object.entries(rooms).map(([key, one]) => [key, room(one)]))
  return { store: { ...store, ...watched } as Store, read: () => letters }
}

describe.each(engines)('a flood by one sender on %s', (engine) => {
  let site: TestSite
  const parser = openParser({ workers: 1, timeoutMs: 20_000 })
  beforeAll(async () => {
    site = await openSite(engine)
  })
  afterAll(async () => {
    await parser.close()
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  })

  /** How much is read from the store to take one mail in. */
  async function readFor(mail: TestMail): Promise<number> {
    const mailbox = await site.house.store.mailboxes.find('support')
    if (!mailbox) throw new Error('no mailbox')
    const meter = metered(site.house.store)
    const mails = [{ raw: testMail({ from, ...mail }), receivedAt: new Date() }]
    const house = { ...site.house, store: meter.store }
    const how = { mailbox, trust: 'live' } as const
    await Array.fromAsync(receive(house, parser, [{ mails, step: null }], how))
    return meter.read()
  }
  const flood = (n: number, of: (at: number) => TestMail) =>
    site.deliver(...Array.from({ length: n }, (_, at) => testMail({ from, ...of(at) })))

  it('reads no more for a mail of a long thread than for one of a very long thread', async () => {
    const one = (at: number): TestMail => ({ subject: '同じ件', body: `${1_000 + at}通目` })
    await flood(300, one)
    const before = await readFor(one(9_001))
    await flood(300, (at) => one(at + 300))
    await flood(300, (at) => one(at + 600))
    const after = await readFor(one(9_002))
    expect(after).toBeLessThan(before * 1.1)

    const all = await site.house.store.queue.list({ states: queueStates }, { offset: 0, limit: 9 })
    expect(all.map(({ messageCount }) => messageCount)).toEqual([902])
  })

  it('reads no more where one Message-ID, one parent or one subject is named by many', async () => {
    const messageId = '<same@machine.example>'
    const named = (at: number): TestMail => ({
      subject: 'お問い合わせ',
      messageId,
      headers: ['In-Reply-To: <never-came@machine.example>'],
      body: `別の件 ${at}`,
    })
    const answer = (at: number): TestMail => ({
      subject: 'Re: お問い合わせ',
      headers: [`In-Reply-To: ${messageId}`],
      messageId: `<answer-${at}@machine.example>`,
      body: `${1_000 + at}`,
    })
    await flood(100, named)
    const before = await readFor(answer(1))
    await flood(300, (at) => named(at + 100))
    const after = await readFor(answer(2))
    // The first answer is in the thread by now, and nothing else.
    expect(after).toBeLessThan(before + 500)
  })
})
