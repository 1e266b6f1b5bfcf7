import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { suspendSomebody } from '../support/affair.ts'
import { mailboxSettings } from '../support/inbox.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const elsewhere = 'kenji@billing-customer.example'
const secretSubject = '請求の内緒の件'

/** A person with one address in each of two mailboxes, and people who read one or both. */
describe('the pages of senders and incidents', { timeout: 240_000 }, () => {
  let site: TestSite
  let here: string
  let there: string
  let reviewer: Visitor
  let second: Visitor
  let supervisor: Visitor
  let local: Visitor

  beforeAll(async () => {
    site = await openSite()
    const { store, now, newId } = site.house
    here = (await suspendSomebody(site)).senderId
    const billing = mailboxSettings({ name: 'billing', address: 'billing@hinata-kurashi.example' })
    const act = { at: now(), by: null, newId }
    await store.mailboxes.add('billing', { ...billing, folders: [] }, null, act)
    await site.deliverAs(
      { mailbox: 'billing' },
      testMail({ from: elsewhere, name: '黒岩 別名', subject: secretSubject, body: '請求です。' }),
    )
    there = (await store.arrivals.senders([elsewhere])).get(elsewhere) ?? ''
    const support = (await store.mailboxes.find('support'))?.id ?? ''
    const within = { reviewer: [support], supervisor: [support] }
    await site.hire('local', ['reviewer', 'supervisor'], within)
    reviewer = await site.as('reviewer')
    second = await site.as('second')
    supervisor = await site.as('supervisor')
    local = await site.as('local')
  }, 240_000)
  afterAll(() => site.close())

  const read = async (visitor: Visitor, path: string) => (await visitor.get(path)).text()

  async function confirmation(): Promise<string> {
    const page = await read(supervisor, `/senders/${here}/joining`)
    return /action="([^"]+\/confirmation)"/.exec(page)?.[1] ?? ''
  }

  it('join two addresses by two people, and name nothing of another mailbox', async () => {
    const joins = `/senders/${here}/joins`
    const wish = { other: elsewhere, joinReason: '声と電話番号が同じ' }
    const unknown = await local.post(joins, wish)
    expect(unknown.status).toBe(409)
    expect(await unknown.text()).toContain('その差出人は見つかりません')
    expect((await reviewer.post(joins, { ...wish, joinReason: '' })).status).toBe(409)
    expect((await reviewer.post(joins, wish)).status).toBe(303)
    expect((await reviewer.post(joins, wish)).status).toBe(409)
    expect(await read(supervisor, '/senders')).toContain(
      `/senders/${[here, there].sort()[0]}/joining`,
    )
    expect(await read(reviewer, '/senders')).not.toContain('/joining')
    expect(await read(local, '/senders')).not.toContain('/joining')

    const path = await confirmation()
    expect((await reviewer.post(path, {})).status).toBe(409)
    const refused = await second.post(path, {})
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('統合の確認は責任者が行います')
    expect((await local.post(path, {})).status).toBe(409)
    expect((await supervisor.post(path, {})).status).toBe(303)

    const whole = await read(supervisor, `/senders/${here}`)
    expect(whole).toContain(elsewhere)
    expect(whole).toContain(secretSubject)
    const narrow = await read(local, `/senders/${here}`)
    expect(narrow).toContain('ほかの受信箱にも、統合された差出人が1件')
    expect(narrow).toContain('ほかの受信箱の分は、件数だけ')
    for (const page of [
      narrow,
      await read(local, `/senders/${here}/joining`),
      await read(local, '/senders'),
      await read(local, '/incidents?view=all'),
    ]) {
      for (const secret of [there, elsewhere, secretSubject, '黒岩 別名']) {
        expect(page).not.toContain(secret)
      }
    }
    expect((await local.get(`/senders/${there}`)).status).toBe(404)
  })

  it('show figures as bars with a table behind them', async () => {
    const page = await read(reviewer, `/senders/${here}`)
    expect(page).toMatch(/<svg class="bar-chart"[^>]*role="img"/)
    expect(page.match(/class="bar"/g)).toHaveLength(12)
    expect(page).toMatch(/<td class="number">\d+通<\/td>/)
  })

  it('keep notes that only a further note corrects, each for its mailbox', async () => {
    const notes = `/senders/${here}/notes`
    const support = (await site.house.store.mailboxes.find('support'))?.id ?? ''
    const note = { noteText: '電話は夕方', noteMailbox: support }
    expect((await reviewer.post(notes, note)).status).toBe(303)
    const page = await read(second, `/senders/${here}`)
    const corrects = /name="corrects" value="([^"]+)"/.exec(page)?.[1] ?? ''
    expect((await second.post(notes, { noteText: '電話は朝', corrects })).status).toBe(303)
    expect(await read(reviewer, `/senders/${here}`)).toMatch(/<s>電話は夕方<\/s>[\s\S]*電話は朝/)
    const foreign = { noteText: '請求の件', noteMailbox: 'billing' }
    expect((await local.post(notes, foreign)).status).toBe(404)
    expect((await reviewer.post(`/senders/${there}/notes`, foreign)).status).toBe(303)
    expect(await read(local, `/senders/${here}`)).not.toContain('請求の件')
  })

  const ordinary = { verdict: 'ordinary', demand: 'none' }

  function incident(over: Record<string, string> = {}, picture?: Blob): FormData {
    const form = new FormData()
    const fields: Record<string, string> = {
      kind: 'phone',
      occurredAt: '2026-11-20T10:30',
      minutes: '95',
      account: '大声で怒鳴り続けた',
      sender: here,
      ...ordinary,
      ...over,
    }
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    if (picture) form.set('picture', picture, 'evidence.png')
    return form
  }

  async function record(visitor: Visitor, form: FormData): Promise<Response> {
    const support = (await site.house.store.mailboxes.find('support'))?.id ?? ''
    if (!form.has('mailbox')) form.set('mailbox', support)
    form.set('csrf', visitor.csrf)
    const body = new Response(form)
    return fetch(`${await url()}/incidents`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: visitor.cookie, 'content-type': body.headers.get('content-type') ?? '' },
      body: await body.arrayBuffer(),
    })
  }

  let address: Promise<string> | undefined
  const url = () => (address ??= site.listen())

  it('record an incident, judged blind by a second person, seen where it was recorded', async () => {
    const answer = await record(reviewer, incident())
    expect(answer.status).toBe(303)
    const path = (answer.headers.get('location') ?? '').split('?')[0] ?? ''
    const blind = await read(second, path)
    expect(blind).toContain('大声で怒鳴り続けた')
    expect(blind).toContain('一人目の確認は、あなたの確認が済むまで表示されません')
    expect((await reviewer.post(`${path}/reviews`, ordinary)).status).toBe(409)
    const harassment = {
      ...{ verdict: 'harassment', category: 'verbal_abuse', severity: '2', reason: '怒号' },
      ...{ superiorPosition: 'yes', improperWhy: '怒号', harmToWorkEnvironment: 'yes' },
    }
    expect((await second.post(`${path}/reviews`, harassment)).status).toBe(303)
    expect(await read(reviewer, '/incidents')).toContain('判断が分かれています')
    expect((await reviewer.post(`${path}/settlement`, harassment)).status).toBe(403)
    expect((await supervisor.post(`${path}/settlement`, harassment)).status).toBe(303)
    expect(await read(reviewer, '/incidents?view=decided')).toContain('カスタマーハラスメント')
    expect(await read(reviewer, `/senders/${here}`)).toContain(path)

    const inBilling = await record(reviewer, incident({ mailbox: 'billing', account: '内緒の件' }))
    const hidden = (inBilling.headers.get('location') ?? '').split('?')[0] ?? ''
    expect((await local.get(hidden)).status).toBe(404)
    expect(await read(local, '/incidents?view=all')).not.toContain(hidden)
    expect(await read(local, `/senders/${here}`)).not.toContain(hidden)
    expect((await record(local, incident({ mailbox: 'billing' }))).status).toBe(409)
    expect((await record(local, incident({ sender: there }))).status).toBe(404)
  })

  it('make a sender of a caller who has no address', async () => {
    const none = await record(reviewer, incident({ sender: '' }))
    expect(none.status).toBe(409)
    expect(await none.text()).toContain('大声で怒鳴り続けた')
    const caller = { sender: '', callerName: '匿名の男性', callerNumber: '03-9999-0000' }
    const answer = await record(reviewer, incident(caller))
    const page = await read(reviewer, answer.headers.get('location') ?? '')
    const sender = /href="(\/senders\/[^"]+)"/.exec(page)?.[1] ?? ''
    expect(await read(reviewer, sender)).toContain('03-9999-0000')
  })

  it('hand out a picture only as a file to save, and take no page that calls itself one', async () => {
    const post = { kind: 'post', postUrl: 'https://sns.example/1' }
    const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    const hostile = new Blob([script], { type: 'image/png' })
    const refused = await record(reviewer, incident(post, hostile))
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('画像として使えません')

    const bytes = Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      Buffer.from('IHDR<script>alert(1)</script>'),
      Buffer.alloc(600 * 1024),
    ])
    const polyglot = new Blob([bytes], { type: 'text/html' })
    const answer = await record(reviewer, incident(post, polyglot))
    expect(answer.status).toBe(303)
    const path = (answer.headers.get('location') ?? '').split('?')[0] ?? ''
    const picture = await reviewer.get(`${path}/picture`)
    expect(picture.headers.get('content-type')).toBe('application/octet-stream')
    expect(picture.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(picture.headers.get('content-security-policy')).toContain('sandbox')
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff')
    expect(Buffer.from(await picture.arrayBuffer()).equals(bytes)).toBe(true)
    const page = await read(reviewer, path)
    expect(page).not.toMatch(/<img|href="https:\/\/sns\.example/)
    const large = new Blob([bytes, Buffer.alloc(5 * 1024 * 1024)])
    const tooLarge = await record(reviewer, incident(post, large))
    expect(tooLarge.status).toBe(409)
    expect(await tooLarge.text()).toContain('5MBまで')
  })

  it('separate them again: then nothing of the other address is there', async () => {
    const page = await read(supervisor, `/senders/${here}/joining`)
    const path = /action="([^"]+\/separation)"/.exec(page)?.[1] ?? ''
    expect((await reviewer.post(path, { joinReason: '別人' })).status).toBe(403)
    expect((await supervisor.post(path, { joinReason: '' })).status).toBe(409)
    expect((await supervisor.post(path, { joinReason: '別人' })).status).toBe(303)
    expect(await read(supervisor, `/senders/${here}`)).not.toContain(elsewhere)
  })

  it('lists senders by their newest mail, page after page, each once', async () => {
    const { senders } = site.house.store
    const start = Date.parse(site.house.now())
    for (const [from, day] of [
      ['p1@pages.example', 3],
      ['p2@pages.example', 2],
      ['p1@pages.example', 1],
      ['p3@pages.example', 4],
      ['p4@pages.example', 4],
      ['p5@pages.example', 4],
    ] as const) {
      const receivedAt = new Date(start - day * 86_400_000)
      const raw = testMail({ from, name: from, subject: `${day}日前`, body: 'はい' })
        .toString('latin1')
        .replace(/^Date: .*$/m, `Date: ${receivedAt.toUTCString()}`)
      await site.deliverAs({ receivedAt, trust: 'archive' }, Buffer.from(raw, 'latin1'))
    }
    const seen: string[] = []
    let before: { at: string; id: string } | null = null
    for (;;) {
      const page = await senders.list({ before, limit: 2 }, site.house.now())
      seen.push(...page.map(({ name }) => name))
      const last = page.at(-1)
      before = last ? { at: last.lastAt, id: last.id } : null
      if (page.length < 2) break
    }
    expect(seen.slice(-5, -3)).toEqual(['p1@pages.example', 'p2@pages.example'])
    // Three whose mail is of one instant: no page ends by losing one of them.
    expect(seen.slice(-3).sort()).toEqual(['p3', 'p4', 'p5'].map((name) => `${name}@pages.example`))
    expect(new Set(seen).size).toBe(seen.length)
    const whole = await senders.list({ before: null, limit: 99 }, site.house.now())
    expect(whole.map(({ name }) => name)).toEqual(seen)
    expect(whole.find(({ name }) => name === 'p1@pages.example')?.threads).toBe(2)
  })

  it('are found by a part of their name or address, as it is typed, as far as one reads', async () => {
    const names = ['100%_安心', '100xy安心']
    for (const [at, name] of names.entries()) {
      await site.deliver(
        testMail({ from: `Anshin${at}@Find.example`, name, subject: name, body: 'はい' }),
      )
    }
    const found = async (visitor: Visitor, words: string) => {
      const page = await read(visitor, `/senders?${new URLSearchParams({ name: words })}`)
      const list = page.slice(page.indexOf('<ol class="threads">'))
      return [...list.matchAll(/<span class="who">([^<]*)</g)].map(([, name]) => name)
    }
    expect(await found(reviewer, '安心')).toEqual(expect.arrayContaining(names))
    expect(await found(reviewer, '100%_')).toEqual(['100%_安心'])
    expect(await found(reviewer, 'ANSHIN1@find')).toEqual(['100xy安心'])
    expect(await found(reviewer, 'billing-customer')).toHaveLength(1)
    expect(await found(local, 'billing-customer')).toEqual([])
    const none = await read(reviewer, '/senders?name=%5C%25%3Cb%3E')
    expect(none).toContain('「\\%&lt;b&gt;」を含む差出人は見つかりませんでした')
    expect(none).toContain('<a href="/senders">')
  })
})
