import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { suspendSomebody } from '../support/affair.ts'
import { engines } from '../support/database.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

describe.each(engines)('cases, on %s', { timeout: 120_000 }, (engine) => {
  let site: TestSite
  let supervisor: Visitor
  let senderId: string
  beforeAll(async () => {
    site = await openSite(engine)
    senderId = (await suspendSomebody(site)).senderId
    await site.deliver(testMail({ from: 'calm@cases.example', name: '静か', body: 'はい' }))
    supervisor = await site.as('supervisor')
  }, 120_000)
  afterAll(() => site.close())

  const textOf = async (visitor: Visitor, path: string) => (await visitor.get(path)).text()

  it('lists who was found to harass, with what was found and what holds now', async () => {
    const page = await textOf(supervisor, '/cases')
    expect(page).toContain(`/cases/${senderId}`)
    expect(page).toMatch(/スレッド1件.*対応停止：/s)
    expect(page).not.toContain('静か')
    const [line] = await site.house.store.cases.list({ before: null, limit: 9 })
    expect(line).toMatchObject({ senderId, threads: 1, incidents: 0 })
    expect(
      await site.house.store.cases.list({
        before: { at: line?.lastAt ?? '', id: senderId },
        limit: 9,
      }),
    ).toEqual([])
  })

  it('tells the course of one in order, without a word of the customer’s', async () => {
    const page = await textOf(supervisor, `/cases/${senderId}`)
    const at = (words: string) => page.indexOf(words)
    expect(at('カスタマーハラスメントと判断</a>')).toBeGreaterThan(0)
    expect(at('対応停止を提案')).toBeGreaterThan(at('カスタマーハラスメントと判断</a>'))
    expect(at('対応停止を通知')).toBeGreaterThan(at('対応停止を提案'))
    const record = await site.house.store.senders.find(senderId)
    const mails = await site.database.sql('select text from messages')
    expect(record?.mails).toBeGreaterThan(0)
    for (const { text } of mails) {
      if (String(text).length > 8) expect(page).not.toContain(String(text).slice(0, 12))
    }
  })

  it('is for supervisors and auditors, each in their mailboxes', async () => {
    expect((await (await site.as('reviewer')).get('/cases')).status).toBe(403)
    expect((await (await site.as('auditor')).get(`/cases/${senderId}`)).status).toBe(200)
    await site.hire('elsewhere', ['supervisor'], { supervisor: ['nowhere'] })
    const elsewhere = await site.as('elsewhere')
    expect(await textOf(elsewhere, '/cases')).not.toContain(senderId)
    expect((await elsewhere.get(`/cases/${senderId}`)).status).toBe(404)
  })
})
