import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reveal } from '../../src/flow/care.ts'
import { threadHolding } from '../support/found.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
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

  it('names who can be talked to, and nobody’s figures to a supervisor', async () => {
    expect(await read('reviewer')).toMatch(/<li>supervisor<\/li>/)
    const before = await read('supervisor')
    expect(before).toContain('確認する人が3人のため、数字を出しません')
    expect(before).not.toContain('reviewer')
    for (const name of ['third', 'fourth']) await site.hire(name, ['reviewer'])
    const after = await read('supervisor')
    expect(after).toContain('5人の平均：軽め')
    expect(after).not.toContain('reviewer')
  })
})
