import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { plainChoices, seenBy, toldKindList } from '../../src/domain/told.kinds.ts'
import type { House } from '../../src/flow/house.ts'
import { rotateSecrets } from '../../src/flow/mailboxes.ts'
import { tell } from '../../src/flow/told.ts'
import { verify } from '../../src/flow/verify.ts'
import { postDue, postSample } from '../../src/flow/webhook-post.ts'
import {
  actOnWebhook,
  addWebhook,
  changeWebhook,
  renewSigning,
  type WebhookWish,
} from '../../src/flow/webhooks.ts'
import type { WebhookRecord } from '../../src/store/webhooks.ts'
import { newKey, openVault } from '../../src/vault.ts'
import { engines } from '../support/database.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { openSite, type TestSite } from '../support/site.ts'

const threat = '刺してやるから覚悟しろ。'

describe.each(engines)('webhooks on %s', { timeout: 180_000 }, (engine) => {
  let site: TestSite
  let house: House
  let receiver: Receiver
  let named: (name: string) => Person
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterAll(() => receiver.close())
  beforeEach(async () => {
    receiver.heard.splice(0)
    receiver.answer = () => ({ status: 200 })
    site = await openSite(engine, {
      MAMORI_ENCRYPTION_KEY: newKey(),
      MAMORI_WEBHOOK_HOSTS: `localhost:${receiver.port}`,
    })
    house = site.house
    named = await staffOf(site)
  })
  afterEach(() => site.close())

  const wish = (over: Partial<WebhookWish> = {}): WebhookWish => ({
    name: '相談窓口の部屋',
    format: 'json',
    url: `https://localhost:${receiver.port}/hook/secret-place`,
    kinds: toldKindList,
    mailboxes: null,
    ...over,
  })

  async function added(over: Partial<WebhookWish> = {}, ownerId: string | null = null) {
    const who = ownerId === null ? named('admin') : named('reviewer')
    const outcome = await addWebhook(house, wish(over), { ownerId }, who)
    if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome))
    const webhook = (await house.store.webhooks.find(outcome.id)) as WebhookRecord
    return { webhook, signing: outcome.signing ?? '' }
  }

  async function urgent(): Promise<void> {
    await site.deliver(testMail({ subject: `件名の言葉 ${Math.random()}`, body: threat }))
    await tell(house)
  }

  it('are told of what happened in signed JSON, without a word of the customer’s', async () => {
    const { webhook, signing } = await added()
    await urgent()
    await postDue(house)

    const [heard] = receiver.heard
    expect(receiver.heard).toHaveLength(1)
    expect(heard?.path).toBe('/hook/secret-place')
    const {
      'webhook-id': id,
      'webhook-timestamp': at,
      'webhook-signature': mac,
    } = heard?.headers ?? {}
    const key = Buffer.from(signing.replace('whsec_', ''), 'base64')
    const expected = createHmac('sha256', key).update(`${id}.${at}.${heard?.body}`).digest('base64')
    expect(mac).toBe(`v1,${expected}`)
    expect(Math.abs(Number(at) * 1000 - Date.now())).toBeLessThan(60_000)
    const body = JSON.parse(heard?.body ?? '')
    expect(body).toMatchObject({
      type: 'mamori.urgent',
      data: { severity: 3, mailbox: 'support', kind: 'urgent' },
    })
    expect(heard?.body).not.toMatch(/刺して|件名の言葉|黒岩/)
    const [delivery] = await house.store.webhookDeliveries.of(webhook.id, 9)
    expect(delivery).toMatchObject({ id, state: 'delivered', attempts: 1, status: 200 })
    await postDue(house)
    expect(receiver.heard).toHaveLength(1)
  })

  it('keep address and secret sealed, in no row, event or log in the clear', async () => {
    const { webhook, signing } = await added()
    const rows = JSON.stringify([
      await site.database.sql('select * from webhooks'),
      await site.database.sql('select content from events'),
    ])
    expect(rows).not.toContain('secret-place')
    expect(rows).not.toContain(signing)
    expect(webhook.host).toBe('localhost')
    const key = newKey()
    const vault = openVault([key])
    const both = {
      seal: vault.seal,
      open: house.vault.open,
      trouble: null,
      isCurrent: vault.isCurrent,
    }
    expect(
      await rotateSecrets({ ...house, policy: house.policy, rules: house.rules, vault: both }),
    ).toBe(1)
    const resealed = (await house.store.webhooks.find(webhook.id)) as WebhookRecord
    expect(vault.open(resealed.secret, `webhook:${webhook.id}`)).toContain('secret-place')
  })

  it('are tried again under the same id until they answer', async () => {
    const { webhook } = await added()
    receiver.answer = (nth) => ({ status: nth < 3 ? 503 : 204 })
    await urgent()
    for (const seconds of [0, 31, 125]) {
      site.pass(seconds * 1000)
      await postDue(house)
    }
    const ids = receiver.heard.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(1)
    const [delivery] = await house.store.webhookDeliveries.of(webhook.id, 9)
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 3, status: 204 })
    expect((await house.store.webhooks.find(webhook.id))?.failures).toBe(0)
  })

  it('are given up after a day, of which administrators are told', async () => {
    const { webhook } = await added({ kinds: ['urgent'] })
    receiver.answer = () => ({ status: 500 })
    await urgent()
    for (let n = 0; n < 16; n += 1) {
      await postDue(house)
      site.pass(4 * 3_600_000)
    }
    const [delivery] = await house.store.webhookDeliveries.of(webhook.id, 9)
    expect(delivery).toMatchObject({ state: 'given_up', trouble: 'status', status: 500 })
    await tell(house)
    const admin = named('admin')
    const told = await house.store.notifications.list(admin.id, seenBy(admin), '', 9)
    expect(told.map(({ kind, path }) => [kind, path])).toEqual([
      ['webhook_trouble', `/webhooks/${webhook.id}`],
    ])
    expect((await verify(house.store)).flaws).toEqual([])
  })

  it('are asked no more after failures in a row or once they are gone, until somebody says so', async () => {
    const { webhook } = await added()
    receiver.answer = () => ({ status: 410 })
    await urgent()
    await postDue(house)
    const paused = (await house.store.webhooks.find(webhook.id)) as WebhookRecord
    expect(paused.pausedAt).not.toBeNull()
    site.pass(60_000)
    await postDue(house)
    expect(receiver.heard).toHaveLength(1)
    receiver.answer = () => ({ status: 200 })
    await actOnWebhook(house, paused, 'resume', named('admin'))
    await postDue(house)
    expect(receiver.heard).toHaveLength(2)
  })

  it('follow no redirect and go nowhere inside, whatever was stored', async () => {
    const { webhook } = await added()
    receiver.answer = () => ({ status: 307, headers: { location: 'https://localhost/other' } })
    expect(await postSample(house, webhook)).toMatchObject({
      state: 'given_up',
      trouble: 'redirected',
      status: 307,
    })
    const stricter = { ...house, policy: house.policy, rules: house.rules }
    const outside = { allowed: [], dnsServers: [] }
    receiver.heard.splice(0)
    expect(await postSample({ ...stricter, outside }, webhook)).toMatchObject({
      trouble: 'address_forbidden',
    })
    expect(receiver.heard).toEqual([])
  })

  it('are not made by who may not, nor for an address that nothing may be sent to', async () => {
    const forHouse = { ownerId: null }
    const tried = (url: string) => addWebhook(house, wish({ url }), forHouse, named('admin'))
    expect(await addWebhook(house, wish(), forHouse, named('supervisor'))).toMatchObject({
      reason: 'not_allowed',
    })
    expect(await tried('https://10.0.0.1/')).toEqual({ kind: 'flawed', flaw: 'address_forbidden' })
    expect(await tried('http://localhost/')).toEqual({ kind: 'flawed', flaw: 'not_https' })
    const own = { ownerId: named('reviewer').id }
    expect(await addWebhook(house, wish(), own, named('second'))).toMatchObject({
      reason: 'not_allowed',
    })
    expect(await house.store.webhooks.all()).toEqual([])
  })

  it('get another secret with another address, and on request; who was slower is told so', async () => {
    const { webhook, signing } = await added()
    const moved = await changeWebhook(
      house,
      webhook,
      wish({ url: `https://localhost:${receiver.port}/new` }),
      named('admin'),
    )
    expect(moved).toMatchObject({ kind: 'kept' })
    expect('signing' in moved && moved.signing).not.toBe(signing)
    expect(await changeWebhook(house, webhook, wish({ url: '' }), named('admin'))).toMatchObject({
      reason: 'changed_meanwhile',
    })
    const now = (await house.store.webhooks.find(webhook.id)) as WebhookRecord
    const renewed = await renewSigning(house, now, named('admin'))
    expect('signing' in renewed && renewed.signing).toMatch(/^whsec_/)
  })

  it('of one’s own hear what one is told, as one chose, as long as one may see it', async () => {
    const me = named('reviewer')
    const { webhook } = await added({ format: 'line_works' }, me.id)
    await house.store.notifications.choose(me.id, {
      ...plainChoices,
      by: { urgent: { mail: false, webhook: false } },
    })
    await urgent()
    await postDue(house)
    expect(receiver.heard).toEqual([])

    await house.store.notifications.choose(me.id, plainChoices)
    await urgent()
    await postDue(house)
    expect(JSON.parse(receiver.heard[0]?.body ?? '')).toMatchObject({
      title: '緊急のメールが届きました',
      button: { label: '開く' },
    })
    expect(receiver.heard[0]?.headers['webhook-signature']).toBeUndefined()

    await urgent()
    await house.store.people.disable(me.id, house.now(), null)
    await postDue(house)
    expect(receiver.heard).toHaveLength(1)
    const states = (await house.store.webhookDeliveries.of(webhook.id, 9)).map(({ state }) => state)
    expect(states).toEqual(['dropped', 'delivered'])
  })

  it('that were taken away get nothing any more, and leave no secret behind', async () => {
    const { webhook } = await added()
    await urgent()
    await actOnWebhook(house, webhook, 'remove', named('admin'))
    await postDue(house)
    expect(receiver.heard).toEqual([])
    expect(await site.database.sql('select secret from webhooks')).toEqual([{ secret: '' }])
    expect(await house.store.webhookDeliveries.of(webhook.id, 9)).toMatchObject([
      { state: 'dropped' },
    ])
  })
})
