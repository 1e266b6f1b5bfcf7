import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey } from '../../src/vault.ts'
import { engines } from '../support/database.ts'
import { startProvider } from '../support/provider.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const form = {
  name: 'hotline',
  address: 'Hotline@Hinata-Kurashi.example',
  departmentJa: '相談窓口',
  departmentEn: 'Hotline',
  fromName: '',
  host: '127.0.0.1',
  port: '1',
  security: 'none',
  user: 'hotline',
  method: 'password',
  password: 'canary-password-7351',
  folders: 'INBOX\n受信箱/お客様\n',
  after: 'leave',
  // Nothing listens there, and that is what these tests are not about.
  untried: 'yes',
}

describe.each(engines)('mailboxes in the pages, on %s', (engine) => {
  let site: TestSite
  let admin: Visitor
  beforeAll(async () => {
    site = await openSite(engine, { MAMORI_ENCRYPTION_KEY: newKey() })
    admin = await site.as('admin')
  })
  afterAll(() => site.close())

  const kept = () => site.house.store.mailboxes.find('hotline')

  it('are added by an administrator, with a secret that nobody reads again', async () => {
    expect((await admin.post('/mailboxes', form)).status).toBe(303)
    const mailbox = await kept()
    expect(mailbox).toMatchObject({ address: 'hotline@hinata-kurashi.example' })
    expect(mailbox?.folders.map(({ name }) => name)).toEqual(['INBOX', '受信箱/お客様'])

    const pages = [await admin.get('/mailboxes'), await admin.get(`/mailboxes/${mailbox?.id}`)]
    for (const page of pages) expect(await page.text()).not.toContain(form.password)
    const rows = JSON.stringify([
      await site.database.sql('select * from mailboxes'),
      await site.database.sql('select * from events'),
    ])
    expect(rows).not.toContain(form.password)
  })

  it('tell every mistake of a form together, and keep what was typed', async () => {
    const wrong = { ...form, name: 'other', address: 'nobody', host: 'imap.example', folders: '' }
    const answer = await admin.post('/mailboxes', wrong)
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page).toContain('メールアドレスの形を確認してください。')
    expect(page).toContain('暗号化なしで接続できるのは')
    expect(page).toContain('読み込むフォルダーを1つ以上')
    expect(page).toContain('value="imap.example"')
    expect(await site.house.store.mailboxes.find('other')).toBeNull()
  })

  it('keep the password when other fields change, and forget it with another server', async () => {
    const mailbox = await kept()
    const path = `/mailboxes/${mailbox?.id}`
    await admin.post(path, { ...form, password: '', folders: 'INBOX' })
    expect((await kept())?.secret).toBe(mailbox?.secret)
    expect((await kept())?.folders.filter(({ watched }) => watched)).toHaveLength(1)

    await admin.post(path, { ...form, password: '', host: 'localhost' })
    expect((await kept())?.secret).toBeNull()
  })

  it('refuse a name that is taken', async () => {
    const answer = await admin.post('/mailboxes', form)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('同じ名前の受信箱があるか')
  })

  it('name what is wrong when the connection is tried', async () => {
    const answer = await admin.post(`/mailboxes/${(await kept())?.id}/connection`)
    expect(await answer.text()).toContain('そのポートでは受け付けていません')
  })

  it('pause and go on', async () => {
    const path = `/mailboxes/${(await kept())?.id}`
    await admin.post(`${path}/pause`)
    expect((await kept())?.pausedAt).not.toBeNull()
    await admin.post(`${path}/resumption`)
    expect((await kept())?.pausedAt).toBeNull()
    const events = (await Array.fromAsync(site.house.store.log.all())).flat()
    const kinds = events
      .map(({ event }) => event.kind)
      .filter((kind) => kind.startsWith('mailbox_'))
    expect(kinds).toEqual([
      'mailbox_added',
      'mailbox_added',
      'mailbox_changed',
      'mailbox_changed',
      'mailbox_paused',
      'mailbox_resumed',
    ])
  })

  it('show everybody how they fare, and only administrators their settings', async () => {
    const reviewer = await site.as('reviewer')
    const page = await (await reviewer.get('/mailboxes')).text()
    expect(page).toContain('hotline@hinata-kurashi.example')
    expect(page).not.toContain('/connection')
    expect((await reviewer.get(`/mailboxes/${(await kept())?.id}`)).status).toBe(403)
  })
})

describe('a mailbox that a provider lets us read', () => {
  it('is allowed by an administrator’s consent, and by no answer that was not asked for', async () => {
    const provider = await startProvider('hotline')
    const site = await openSite(undefined, { MAMORI_ENCRYPTION_KEY: newKey() })
    try {
      const admin = await site.as('admin')
      const { issuer, clientId, clientSecret } = provider
      const scope = 'openid offline_access'
      const oauth = { method: 'oauth', provider: 'other', issuer, clientId, clientSecret, scope }
      await admin.post('/mailboxes', { ...form, ...oauth, password: '' })
      const mailbox = await site.house.store.mailboxes.find('hotline')
      const secret = async () => {
        const sealed = (await site.house.store.mailboxes.find('hotline'))?.secret ?? ''
        return JSON.parse(site.house.vault.open(sealed, `mailbox:${mailbox?.id}`))
      }

      const begun = await admin.post(`/mailboxes/${mailbox?.id}/authorization`)
      const link = /href="(http[^"]+)" rel="noreferrer"/.exec(await begun.text())?.[1] ?? ''
      const callback = await provider.consent(link.replaceAll('&amp;', '&'))
      const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      const back = `${callback.pathname}${callback.search}`

      expect((await admin.get(back)).status).toBe(409)
      const forged = back.replace(/state=[^&]+/, 'state=another')
      expect((await admin.get(forged, { cookie: `${admin.cookie}; ${cookie}` })).status).toBe(409)
      expect(await secret()).toEqual({ clientSecret })

      const answer = await admin.get(back, { cookie: `${admin.cookie}; ${cookie}` })
      expect(answer.headers.get('location')).toBe('/mailboxes?done=authorized')
      expect(await secret()).toMatchObject({ clientSecret, refreshToken: expect.any(String) })
    } finally {
      await site.close()
      await provider.stop()
    }
  })
})

describe('mailboxes without a key', () => {
  it('take no secret, and say what to do', async () => {
    const site = await openSite()
    try {
      const admin = await site.as('admin')
      const answer = await admin.post('/mailboxes', form)
      expect(await answer.text()).toContain('MAMORI_ENCRYPTION_KEY')
      expect(await site.house.store.mailboxes.find('hotline')).toBeNull()
    } finally {
      await site.close()
    }
  })
})
