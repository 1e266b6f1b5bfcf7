import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { assignThread, passOn, setAutomatic } from '../../src/flow/assignment.ts'
import { review } from '../../src/flow/review.ts'
import { verify } from '../../src/flow/verify.ts'
import { engines } from '../support/database.ts'
import { threadHolding } from '../support/found.ts'
import { ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

describe.each(engines)('what somebody passes on, on %s', { timeout: 180_000 }, (engine) => {
  let site: TestSite
  let named: (name: string) => Person

  beforeAll(async () => {
    site = await openSite(engine)
    await site.hire('third', ['reviewer'])
    named = await staffOf(site)
  }, 180_000)
  afterAll(async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  }, 180_000)

  let count = 0
  async function newThread(body = 'お願いします'): Promise<string> {
    count += 1
    const word = `印${count}番`
    const from = `p${count}@kaigara.example`
    await site.deliver(testMail({ from, subject: word, body: `${word} ${body}` }))
    return (await threadHolding(site.house.store, word)) ?? ''
  }
  const holder = async (id: string) =>
    (await site.house.store.matters.find(id))?.matter.thread.assignment?.to ?? null

  it('is handed back, and the log says of it what it says of any handing back', async () => {
    const id = await newThread()
    const given = { to: named('reviewer').id, remark: '', from: null }
    await assignThread(site.house, id, given, named('reviewer'))
    expect(await passOn(site.house, id, named('reviewer'))).toEqual({ kind: 'done' })
    // A form sent twice says the same.
    expect(await passOn(site.house, id, named('reviewer'))).toEqual({ kind: 'done' })
    expect(await holder(id)).toBeNull()
    const log = await site.house.store.log.list({ threadId: id }, 50)
    expect(log.map(({ event }) => event.kind).toSorted()).toEqual(
      ['message_received', 'thread_assessed', 'thread_assigned', 'thread_released'].toSorted(),
    )
    const released = log.find(({ event }) => event.kind === 'thread_released')
    expect(Object.keys(released?.event ?? {}).toSorted()).toEqual(['at', 'by', 'kind', 'threadId'])
    expect(await passOn(site.house, id, named('auditor'))).toMatchObject({ reason: 'not_allowed' })
  })

  it('goes to the next person at once where threads are given out, and never comes back', async () => {
    const mailboxId = (await site.house.store.mailboxes.find('support'))?.id ?? ''
    await setAutomatic(site.house, mailboxId, true, named('admin'))
    const id = await newThread()
    const seen = new Set<string>()
    for (let n = 0; n < 3; n += 1) {
      const who = (await holder(id)) ?? ''
      expect(seen).not.toContain(who)
      seen.add(who)
      const person = await site.house.store.people.find(who)
      await passOn(site.house, id, person as Person)
    }
    expect(seen.size).toBe(3)
    expect(await holder(id)).toBeNull()
  })

  it('is no harsh one twice in a row, also where the first one is done with', async () => {
    const harsh = 'お前はゴミだ。家に行って刺し殺してやる。'
    const first = await holder(await newThread(harsh))
    const second = await holder(await newThread(harsh))
    const third = await holder(await newThread(harsh))
    expect(new Set([first, second, third]).size).toBe(3)
    expect([first, second, third]).not.toContain(null)

    // The first one's is done, the other two have had a quiet one since: it is not their turn yet.
    const [done] = await site.house.store.queue.list(
      { states: 'open', assignee: first ?? '' },
      { offset: 0, limit: 5 },
    )
    const opinion = { ...ordinary, verdict: { kind: 'ordinary', needsReply: false } } as const
    for (const name of ['reviewer', 'second']) {
      await review(site.house, done?.id ?? '', { revision: 1, opinion }, named(name))
    }
    const mailboxId = (await site.house.store.mailboxes.find('support'))?.id ?? ''
    await setAutomatic(site.house, mailboxId, false, named('admin'))
    for (const to of [second ?? '', third ?? '']) {
      const given = { to, remark: '', from: null }
      await assignThread(site.house, await newThread(), given, named('supervisor'))
    }
    await setAutomatic(site.house, mailboxId, true, named('admin'))
    expect(await holder(await newThread(harsh))).not.toBe(first)
  })
})
