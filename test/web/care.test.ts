import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reveal } from '../../src/flow/care.ts'
import { threadHolding } from '../support/found.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { smallPolicy } from '../support/policy-folder.ts'
import { openSite, type TestSite } from '../support/site.ts'

describe('the page on care', { timeout: 120_000 }, () => {
  let site: TestSite

  beforeAll(async () => {
    site = await openSite()
    await site.deliver(testMail({ subject: '件', body: 'お前はゴミだ。刺してやる。' }))
    const { store } = site.house
    const threadId = (await threadHolding(store, 'ゴミ')) ?? ''
    const messageId = (await store.threads.find(threadId))?.messages[0]?.id ?? ''
    const reviewer = (await staffOf(site))('reviewer')
    const passage = { threadId, messageId, categories: ['threat'] as const, severity: 3 as const }
    for (let n = 0; n < 10; n += 1) {
      await reveal(site.house, { ...passage, passage: `${n}-${n + 1}` }, reviewer)
    }
  })
  afterAll(() => site.close())

  const read = async (name: string) => (await (await site.as(name)).get('/care')).text()

  it('tells each person how their own reading weighs, and advises to stop', async () => {
    const own = await read('reviewer')
    expect(own).toContain('10か所開いています')
    expect(own).toContain('>多め<')
    expect(own).toContain('担当から離れる')
    expect(own).toMatch(/<td>\d{4}-\d\d-\d\d<\/td><td>10<\/td>/)
    const other = await read('second')
    expect(other).toContain('いまは負荷がありません')
    expect(other).not.toContain('か所開いています')
  })

  it('names who can be talked to', async () => {
    expect(await read('reviewer')).toMatch(/<li>supervisor<\/li>/)
  })

  it('shows care how it stands with each person, in a word and by name, and nobody else', async () => {
    const supervisor = await read('supervisor')
    expect(supervisor).toMatch(/<dt>reviewer<\/dt><dd>多め<\/dd>.*<dt>second<\/dt><dd>いまは/s)
    expect(supervisor).not.toContain('か所')
    for (const name of ['reviewer', 'second', 'auditor', 'admin']) {
      expect(await read(name), name).not.toContain('受け持ちの人の様子')
    }
    expect(supervisor).toContain('確認する人が3人のため、数字を出しません')
    for (const name of ['third', 'fourth']) await site.hire(name, ['reviewer'])
    expect(await read('supervisor')).toContain('5人の平均：軽め')
  })

  it('lets a person say "not this one", which only they and care see', async () => {
    const [id = ''] = [await threadHolding(site.house.store, 'ゴミ')]
    const second = await site.as('second')
    await second.post(`/threads/${id}/assignment`)
    expect(await (await second.get(`/threads/${id}`)).text()).toContain('この件は外れる')
    expect((await second.post(`/threads/${id}/passing`)).status).toBe(303)
    expect(await (await second.get(`/threads/${id}`)).text()).toContain('もうあなたに割り当てられ')
    expect(await read('supervisor')).toContain('この28日間に1件、担当から外れました')
    for (const name of ['reviewer', 'auditor']) {
      const visitor = await site.as(name)
      const pages = ['/care', `/threads/${id}`, `/log?thread=${id}`]
      for (const path of pages) {
        const page = await visitor.get(path)
        if (page.status === 200)
          expect(await page.text()).not.toMatch(/外れました|割り当てられませ/)
      }
    }
    const denied = await site.as('auditor')
    expect((await denied.post(`/threads/${id}/passing`)).status).toBe(403)
  })
})

describe('a half-life of the company’s own', () => {
  it('is how fast what somebody read stops to weigh', { timeout: 120_000 }, async () => {
    const folder = smallPolicy()
    folder.change('policy.yaml', 'care: { halfLifeDays: 7 }', 'care: { halfLifeDays: 2 }')
    const site = await openSite(undefined, { MAMORI_POLICY_DIR: folder.path })
    await site.deliver(testMail({ subject: '件', body: '青い鳥です。' }))
    const threadId = (await threadHolding(site.house.store, '青い鳥')) ?? ''
    const messageId = (await site.house.store.threads.find(threadId))?.messages[0]?.id ?? ''
    const reviewer = (await staffOf(site))('reviewer')
    const passage = { threadId, messageId, categories: [], severity: 3 as const }
    for (let n = 0; n < 4; n += 1) {
      await reveal(site.house, { ...passage, passage: `${n}-${n + 1}` }, reviewer)
    }
    const read = async () => (await (await site.as('reviewer')).get('/care')).text()
    const before = await read()
    expect(before).toContain('2日で半分に減らします')
    expect(before).toContain('>やや多め<')
    // Sixteen on the first day are four after two half-lives, and nothing is left after nine days.
    site.pass(4 * 86_400_000)
    expect(await read()).toContain('>軽め<')
    site.pass(5 * 86_400_000)
    expect(await read()).toContain('>いまは負荷がありません<')
    await site.close()
    folder.remove()
  })
})
