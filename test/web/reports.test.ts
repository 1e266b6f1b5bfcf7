import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daysAfter } from '../../src/domain/time.ts'
import { reveal } from '../../src/flow/care.ts'
import { review } from '../../src/flow/review.ts'
import { tallyRules } from '../../src/flow/rule-tally.ts'
import { recordObjection, reviewSuspension } from '../../src/flow/suspension.ts'
import { dayWords } from '../../src/text/days.ts'
import { localOf } from '../../src/text/months.ts'
import { csvOf } from '../../src/web/csv.ts'
import { suspendSomebody } from '../support/affair.ts'
import { engines } from '../support/database.ts'
import { mailboxSettings } from '../support/inbox.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { queueNotice, staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** The customer's words that must be on no page of reports. */
const insult = 'お前は無能だ。'

/**
 * A history of which every figure is known: a mail a day for ten days, the first two to billing,
 * the first three disputed; six insults to support and one to billing, upheld by two people; a
 * suspension that was objected to and lifted, and a warning on its way.
 */
describe.each(engines)('reports on %s', { timeout: 180_000 }, (engine) => {
  let site: TestSite
  let support: string
  let today: string
  const asked = { revision: 1, opinion: ordinary }
  const upheld = { revision: 1, opinion: harassment() }

  beforeAll(async () => {
    site = await openSite(engine)
    site.stopClock()
    // The suspended customer's mail comes in by the real clock.
    site.pass(60_000)
    await suspendSomebody(site)
    today = site.house.now()
    const { house } = site
    support = (await house.store.mailboxes.find('support'))?.id ?? ''
    const department = { ja: '請求窓口', en: 'Billing' }
    const place = { name: 'billing', address: 'billing@kurashi.example', department }
    const settings = mailboxSettings(place)
    const act = { at: house.now(), by: null, newId: house.newId }
    await house.store.mailboxes.add('billing', { ...settings, folders: [] }, null, act)
    await site.hire('boss', ['supervisor'])
    await site.hire('local', ['supervisor'], { supervisor: [support] })
    const named = await staffOf(site)
    for (let n = 0; n < 10; n += 1) {
      const thread = await arrive(n < 2 ? 'billing' : 'support', n, `c${n}`, '質問です。')
      await review(house, thread, asked, named('reviewer'))
      await review(house, thread, n < 3 ? upheld : asked, named('second'))
    }
    const insulted: string[] = []
    for (let n = 0; n < 7; n += 1) {
      const thread = await arrive(n === 0 ? 'billing' : 'support', 0, `k${n}`, insult)
      insulted.push(thread)
      if (n === 6) await queueNotice(site, thread, 'warning')
      else {
        await review(house, thread, upheld, named('reviewer'))
        await review(house, thread, upheld, named('second'))
      }
    }
    const [toBilling = '', toSupport = ''] = insulted
    for (const name of ['reviewer', 'second', 'boss']) await open(toSupport, name, 2)
    for (const name of ['reviewer', 'second']) await open(toBilling, name, 5)
    await objectAndLift()
    await tallyRules(house)
  }, 180_000)
  afterAll(() => site.close())

  /** A mail that came in so many days ago; gives its thread. */
  async function arrive(
    mailbox: string,
    days: number,
    from: string,
    body: string,
  ): Promise<string> {
    const receivedAt = new Date(daysAfter(today, -days))
    const mail = testMail({ from: `${from}@kaigara.example`, subject: `件${from}`, body })
    await site.deliverAs({ mailbox, receivedAt }, mail)
    const found = await site.house.store.queue.list({ states: ['new'] }, { offset: 0, limit: 1 })
    return found[0]?.id ?? ''
  }

  async function open(threadId: string, name: string, times: number): Promise<void> {
    const who = (await staffOf(site))(name)
    const messageId = (await site.house.store.threads.find(threadId))?.messages[0]?.id ?? ''
    const passage = { threadId, messageId, categories: ['verbal_abuse'] as const }
    for (let n = 0; n < times; n += 1) {
      await reveal(site.house, { ...passage, severity: 2, passage: `${n}-${n + 1}` }, who)
    }
  }

  async function objectAndLift(): Promise<void> {
    const { house } = site
    const named = await staffOf(site)
    const [measure] = await house.store.measures.list(['in_force'], 1)
    const id = measure?.id ?? ''
    const said = { way: 'phone', note: '納得できないとのこと' } as const
    await recordObjection(house, id, said, named('reviewer'))
    const [objection] = (await house.store.measures.find(id))?.objections ?? []
    const look = { objectionId: objection?.id ?? '', outcome: 'lift', reason: '和解' } as const
    const outcome = await reviewSuspension(house, id, { ...look, endsAt: null }, named('boss'))
    if (outcome.kind === 'refused') throw new Error(outcome.reason)
  }

  const read = async (name: string, path = '/reports') =>
    (await (await site.as(name)).get(path)).text()
  /** The rows of a report as its file has them. */
  const file = async (name: string, path: string): Promise<string[][]> => {
    const bytes = await (await (await site.as(name)).get(path)).arrayBuffer()
    const lines = Buffer.from(bytes).toString().replace('\uFEFF', '').trim().split('\r\n')
    return lines.map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')))
  }
  const dayAgo = (days: number) => localOf(new Date(daysAfter(today, -days))).slice(0, 10)

  it('count threads by day and mailbox, and show zero where nothing came', async () => {
    const [head, ...rows] = await file('supervisor', '/reports/mailboxes.csv')
    expect(head).toEqual(['期間', 'お客様相談窓口', '請求窓口'])
    expect(rows).toHaveLength(30)
    const on = (days: number) => rows.find(([day]) => day === dayAgo(days))
    expect([0, 1, 2, 9, 10].map(on)).toEqual([
      [dayAgo(0), '7', '2'],
      [dayAgo(1), '0', '1'],
      [dayAgo(2), '1', '0'],
      [dayAgo(9), '1', '0'],
      [dayAgo(10), '0', '0'],
    ])
    const page = await read('supervisor')
    expect(page).toMatch(/お客様相談窓口<\/td><td[^>]*>15</)
    const words = dayWords(dayAgo(1), 'day', 'ja').whole
    expect(page).toContain(`<title>${words}　請求窓口：1</title>`)
    expect(page).toContain(`合計18件。最も多いのは${dayWords(dayAgo(0), 'day', 'ja').whole}の9件。`)
  })

  it('count by weeks and months over a longer time', async () => {
    for (const [days, fewest, most] of [
      [90, 13, 14],
      [365, 12, 13],
    ] as const) {
      const [, ...rows] = await file('supervisor', `/reports/mailboxes.csv?days=${days}`)
      expect(rows.length).toBeGreaterThanOrEqual(fewest)
      expect(rows.length).toBeLessThanOrEqual(most)
      const sum = rows.reduce((all, [, one, other]) => all + Number(one) + Number(other), 0)
      expect(sum).toBe(18)
    }
  })

  it('count threads by day and category, of each desk alone for who sees that one', async () => {
    expect((await file('supervisor', '/reports/categories.csv'))[0]).toContain('暴言')
    const [head, ...rows] = await file('supervisor', '/reports/categories.csv')
    const abuse = head?.indexOf('暴言') ?? 0
    const today = async (name: string) =>
      (await file(name, '/reports/categories.csv')).find(([day]) => day === dayAgo(0))?.[abuse]
    expect(rows.find(([day]) => day === dayAgo(0))?.[abuse]).toBe('8')
    expect(await today('local')).toBe('7')
  })

  it('tell how long the first and the second person took', async () => {
    // To support 15: seven within a minute, then two, three … nine days.
    const waited = ['15', `${2 * 1440}`, `${8 * 1440}`]
    const [, whole, ...days] = await file('local', '/reports/waiting.csv')
    expect(whole).toEqual(['期間全体', ...waited, ...waited])
    expect(days.reduce((sum, [, n]) => sum + Number(n), 0)).toBe(15)
    expect(days[0]).toEqual([dayAgo(29), '0', '', '', '0', '', ''])
    expect(await read('local')).toContain('15件の中央値は2日、九割は8日以内')
    const [, all] = await file('supervisor', '/reports/waiting.csv')
    expect([all?.[1], all?.[3], all?.[4]]).toEqual(['18', `${8 * 1440}`, '18'])
  })

  it('tell how far two people agree, with a word, and no figure of too few', async () => {
    const page = await read('supervisor')
    // Alike 15 of 18: chance gives (8 × 11 + 10 × 7) / 18².
    expect(page).toMatch(
      /該当するか<\/td><td[^>]*>18<\/td><td[^>]*>83%<\/td><td[^>]*>0.67<\/td><td[^>]*>かなり一致</,
    )
    expect(page).toContain('<title>該当するか: κ 0.67 · かなり一致</title>')
    const few = await read('local', '/reports?days=7')
    expect(few).toMatch(/該当するか<\/td><td[^>]*>15</)
    const billing = (await site.house.store.mailboxes.find('billing'))?.id ?? ''
    const there = await read('supervisor', `/reports?mailbox=${billing}`)
    expect(there).toMatch(/該当するか<\/td><td[^>]*>3<\/td><td[^>]*>10組未満のため出しません/)
  })

  it('tell how far people upheld each rule, with its interval and its page', async () => {
    const [, most] = await file('supervisor', '/reports/rules.csv')
    expect(most?.slice(2)).toEqual(['8', '8', '8', '1', '0.676', '1'])
    const page = await read('supervisor')
    expect(page).toContain(`href="/rules/${most?.[1]}"`)
    expect(page).toContain('100%（68〜100%）、判断8件')
    const [, mine] = await file('local', '/reports/rules.csv')
    expect(mine?.slice(2, 5)).toEqual(['7', '7', '7'])
  })

  it('tell what happened to suspensions, and not to warnings', async () => {
    const [, ...rows] = await file('supervisor', '/reports/suspensions.csv')
    const sums = [1, 2, 3, 4, 5].map((at) => rows.reduce((sum, row) => sum + Number(row[at]), 0))
    expect(sums).toEqual([1, 1, 1, 0, 1])
    expect(await read('supervisor')).toMatch(
      /警告<\/td><td[^>]*>決裁済み・送信待ち<\/td><td[^>]*>1</,
    )
  })

  it('tell what a desk opened where three people did, and to supervisors alone', async () => {
    expect(await file('supervisor', '/reports/exposure.csv')).toEqual([
      ['受信箱', '開いた回数', '開いた人', '一人あたり'],
      ['お客様相談窓口', '6', '3', '2'],
      ['請求窓口', '3人未満のため出しません', '', ''],
    ])
    expect(await file('local', '/reports/exposure.csv')).toHaveLength(2)
    for (const name of ['auditor', 'admin']) {
      expect(await read(name)).not.toContain('開いた回数')
      expect((await (await site.as(name)).get('/reports/exposure.csv')).status).toBe(403)
    }
  })

  it('name no customer, no word of theirs, no colleague, and no other desk', async () => {
    const page = await read('supervisor', '/reports?days=365')
    expect(page).not.toMatch(/黒岩|kaigara|件[ck]\d|無能|reviewer|boss|納得/)
    const local = await read('local')
    expect(local).not.toMatch(/請求窓口/)
    const [head] = await file('local', '/reports/mailboxes.csv')
    expect(head).toEqual(['期間', 'お客様相談窓口'])
  })

  it('draw without a style or script of their own', async () => {
    const page = await read('supervisor')
    const charts = page.match(/<svg class="chart"[\s\S]*?<\/svg>/g) ?? []
    expect(charts.length).toBeGreaterThan(10)
    expect(page).not.toMatch(/ style=/)
    const drawn = charts.filter((svg) => svg.includes('role="img"'))
    for (const svg of drawn) expect(svg).toMatch(/<title[^>]*>[^<]+<\/title><desc[^>]*>[^<]+</)
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual([...new Set(ids)])
  })

  it('leave as a file that a spreadsheet reads', async () => {
    const visitor = await site.as('auditor')
    const answer = await visitor.get('/reports/measures.csv?days=7')
    expect(answer.headers.get('content-disposition')).toContain('mamori-measures.csv')
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(
      '\uFEFF"種類","状態","スレッド"\r\n"対応停止","解除",1\r\n"警告","決裁済み・送信待ち",1\r\n',
    )
    expect((await visitor.get('/reports/none.csv')).status).toBe(404)
    expect((await (await site.as('reviewer')).get('/reports')).status).toBe(403)
    expect((await (await site.as('reviewer')).get('/reports/waiting.csv')).status).toBe(403)
    expect((await visitor.get('/reports?days=x&mailbox=x')).status).toBe(200)
  })
})

describe('reports of a house in which nothing happened yet', () => {
  it('say why they are empty and what fills them', async () => {
    const site = await openSite()
    const page = await (await (await site.as('supervisor')).get('/reports')).text()
    for (const words of [
      'メールが届くと、ここに積み上がります',
      '確認すると、かかった時間がここに出ます',
      '二人目が確認すると、一組と数えます',
      '二人に判断されると、ここに出ます',
      '提案されると、ここに出ます',
      '3人未満です。図はありません',
    ]) {
      expect(page).toContain(words)
    }
    expect(page).not.toContain('NaN')
    await site.close()
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
