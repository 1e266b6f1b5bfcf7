import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tell } from '../../src/flow/told.ts'
import { newKey } from '../../src/vault.ts'
import { staffOf } from '../support/notices.ts'
import { testMail, until } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const threat = '刺してやるから覚悟しろ。'

describe('the pages on what one is told', { timeout: 180_000 }, () => {
  let site: TestSite
  beforeEach(async () => {
    site = await openSite(undefined, { MAMORI_ENCRYPTION_KEY: newKey() })
  })
  afterEach(() => site.close())

  async function urgent(subject = '件名の言葉'): Promise<void> {
    await site.deliver(testMail({ subject, body: threat }))
    await tell(site.house)
  }
  const idIn = (page: string) => /notifications\/([\w-]{36})\/reading/.exec(page)?.[1] ?? ''

  it('show one’s own, with a number at the bell, and nothing of what was written', async () => {
    await urgent()
    const visitor = await site.as('reviewer')
    const page = await (await visitor.get('/notifications')).text()
    expect(page).toContain('緊急のメールが届きました')
    expect(page).toMatch(/id="bell"[\s\S]*?<span class="hidden">お知らせ（未読1件）</)
    expect(page).not.toMatch(/刺して|件名の言葉|黒岩/)
    const auditor = await (await (await site.as('auditor')).get('/notifications')).text()
    expect(auditor).toContain('お知らせはありません')
  })

  it('lead to what it is about and mark it as read, one or all', async () => {
    await urgent()
    const visitor = await site.as('reviewer')
    const id = idIn(await (await visitor.get('/notifications')).text())
    const opened = await visitor.post(`/notifications/${id}/reading`, { do: 'open' })
    expect(opened.headers.get('location')).toMatch(/^\/threads\/[\w-]+$/)
    const page = await (await visitor.get('/notifications')).text()
    expect(page).toContain('<span class="hidden">お知らせ</span>')
    expect((await visitor.post(`/notifications/${id}/reading`, { do: 'read' })).status).toBe(303)

    const second = await site.as('second')
    expect((await second.post('/notifications/reading')).status).toBe(303)
    expect(await (await second.get('/notifications')).text()).not.toContain('>未読<')
  })

  it('do not exist for anybody else, nor once the mailbox is out of reach', async () => {
    await urgent()
    const id = idIn(await (await (await site.as('reviewer')).get('/notifications')).text())
    const second = await site.as('second')
    expect((await second.post(`/notifications/${id}/reading`, { do: 'open' })).status).toBe(404)
    const named = await staffOf(site)
    const moved = JSON.stringify({ reviewer: ['another'] })
    await site.database.sql(
      `update people set "within" = '${moved}' where id = '${named('reviewer').id}'`,
    )
    const visitor = await site.as('reviewer')
    const page = await (await visitor.get('/notifications')).text()
    expect(page).toContain('お知らせはありません')
    expect((await visitor.post(`/notifications/${id}/reading`, { do: 'open' })).status).toBe(404)
  })

  it('go on to older ones', async () => {
    const { house } = site
    const me = (await staffOf(site))('reviewer').id
    await tell(house)
    const desk = await house.store.told.desk()
    if (!desk) throw new Error('nobody was told')
    const rows = Array.from({ length: 60 }, (_, n) => ({
      ...{ id: house.newId(), personId: me, kind: 'urgent' as const, threadId: null },
      ...{ mailboxId: null, path: `/threads/${n}`, severity: 3 as const, categories: [] },
      ...{ source: `s${n}`, at: house.now(), readAt: null, mailAt: null },
    }))
    await house.store.told.tell(desk, desk, { notifications: rows, deliveries: [] })
    const visitor = await site.as('reviewer')
    const first = await (await visitor.get('/notifications')).text()
    expect(first.match(/class="unread"/g)).toHaveLength(50)
    const next = /href="(\/notifications\?after=[^"]+)"/.exec(first)?.[1] ?? ''
    const second = await (await visitor.get(next)).text()
    expect(second.match(/class="unread"/g)).toHaveLength(10)
  })

  it('keep what each person chose, of the kinds that concern them', async () => {
    const visitor = await site.as('reviewer')
    const page = await (await visitor.get('/notifications/settings')).text()
    expect(page).toContain('value="urgent" checked')
    expect(page).not.toContain('value="alert"')
    const answer = await visitor.post('/notifications/settings', {
      mail: 'dispute',
      quiet: 'yes',
      quietFrom: '21:00',
      quietTo: '06:30',
      gather: '60',
    })
    expect(answer.headers.get('location')).toBe('/notifications/settings?done=settings')
    const chosen = await site.house.store.notifications.choices(
      (await staffOf(site))('reviewer').id,
    )
    expect(chosen).toMatchObject({
      quiet: { from: '21:00', to: '06:30' },
      gatherMinutes: 60,
      pressingAnyway: false,
      by: { urgent: { mail: false, webhook: false } },
    })
    expect(chosen.by.dispute).toBeUndefined()
    const again = await (await visitor.get('/notifications/settings')).text()
    expect(again).toContain('value="21:00"')
    expect(again).not.toContain('value="urgent" checked')
    await visitor.post('/notifications/settings', {
      quiet: 'yes',
      quietFrom: '25:00',
      quietTo: 'x',
    })
    const plain = await site.house.store.notifications.choices((await staffOf(site))('reviewer').id)
    expect(plain.quiet).toBeNull()
  })

  it('ring the bell live, without a word of why', async () => {
    const url = await site.listen()
    const visitor = await site.as('reviewer')
    const stop = new AbortController()
    const answer = await fetch(`${url}/events`, {
      headers: { cookie: visitor.cookie },
      signal: stop.signal,
    })
    let heard = ''
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    const reading = (async () => {
      for (;;) {
        const part = await reader?.read()
        if (!part || part.done) return
        heard += part.value
      }
    })().catch(() => undefined)
    await until('the greeting', async () => heard.includes('hello'))
    await urgent()
    await until('the bell', async () => /event: bell\ndata: 1\n/.test(heard))
    expect(heard).not.toMatch(/刺して|件名の言葉/)
    stop.abort()
    await reading
  })
})

