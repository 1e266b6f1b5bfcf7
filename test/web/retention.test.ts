import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hold } from '../../src/flow/holds.ts'
import { periodsHash } from '../../src/flow/retention.ts'
import { threadHolding } from '../support/found.ts'
import { made } from '../support/made.ts'
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

  it('record a request for disclosure, answer it part by part, and hand the package over', async () => {
    const sender = (await site.house.store.matters.find(threadId))?.matter.sender.id ?? ''
    const [supervisor, boss] = [await site.as('supervisor'), await site.as('boss')]
    const making = `/cases/${sender}/disclosure/package`
    const day = { receivedOn: site.house.now().slice(0, 10) }
    const asked = { ...day, reason: '知りたい', identityCheck: '免許証' }
    const path = `/cases/${sender}/disclosure`
    expect((await (await site.as('reviewer')).post(path, asked)).status).toBe(403)
    expect((await supervisor.post(path, asked)).status).toBe(303)
    expect((await supervisor.post(making, { language: 'ja' })).status).toBe(404)
    const [request] = await site.house.store.disclosures.list(1)
    const page = await (await boss.get('/retention')).text()
    expect(page).toContain('本人確認の方法')
    const answered = { request: request?.id ?? '', how: 'given', 'withhold-notes': 'rights' }
    const all = '/retention/disclosures'
    expect((await supervisor.post(all, answered)).status).toBe(409)
    expect((await boss.post(all, answered)).headers.get('location')).toContain('disclosureAnswered')
    expect(await (await supervisor.get(`/senders/${sender}`)).text()).toContain('一部を開示')
    const sent = await made(supervisor, await supervisor.post(making, { language: 'en' }))
    expect(sent.headers.get('content-disposition')).toMatch(/mamori-disclosure-[\w-]+\.zip/)
    expect(
      Buffer.from(await sent.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
    const last = await site.house.store.log.lastOf('data_disclosed')
    expect(last?.event).toMatchObject({ requestId: request?.id })
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
