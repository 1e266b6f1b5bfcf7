import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hold } from '../../src/flow/holds.ts'
import { periodsHash } from '../../src/flow/retention.ts'
import { threadHolding } from '../support/found.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

describe('the pages of retention', { timeout: 60_000 }, () => {
  let site: TestSite
  let threadId: string

  beforeAll(async () => {
    site = await openSite()
    site.stopClock()
    await site.hire('boss', ['supervisor'])
    await site.deliver(testMail({ subject: '折返しの件', body: '名指しだ。お前はゴミだ。' }))
    threadId = (await threadHolding(site.house.store, '名指し')) ?? ''
    site.pass(91 * 86_400_000)
  })
  afterAll(() => site.close())

  it('show what would go tonight by ids, without a word of it, and run after two people', async () => {
    const supervisor = await site.as('supervisor')
    const page = await (await supervisor.get('/retention')).text()
    expect(page).toContain('確認されなかった判定')
    expect(page).toContain(threadId)
    expect(page).not.toContain('折返しの件')
    const periods = periodsHash(site.house.policy.retention)
    const proposed = await supervisor.post('/retention/approval', { periods })
    expect(proposed.headers.get('location')).toContain('retentionProposed')
    expect((await supervisor.post('/retention/approval', { periods })).status).toBe(409)
    const approved = await (await site.as('boss')).post('/retention/approval', { periods })
    expect(approved.headers.get('location')).toContain('retentionApproved')
  })

  it('hold a thread, and show whoever reads it that and why; another supervisor lifts it', async () => {
    const supervisor = await site.as('supervisor')
    const path = `/threads/${threadId}/hold`
    expect((await supervisor.post(path, { holdReason: '訴訟の準備' })).status).toBe(303)
    const reviewer = await site.as('reviewer')
    expect(await (await reviewer.get(`/threads/${threadId}`)).text()).toContain('訴訟の準備')
    expect((await reviewer.post(path, { holdReason: '私も' })).status).toBe(403)
    const lifting = { holdReason: '終結', back: '/retention' }
    expect((await supervisor.post(`${path}/lifting`, lifting)).status).toBe(409)
    expect((await (await site.as('boss')).post(`${path}/lifting`, lifting)).status).toBe(303)
    expect(await site.house.store.holds.open()).toEqual([])
  })

  it('list a hold on a sender, on their page and their case as well', async () => {
    const boss = (await staffOf(site))('boss')
    const sender = (await site.house.store.matters.find(threadId))?.matter.sender.id ?? ''
    await hold(site.house, 'sender', sender, '弁護士へ相談中', boss)
    const visitor = await site.as('supervisor')
    for (const path of ['/retention', `/senders/${sender}`, `/cases/${sender}`]) {
      expect(await (await visitor.get(path)).text(), path).toContain('弁護士へ相談中')
    }
  })
})
