import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

describe('the page on tokens', () => {
  let site: TestSite
  let admin: Visitor
  beforeAll(async () => {
    site = await openSite()
    admin = await site.as('admin')
  })
  afterAll(() => site.close())

  const here = '/settings/tokens'
  const make = (visitor: Visitor, fields: readonly (readonly [string, string])[]) =>
    visitor.post(here, Object.fromEntries(fields))
  const secretIn = (page: string) => /<code id="token">([^<]+)<\/code>/.exec(page)?.[1] ?? ''
  const ask = (secret: string) =>
    site.stranger.get('/api/v1/mailboxes', { authorization: `Bearer ${secret}` })
  const idOf = async (name: string) =>
    (await site.house.store.apiTokens.list()).find((one) => one.name === name)?.id ?? ''

  it('shows a token once, and lets it work when a supervisor has approved it', async () => {
    const answer = await make(admin, [
      ['name', '顧客管理'],
      ['scope', 'threads:read'],
      ['allMailboxes', 'yes'],
      ['days', '90'],
    ])
    const page = await answer.text()
    const secret = secretIn(page)
    expect(secret).toMatch(/^mamori_/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(page).toContain('承認するまで')
    expect((await ask(secret)).status).toBe(401)
    expect(await (await admin.get(here)).text()).not.toContain(secret)

    const id = await idOf('顧客管理')
    expect((await admin.post(`${here}/${id}/approval`)).status).toBe(409)
    const supervisor = await site.as('supervisor')
    const list = await (await supervisor.get(here)).text()
    expect(list).toContain(`${here}/${id}/approval`)
    expect(list).not.toContain('name="scope"')
    expect((await supervisor.post(`${here}/${id}/approval`)).status).toBe(303)
    expect((await ask(secret)).status).toBe(200)
    expect(await (await supervisor.get(here)).text()).toContain('最後に使われた日')
  })

  it('says of a second form of the same name what happened, and makes no second token', async () => {
    const fields = [
      ['name', '二重'],
      ['scope', 'health:read'],
      ['allMailboxes', 'yes'],
      ['days', '30'],
    ] as const
    expect((await make(admin, fields)).status).toBe(200)
    const again = await make(admin, fields)
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('同じ名前のトークンがあります')
  })

  it('ends a token at once', async () => {
    const answer = await make(admin, [
      ['name', '監視'],
      ['scope', 'health:read'],
      ['allMailboxes', 'yes'],
      ['days', '30'],
    ])
    const secret = secretIn(await answer.text())
    expect((await ask(secret)).status).toBe(200)
    const path = `${here}/${await idOf('監視')}/revocation`
    expect((await admin.post(path)).status).toBe(303)
    const refused = await ask(secret)
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({
      code: 'token-invalid',
      detail: expect.stringContaining('revoked'),
    })
    expect((await admin.post(path)).status).toBe(409)
  })

  it('asks who signed in long ago to sign in again, and makes nothing before', async () => {
    site.pass(20 * 60_000)
    const page = await (await admin.get(here)).text()
    expect(page).toContain('/sign-in/anew')
    expect(page).not.toContain('name="scope"')
    const answer = await make(admin, [
      ['name', '遅い'],
      ['scope', 'health:read'],
      ['allMailboxes', 'yes'],
      ['days', '30'],
    ])
    expect(answer.status).toBe(409)
    expect(await idOf('遅い')).toBe('')
  })
})