describe('the pages on webhooks', { timeout: 180_000 }, () => {
  let site: TestSite
  beforeEach(async () => {
    site = await openSite(undefined, { MAMORI_ENCRYPTION_KEY: newKey() })
  })
  afterEach(() => site.close())

  const fields = {
    name: '相談窓口の部屋',
    format: 'json',
    url: 'https://hooks.example.org/in/secret-place',
    kind: 'alert',
    where: 'all',
  }

  it('show the signing secret once and the address never, only its host', async () => {
    const admin = await site.as('admin')
    const page = await (await admin.post('/webhooks', fields)).text()
    expect(page).toMatch(/id="signing-secret">whsec_/)
    const list = await (await admin.get('/webhooks')).text()
    const path = /href="(\/webhooks\/[\w-]{36})"/.exec(list)?.[1] ?? ''
    const one = await (await admin.get(path)).text()
    for (const shown of [page, list, one]) expect(shown).not.toContain('secret-place')
    expect(one).toContain('hooks.example.org')
    expect(one).not.toContain('whsec_')

    const other = await admin.post(path, { ...fields, url: '', format: 'slack', name: '別の名' })
    expect(other.headers.get('location')).toBe(`${path}?done=webhookKept`)
    const [kept] = await site.house.store.webhooks.list()
    expect(kept).toMatchObject({ name: '別の名', format: 'slack', kinds: ['alert'] })
    for (const [act, paused] of [
      ['pause', true],
      ['pause', true],
      ['resume', false],
    ] as const) {
      expect((await admin.post(`${path}/${act}`)).status).toBe(303)
      const [now] = await site.house.store.webhooks.list()
      expect(now?.pausedAt !== null).toBe(paused)
    }
    await admin.post(`${path}/remove`)
    expect((await admin.get(path)).status).toBe(404)
    const log = await (await admin.get('/log')).text()
    expect(log).toContain('外部への通知先を追加')
    expect(log).toContain('外部への通知先を削除')
  })

  it('say what is wrong with an address, and keep what else was typed', async () => {
    const admin = await site.as('admin')
    const answer = await admin.post('/webhooks', { ...fields, url: 'https://10.0.0.1/x' })
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page).toContain('社内や自分自身を指す宛先へは送れません')
    expect(page).toContain('value="相談窓口の部屋"')
    expect(await site.house.store.webhooks.all()).toEqual([])
  })

  it('of one’s own are nobody else’s, administrators among them', async () => {
    const reviewer = await site.as('reviewer')
    await reviewer.post('/notifications/webhook', { ...fields, format: 'slack' })
    expect(await (await reviewer.get('/notifications/webhook')).text()).toContain('Slack')
    const [own] = await site.house.store.webhooks.all()
    const admin = await site.as('admin')
    expect(await (await admin.get('/webhooks')).text()).not.toContain('相談窓口の部屋')
    expect((await admin.get(`/webhooks/${own?.id}`)).status).toBe(404)
    expect((await admin.post(`/webhooks/${own?.id}/remove`)).status).toBe(404)
    expect((await (await site.as('supervisor')).get('/webhooks')).status).toBe(403)
    expect((await reviewer.post('/notifications/webhook/remove')).status).toBe(303)
    expect(await site.house.store.webhooks.all()).toEqual([])
  })
})
