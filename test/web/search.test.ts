import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const harm = 'お前らは全員ゴミだ、刺してやるから覚悟しろ。'

describe('the search page', () => {
  let site: TestSite
  let reviewer: Visitor
  let supervisor: Visitor

  beforeAll(async () => {
    site = await openSite()
    reviewer = await site.as('reviewer')
    supervisor = await site.as('supervisor')
    const mails = [
      { subject: '返金', body: `商品の返金をお願いします。\n${harm}` },
      { subject: 'お前はゴミだ', body: '返事をください。' },
      { subject: '<b>太字</b>', body: '<script>alert(1)</script> の投稿 & "引用"' },
      { subject: '黙った人', body: '受信保留の銀杏です。' },
      ...Array.from({ length: 25 }, (_, n) => ({ subject: `行列${n}`, body: '蜜柑を数えます。' })),
    ]
    await site.deliver(
      ...mails.map((mail, n) =>
        testMail({ ...mail, from: `p${n}@people.example`, name: `人${n}` }),
      ),
    )
    await site.database.sql(`update messages set muted_by = 'm' where subject = '黙った人'`)
  })
  afterAll(() => site.close())

  const ask = async (visitor: Visitor, typed: string, more: Record<string, string> = {}) =>
    (await visitor.get(`/search?${new URLSearchParams({ q: typed, ...more })}`)).text()
  const listOf = (html: string) => /<ol class="threads">(.*?)<\/ol>/s.exec(html)?.[1] ?? ''

  it('marks what was found, in the subject and around it in the text', async () => {
    const html = listOf(await ask(reviewer, '返金'))
    expect(html).toContain('商品の<mark>返金</mark>をお願いします')
    expect(html).toContain('<span class="subject"><mark>返金</mark></span>')
    expect(html).not.toMatch(/ゴミ|刺して/)
  })

  it('says that what was found is shielded, and shows no word of it', async () => {
    const html = listOf(await ask(reviewer, 'ゴミ'))
    expect(html.match(/該当箇所は保護された部分にあります/g)).toHaveLength(2)
    expect(html).toContain('件名は伏せています')
    expect(html).not.toMatch(/ゴミ|刺して|お前/)
  })

  it('finds muted mail only for who may read it, without its words', async () => {
    expect(listOf(await ask(reviewer, '銀杏'))).toBe('')
    const html = listOf(await ask(supervisor, '銀杏'))
    expect(html).toContain('本文は表示していません')
    expect(html).not.toMatch(/銀杏/)
  })

  it('shows mail and query as text, never as markup', async () => {
    const html = await ask(supervisor, 'script')
    expect(listOf(html)).toContain('&lt;<mark>script</mark>&gt;alert(1)')
    expect(await ask(supervisor, '"<img src=x>"')).not.toContain('<img')
  })

  it('goes on page by page, each thread once, by addresses alone', async () => {
    const first = await ask(reviewer, '蜜柑')
    expect(first).toContain('25件のスレッド')
    const threads = (html: string) =>
      [...listOf(html).matchAll(/href="\/threads\/([^#"]+)#/g)].map(([, id]) => id)
    const next = /href="([^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await (await reviewer.get(next)).text()
    expect(threads(first)).toHaveLength(20)
    expect(threads(second)).toHaveLength(5)
    expect(new Set([...threads(first), ...threads(second)]).size).toBe(25)
    expect(second).toContain('最初のページ')
    expect(await ask(reviewer, '蜜柑', { after: `x'"<` })).toContain('25件のスレッド')
  })

  it('says what is wrong with a query in the language of the person, and helps', async () => {
    expect(await ask(reviewer, '注文番号:12')).toContain('「注文番号:」という項目はありません')
    expect(await ask(reviewer, '状態:なし')).toMatch(/使える状態：判断が分かれています、/)
    expect(await ask(reviewer, 'before:昨日')).toContain('日付として読めません')
    const english = { 'accept-language': 'en' }
    expect(await (await site.stranger.get('/search?q=x', english)).text()).not.toContain('蜜柑')
    const help = await ask(reviewer, '')
    expect(help).toMatch(/<details[^>]* open/)
    expect(help).toContain('差出人:田中')
    expect(await ask(reviewer, '見つからない言葉')).toContain('当たるメールはありません')
  })

  it('knows states and categories by the names in the pages', async () => {
    expect(await ask(reviewer, '蜜柑 状態:新着')).toContain('25件のスレッド')
    expect(await ask(reviewer, '蜜柑 state:done')).toContain('当たるメールはありません')
    expect(listOf(await ask(reviewer, '分類:暴言'))).toContain('/threads/')
    expect(listOf(await ask(reviewer, '差出人:人0 受信箱:お客様相談窓口'))).toContain(
      '<mark>人0</mark>',
    )
  })
})
