import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { review } from '../../src/flow/review.ts'
import { csvOf } from '../../src/web/csv.ts'
import { suspendSomebody } from '../support/affair.ts'
import { engines } from '../support/database.ts'
import { mailboxSettings } from '../support/inbox.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

describe.each(engines)('reports on %s', { timeout: 120_000 }, (engine) => {
  let site: TestSite
  let support: string

  beforeAll(async () => {
    site = await openSite(engine)
    await suspendSomebody(site)
    const { house } = site
    support = (await house.store.mailboxes.find('support'))?.id ?? ''
    const settings = mailboxSettings({ name: 'billing', address: 'billing@kurashi.example' })
    const act = { at: house.now(), by: null, newId: house.newId }
    await house.store.mailboxes.add('billing', { ...settings, folders: [] }, null, act)
    const named = await staffOf(site)
    for (let n = 0; n < 10; n += 1) {
      const from = `c${n}@kaigara.example`
      const mailbox = n < 2 ? 'billing' : 'support'
      await site.deliverAs({ mailbox }, testMail({ from, subject: `件${n}`, body: '質問です。' }))
      const [item] = await house.store.queue.list({ states: ['new'] }, { offset: 0, limit: 1 })
      const given = (opinion = ordinary) => ({ revision: 1, opinion })
      await review(house, item?.id ?? '', given(), named('reviewer'))
      await review(house, item?.id ?? '', given(n < 3 ? harassment() : ordinary), named('second'))
    }
    await site.hire('local', ['supervisor'], { supervisor: [support] })
  })
  afterAll(() => site.close())

  const read = async (name: string, path = '/reports') =>
    (await (await site.as(name)).get(path)).text()

  it('count threads, reviews, agreement and measures, and name nobody', async () => {
    const page = await read('supervisor')
    expect(page).toMatch(/お客様相談窓口<\/td><td[^>]*>9</)
    expect(page).toMatch(/二人目<\/td><td[^>]*>11</)
    expect(page).toMatch(/該当するか<\/td><td[^>]*>11<\/td><td[^>]*>73%/)
    expect(page).toMatch(/対応停止<\/td><td[^>]*>有効<\/td><td[^>]*>1</)
    expect(page).toMatch(/<figure class="bar-list"[^>]*role="img"[^>]*aria-label="[^"]+"/)
    expect(page).not.toMatch(/黒岩|kaigara|件\d/)
    const rows = (await read('supervisor', `/reports?mailbox=${support}`)).match(
      /<td data-label="受信箱"/g,
    )
    expect(rows).toHaveLength(1)
  })

  it('say where there are too few to tell', async () => {
    const few = await read('local')
    expect(few).toContain('10組未満のため出しません')
    expect(few).not.toMatch(/<td[^>]*>2<\/td>/)
  })

  it('leave as a file that a spreadsheet reads', async () => {
    const visitor = await site.as('auditor')
    const answer = await visitor.get('/reports/measures.csv?days=7')
    expect(answer.headers.get('content-disposition')).toContain('mamori-measures.csv')
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(
      '\uFEFF"種類","状態","スレッド"\r\n"対応停止","有効",1\r\n',
    )
    expect((await visitor.get('/reports/none.csv')).status).toBe(404)
    expect((await (await site.as('reviewer')).get('/reports')).status).toBe(403)
    expect((await visitor.get('/reports?days=x&mailbox=x')).status).toBe(200)
  })
})

describe('a cell of a file', () => {
  /** What a spreadsheet runs: a formula sign first, of either width, whatever stands before it unseen. */
  const runs = /^[\s\0";]*[=+\-@|%{＝＋－＠]/
  const own = ['=1+1', '@x', '＝1', '\t=1', '　=1', '"=1', "-2+3+cmd|' /C calc'!A0", '{=1}']
  const file = new URL('../../../shared/vectors/csv_formula.json', import.meta.url)
  const kept: { value: string }[] = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8')).cases
    : []

  it.each([...own, ...kept.map(({ value }) => value)])('is never a formula: %j', (value) => {
    const [, content = ''] = /^\uFEFF"([\s\S]*)"\r\n$/.exec(csvOf([[value]])) ?? []
    const read = content.replaceAll('""', '"')
    expect(read).not.toMatch(runs)
    expect(read).not.toMatch(/[\r\n\t]/)
  })

  it('keeps words, quotes and numbers as they are', () => {
    expect(csvOf([['暴言', 'say "no", please', 3, -2.5]])).toBe(
      '\uFEFF"暴言","say ""no"", please",3,-2.5\r\n',
    )
  })
})
