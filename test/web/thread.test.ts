import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queueStates } from '../../src/domain/matter.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const harm = 'お前らは全員ゴミだ、刺してやるから覚悟しろ。'

describe('a thread’s page', () => {
  let site: TestSite
  let reviewer: Visitor
  let second: Visitor
  let supervisor: Visitor

  beforeAll(async () => {
    site = await openSite()
    reviewer = await site.as('reviewer')
    second = await site.as('second')
    supervisor = await site.as('supervisor')
  })
  afterAll(() => site.close())

  async function newThread(mail: Parameters<typeof testMail>[0]): Promise<string> {
    const before = new Set((await all()).map(({ id }) => id))
    await site.deliver(testMail(mail))
    const thread = (await all()).find(({ id }) => !before.has(id))
    if (!thread) throw new Error('no new thread')
    return thread.id
  }

  const all = () => site.house.store.queue.list({ states: queueStates }, { offset: 0, limit: 100 })
  const pageOf = async (visitor: Visitor, id: string) =>
    (await visitor.get(`/threads/${id}`)).text()

  it('says a fact once, in the language of whoever reads', async () => {
    const id = await newThread({ from: 'blank@kaigara.example', subject: '無題', body: '' })
    const page = await pageOf(reviewer, id)
    expect(page.match(/本文がありません/g)).toHaveLength(1)
    expect(page).not.toContain('There is no text')
  })

  it('asks for less than 100 kB of script and style, and never again until they change', async () => {
    const id = await newThread({
      from: 'light@kaigara.example',
      subject: '軽さ',
      body: '質問です。',
    })
    const page = await pageOf(reviewer, id)
    const found = page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css)[^"]*)"/g)
    const paths = new Set([...found].map(([, path]) => path ?? ''))
    const assets = await Promise.all([...paths].map((path) => site.stranger.get(path)))
    const sizes = await Promise.all(assets.map(async (one) => (await one.arrayBuffer()).byteLength))
    expect(assets.length).toBeGreaterThan(3)
    for (const { status, headers } of assets) {
      expect(status).toBe(200)
      expect(headers.get('cache-control')).toContain('immutable')
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000)
  })

  it('holds no harmful word, and neither does the queue, until somebody asks for one passage', async () => {
    const id = await newThread({
      from: 'a1@gouriki.example',
      subject: '件名',
      body: `返金してください。\n${harm}`,
    })
    const page = await pageOf(reviewer, id)
    const queue = await (await reviewer.get('/queue')).text()

    expect(page).toContain('返金してください')
    for (const html of [page, queue]) expect(html).not.toMatch(/ゴミ|刺して/)

    const place = /name="place" value="(\d+-\d+)"/.exec(page)?.[1] ?? ''
    const message = /action="(\/messages\/[^"]+\/reveal)"/.exec(page)?.[1] ?? ''
    const fragment = await (
      await reviewer.post(message, { place }, { 'HX-Request': 'true' })
    ).text()
    expect(fragment).toContain('刺してやる')

    const plain = await reviewer.post(message, { place })
    const shown = plain.headers.get('location') ?? ''
    expect(await (await reviewer.get(shown)).text()).toContain('刺してやる')
    expect(await (await second.get(shown)).text()).not.toContain('刺してやる')
    const people = await site.house.store.people.list()
    const me = people.find(({ email }) => email.startsWith('reviewer'))
    expect(await site.house.store.exposures.of(me?.id ?? '', '2000')).toHaveLength(2)
  })

  it('shields a harmful subject in the queue, the title and the page', async () => {
    const id = await newThread({
      from: 'a2@gouriki.example',
      subject: 'お前はゴミだ',
      body: '返事をください。',
    })
    const html = (await pageOf(reviewer, id)) + (await (await reviewer.get('/queue')).text())
    expect(html).not.toContain('お前はゴミだ')
    expect(html).toContain('件名は伏せています')
  })

  it('shows what a customer wrote as text, never as markup', async () => {
    const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>'
    const id = await newThread({
      from: 'a3@gouriki.example',
      name: evil,
      subject: evil,
      body: `${evil}\n"><svg onload=alert(3)>`,
    })
    for (const path of [`/threads/${id}`, '/queue', '/senders', '/search?q=alert']) {
      const html = await (await supervisor.get(path)).text()
      expect(html, path).not.toMatch(/<img|<svg onload|<script>alert/)
    }
  })

  it('keeps the first review from the second reviewer until theirs is given', async () => {
    const id = await newThread({ from: 'a4@gouriki.example', subject: '盲検', body: '確認用' })
    const unsure = { revision: '1', verdict: 'unsure', reason: '前後の事情がわからない' }
    await reviewer.post(`/threads/${id}/reviews`, unsure)
    for (const visitor of [second, supervisor])
      expect(await pageOf(visitor, id)).not.toContain('前後の事情')
    expect(await (await second.get('/queue')).text()).not.toContain('前後の事情')

    await second.post(`/threads/${id}/reviews`, {
      revision: '1',
      verdict: 'ordinary',
      needsReply: 'no',
    })
    expect(await pageOf(second, id)).toContain('前後の事情')
    expect(await pageOf(second, id)).toContain('責任者の裁定を待っています')
  })

  it('answers a form sent twice, a stale one and an incomplete one with the reason, and loses nothing', async () => {
    const id = await newThread({ from: 'a5@gouriki.example', subject: '二度', body: '一通目' })
    const form = { revision: '1', verdict: 'ordinary', needsReply: 'yes' }
    expect((await reviewer.post(`/threads/${id}/reviews`, form)).status).toBe(303)
    const twice = await reviewer.post(`/threads/${id}/reviews`, form)
    expect(twice.status).toBe(409)
    expect(await twice.text()).toContain('すでに確認しています')

    await site.deliver(
      testMail({ from: 'a5@gouriki.example', subject: 'Re: 二度', body: '二通目' }),
    )
    const stale = await second.post(`/threads/${id}/reviews`, form)
    expect(await stale.text()).toContain('新しいメールが届いています')

    const late = await second.post(`/threads/${id}/replies`, {
      revision: '1',
      how: 'submit',
      replySubject: 'Re',
      replyBody: '長い返信の本文',
    })
    expect(await late.text()).toContain('長い返信の本文')

    const bare = await second.post(`/threads/${id}/reviews`, {
      revision: '2',
      verdict: 'harassment',
    })
    expect(await bare.text()).toContain('分類を一つ以上')
  })

  it('lets one of two who press at once be first, and the other be second', async () => {
    const id = await newThread({ from: 'a6@gouriki.example', subject: '同時', body: '同時に' })
    const form = { revision: '1', verdict: 'ordinary', needsReply: 'no' }
    const press = [reviewer, second].map((one) => one.post(`/threads/${id}/reviews`, form))
    const answers = await Promise.all(press)

    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const loaded = await site.house.store.matters.find(id)
    expect(loaded?.matter.thread.reviews.map(({ place }) => place)).toEqual([1, 2])
    expect(loaded?.matter.thread.decisions).toHaveLength(1)
  })

  it('sends an ordinary reply on the word of two people, never of one', async () => {
    const id = await newThread({
      from: 'a7@gouriki.example',
      subject: '返信',
      body: '教えてください',
    })
    await reviewer.post(`/threads/${id}/replies`, {
      revision: '1',
      how: 'submit',
      replySubject: 'Re: 返信',
      replyBody: 'ご案内します。',
    })
    const [letter] = (await site.house.store.letters.list(['awaiting_approval'], 5)).filter(
      ({ threadId }) => threadId === id,
    )
    const page = await pageOf(second, id)
    const field = (name: string) =>
      new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? ''
    const shown = { shown: field('shown'), shownAt: field('shownAt') }
    const path = `/letters/${letter?.id}/approval`

    expect(await (await reviewer.post(path, shown)).text()).toContain(
      '自分の書いた返信は承認できません',
    )
    expect(await (await second.post(path, { ...shown, shown: 'x' })).text()).toContain(
      '送られるメールの内容',
    )
    expect((await second.post(path, shown)).status).toBe(303)
    expect((await site.house.store.letters.find(letter?.id ?? ''))?.state).toBe('queued')
    expect(await pageOf(second, id)).toMatch(
      /送信待ち[\s\S]*作成: reviewer · 承認: second[\s\S]*ご案内します。/,
    )
  })

  it('says so when there is no such thread, letter, measure or sender', async () => {
    for (const path of [
      '/threads/none',
      '/letters/none',
      '/measures/none',
      '/senders/none',
      '/messages/none/original',
    ]) {
      const answer = await supervisor.get(path)
      expect(answer.status, path).toBe(404)
      expect(await answer.text()).toContain('お探しのページはありません')
    }
    const posted = await supervisor.post('/threads/none/reviews', {
      revision: '1',
      verdict: 'ordinary',
    })
    expect(posted.status).toBe(404)
  })

  it('gives the original bytes to whoever asks for them, and puts it on record', async () => {
    const raw = testMail({ from: 'a9@gouriki.example', subject: '原本', body: harm })
    await site.deliver(raw)
    const thread = (await all()).find(({ subject }) => subject === '原本')
    const page = await pageOf(reviewer, thread?.id ?? '')
    const path = /action="(\/messages\/[^"]+\/original)"/.exec(page)?.[1] ?? ''
    const answer = await reviewer.post(path)
    expect(Buffer.from(await answer.arrayBuffer()).equals(raw)).toBe(true)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(answer.headers.get('content-security-policy')).toMatch(/sandbox/)
    const log = await site.house.store.log.list({ threadId: thread?.id ?? '' }, 5)
    expect(log[0]?.event).toMatchObject({ kind: 'passage_revealed', passage: 'original' })
  })

  it('shows how to answer somebody whose life may be at risk, and offers no warning', async () => {
    const id = await newThread({
      from: 'b1@gouriki.example',
      subject: 'もう',
      body: 'もう疲れました。死にたいです。生きていたくありません。',
    })
    const page = await pageOf(reviewer, id)
    expect(page).toContain('命に関わるかもしれない')
    expect(page).not.toContain('対応を提案する')
    expect(await (await reviewer.get('/queue')).text()).toContain('命の心配')
  })

  it('speaks the language of the person, and English is complete', async () => {
    const id = await newThread({
      from: 'a8@gouriki.example',
      subject: 'English',
      body: 'Hello there',
    })
    await second.post('/language', { language: 'en', next: '/' })
    const html = await pageOf(second, id)
    expect(html).toContain('<html lang="en"')
    expect(html.replaceAll(/お客様相談窓口|日本語|黒岩|守/g, '')).not.toMatch(
      /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
    )
    await second.post('/language', { language: 'ja', next: '/' })
  })

  it('marks in an opened passage what each rule saw, and says so in plain words', async () => {
    const body = `返金してください。\n${harm}`
    const id = await newThread({ from: 'marks@gouriki.example', subject: '件名', body })
    const page = await pageOf(reviewer, id)
    const [, path = ''] = /action="(\/messages\/[^"]+\/reveal)"/.exec(page) ?? []
    const [, place = ''] = /name="place" value="(\d+-\d+)"/.exec(page) ?? []
    const answer = await reviewer.post(path, { place }, { 'HX-Request': 'true' })
    const opened = await answer.text()
    expect(opened.replace(/<sup>[^<]*<\/sup>|<\/?mark>/g, '')).toContain(harm)
    expect(opened).toMatch(/<mark>[^<]*刺し[^<]*<sup>[\d ]+<\/sup><\/mark>/)
    expect(opened).toContain('刺す・殺す・撃つという予告')
  })

  it('folds what a mail repeats of earlier ones, and says how long it is', async () => {
    const quote = [
      '11月20日に書かれました:',
      ...[1, 2, 3, 4].map((n) => `> 前のご案内の${n}行目です。`),
    ]
    const body = ['承知しました。', '', ...quote].join('\n')
    const id = await newThread({ from: 'fold@kaigara.example', subject: '続き', body })
    const page = await pageOf(reviewer, id)
    expect(page).toMatch(/<p class="words">承知しました。[^<]*<\/p>/)
    expect(page).toMatch(
      /<details class="quoted"><summary>引用（\d行）<\/summary>[\s\S]*前のご案内の4行目/,
    )
  })
})
