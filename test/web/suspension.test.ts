import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDigests } from '../../src/flow/digest.ts'
import { sendAll } from '../support/affair.ts'
import { gateFields } from '../support/gates.ts'
import { queueNotice } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const day = 86_400_000

describe('the page of a suspension', () => {
  let site: TestSite
  let supervisor: Visitor
  let boss: Visitor
  let thread: string

  beforeAll(async () => {
    site = await openSite()
    site.stopClock()
    await site.hire('boss', ['supervisor'])
    const mailbox = await site.house.store.mailboxes.find('support')
    await site.hire('local', ['supervisor'], { supervisor: [mailbox?.id ?? ''] })
    supervisor = await site.as('supervisor')
    boss = await site.as('boss')
    await site.deliver(testMail({ subject: '返品', body: '返品したい。お前は無能だ。' }))
    const all = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 5 })
    thread = all[0]?.id ?? ''
  }, 120_000)
  afterAll(() => site.close())

  const harassment = {
    revision: '1',
    verdict: 'harassment',
    category: 'verbal_abuse',
    severity: '2',
    superiorPosition: 'yes',
    improperWhy: '侮辱',
    harmToWorkEnvironment: 'yes',
    demand: 'partly',
    fairRequest: '返品の手続き',
    reason: '侮辱がある',
  }
  const wish = {
    kind: 'suspension',
    measureReason: '再三の侮辱',
    openTopic: 'legal',
    openAddress: 'legal@hinata-kurashi.example',
    digest: 'daily',
  }
  const skipped = { skipWarning: '住所を知られている', skipExplanation: '電話で説明した' }
  let path = ''

  it('asks before it is proposed, and says what is missing, with the words that were typed', async () => {
    const [reviewer, second] = [await site.as('reviewer'), await site.as('second')]
    await reviewer.post(`/threads/${thread}/reviews`, harassment)
    await second.post(`/threads/${thread}/reviews`, harassment)
    const form = await (await reviewer.get(`/threads/${thread}`)).text()
    for (const words of [
      '当社側の落ち度はありませんか',
      '返品の手続き',
      'この受信箱だけ',
      '説明を省く理由',
    ]) {
      expect(form).toContain(words)
    }
    const local = await (await (await site.as('local')).get(`/threads/${thread}`)).text()
    expect(local).not.toContain('value="all"')

    const propose = async (fields: Record<string, string>) =>
      reviewer.post(`/threads/${thread}/measures`, { ...wish, ...fields })
    const unasked = await propose(skipped)
    expect(unasked.status).toBe(409)
    expect(await unasked.text()).toContain('四つの問いに')
    const unexplained = await propose({ ...gateFields, skipWarning: 'あぶない' })
    expect(await unexplained.text()).toMatch(/説明（返信）がまだ[\s\S]*あぶない/)
    expect((await propose({ ...gateFields, ...skipped })).status).toBe(303)
    const [measure] = await site.house.store.measures.list(['proposed'], 1)
    path = `/measures/${measure?.id}`
  })

  it('shows the steps, both questions apart, what is asked for, and the notice', async () => {
    const page = await (await supervisor.get(path)).text()
    for (const words of [
      '経過',
      '対応を提案',
      '電話で説明した',
      '要求内容の妥当性',
      '手段・態様の相当性',
      '責任者の決裁を待っています',
      'legal@hinata-kurashi.example',
    ]) {
      expect(page).toContain(words)
    }
    const english = await (await supervisor.get(path, { cookie: `${supervisor.cookie}` })).text()
    expect(english).not.toContain('undefined')
    const shown = /name="shown" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const bare = await supervisor.post(`${path}/confirmation`, { shown, reason: '妥当' })
    expect(bare.status).toBe(409)
    const given = { shown, reason: '妥当', ...gateFields }
    expect((await supervisor.post(`${path}/confirmation`, given)).status).toBe(303)
    await sendAll(site)
    const after = await (await supervisor.get(path)).text()
    expect(after).toContain('ご案内が届き、有効に')
    expect(after).toContain('見直し日')
  })

  it('takes an objection down, and lets nobody decide on it who confirmed', async () => {
    const told = { way: 'phone', note: '身に覚えがないとのこと' }
    const reviewer = await site.as('reviewer')
    expect((await reviewer.post(`${path}/objections`, told)).status).toBe(303)
    const listed = await (await boss.get('/measures?view=objections')).text()
    expect(listed).toContain(path)
    const own = await (await supervisor.get(path)).text()
    expect(own).toContain('決裁した人は')
    expect(own).not.toContain(`${path}/review`)
    const page = await (await boss.get(path)).text()
    const objection = /name="objection" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const decided = { objection, outcome: 'keep', reason: '記録で確かめた' }
    expect((await supervisor.post(`${path}/review`, decided)).status).toBe(409)
    expect((await boss.post(`${path}/review`, { ...decided, outcome: '' })).status).toBe(409)
    expect((await boss.post(`${path}/review`, decided)).status).toBe(303)
    expect((await boss.post(`${path}/review`, decided)).status).toBe(409)
    expect(await (await boss.get(path)).text()).toContain('記録で確かめた')
  })

  it('shows figures of muted mail, and no word of it', async () => {
    const receivedAt = new Date(site.house.now())
    await site.deliverAs(
      { receivedAt },
      testMail({ subject: '返品', body: '刺してやるから覚悟しろ。' }),
    )
    site.pass(day)
    expect(await makeDigests(site.house)).toBe(1)
    // A day later the session has ended.
    boss = await site.as('boss')
    const page = await (await boss.get(path)).text()
    expect(page).toMatch(/件数：1通[\s\S]*責任者へ知らせたもの：1通[\s\S]*脅迫 1/)
    expect(page).not.toContain('刺して')
  })

  it('is listed when its review date comes near, and can be renewed by somebody else', async () => {
    expect(await (await boss.get('/measures?view=due')).text()).not.toContain(path)
    site.pass(80 * day)
    const [late, other] = [await site.as('boss'), await site.as('supervisor')]
    expect(await (await late.get('/measures?view=due')).text()).toContain(path)
    expect(await (await other.get(path)).text()).not.toContain(`${path}/renewal`)
    const terms = { openTopic: 'legal', digest: 'off' }
    const renewal = { ...gateFields, ...terms, reason: 'やまない' }
    expect((await other.post(`${path}/renewal`, renewal)).status).toBe(409)
    expect((await late.post(`${path}/renewal`, renewal)).status).toBe(303)
    const [next] = await site.house.store.measures.list(['proposed'], 1)
    const page = await (await other.get(`/measures/${next?.id}`)).text()
    expect(page).toContain('停止を続けると判断いたしました')
    expect(page).toContain(`href="${path}"`)
  })

  it('lets supervisors say that an address is a representative’s', async () => {
    const measure = await site.house.store.measures.find(path.slice('/measures/'.length))
    const sender = `/senders/${measure?.senderId}`
    const marking = { address: 'kuroiwa@gouriki.example', reason: '代理人の弁護士' }
    const chief = await site.as('boss')
    const reviewer = await site.as('reviewer')
    expect((await reviewer.post(`${sender}/representatives`, marking)).status).toBe(403)
    expect((await chief.post(`${sender}/representatives`, marking)).status).toBe(303)
    expect(await (await reviewer.get(sender)).text()).toContain('代理人の弁護士')
    expect((await chief.post(`${sender}/representatives/removal`, marking)).status).toBe(303)
  })
})

it('a warning needs no terms, and its page says so in English as well', async () => {
  const site = await openSite()
  await site.deliver(testMail({ subject: '返品', body: '返品したい。お前は無能だ。' }))
  const [thread] = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 1 })
  const id = await queueNotice(site, thread?.id ?? '', 'warning')
  const visitor = await site.as('supervisor')
  await visitor.post('/settings', { language: 'en' })
  const page = await (await visitor.get(`/measures/${id}`)).text()
  expect(page).toContain('Steps')
  expect(page).not.toContain('What stays open')
  await site.close()
})
