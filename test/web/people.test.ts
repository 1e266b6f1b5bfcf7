import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const chosen = 'yama no ue no kumo 7'

describe('the pages on people', () => {
  let site: TestSite
  let admin: Visitor
  let other: Visitor

  beforeAll(async () => {
    site = await openSite()
    await site.hire('other', ['admin'])
    admin = await site.as('admin')
    other = await site.as('other')
  })
  afterAll(() => site.close())

  const page = async (visitor: Visitor, path: string) => (await visitor.get(path)).text()
  const grantIn = (text: string) => /grants\/([\w-]+)\/approval/.exec(text)?.[1] ?? ''
  async function enter(email: string, password: string) {
    const answer = await site.stranger.post('/sign-in', { email, password })
    const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
    return { place: answer.headers.get('location'), visitor: site.at('127.0.0.1', cookie) }
  }

  it('take somebody in: a link, a password of their own, and roles by a second administrator', {
    timeout: 120_000,
  }, async () => {
    const fields = { name: '青木 花', email: 'aoki@mamori.example', role: 'reviewer' }
    const invited = await (await admin.post('/people', fields)).text()
    const link = new URL(/<code id="invitation-link">([^<]+)</.exec(invited)?.[1] ?? '')
    const path = `${link.pathname}${link.search}`
    const token = link.searchParams.get('token') ?? ''
    // A mail scanner that looks at the link, however often, uses nothing up.
    expect(await page(site.stranger, path)).toContain('青木 花さん、ようこそ')
    expect(await page(site.stranger, path)).toContain('青木 花さん、ようこそ')
    const short = await site.stranger.post('/invitation', { token, wanted: 'aoki' })
    expect(await short.text()).toContain('12文字以上')
    const done = await site.stranger.post('/invitation', { token, wanted: chosen })
    expect(done.status).toBe(303)
    expect((await site.stranger.get(path)).status).toBe(404)
    expect((await site.stranger.post('/invitation', { token, wanted: chosen })).status).toBe(404)

    const before = await enter('aoki@mamori.example', chosen)
    expect((await before.visitor.get('/queue')).status).toBe(403)
    expect((await before.visitor.get('/')).headers.get('location')).toBe('/account')
    expect(await page(before.visitor, '/account')).toContain('まだ役割がありません')

    const own = await page(admin, '/people')
    expect(own).toContain('adminさんが青木 花さんに')
    expect(own).not.toContain('/approval')
    const grant = grantIn(await page(other, '/people'))
    expect((await admin.post(`/grants/${grant}/approval`)).status).toBe(409)
    expect((await other.post(`/grants/${grant}/approval`)).status).toBe(303)
    expect((await before.visitor.get('/account')).status).toBe(303)
    const after = await enter('aoki@mamori.example', chosen)
    expect((await after.visitor.get('/queue')).status).toBe(200)
  })

  it('let supervisors object, and auditors and supervisors look, without the acts', {
    timeout: 120_000,
  }, async () => {
    const { id } = await site.hire('mori', ['reviewer'])
    await admin.post(`/people/${id}/rights`, { role: 'supervisor' })
    const supervisor = await site.as('supervisor')
    const list = await page(supervisor, '/people')
    expect(list).toContain('adminさんがmoriさんに')
    expect(list).not.toMatch(/\/approval|href="\/people\//)
    const grant = /grants\/([\w-]+)\/refusal/.exec(list)?.[1] ?? ''
    expect((await supervisor.post(`/grants/${grant}/refusal`)).status).toBe(303)
    expect((await other.post(`/grants/${grant}/approval`)).status).toBe(409)
    expect(await page(await site.as('auditor'), '/people')).not.toContain('/refusal')
    expect((await (await site.as('mori')).get('/people')).status).toBe(403)
  })

  it('narrow somebody to a mailbox at once', { timeout: 120_000 }, async () => {
    const mailbox = await site.house.store.mailboxes.find('support')
    const { id } = await site.hire('local', ['reviewer', 'auditor'])
    const rights = { role: 'reviewer', 'within-reviewer': mailbox?.id ?? '' }
    expect((await admin.post(`/people/${id}/rights`, rights)).status).toBe(303)
    expect(await site.house.store.people.find(id)).toMatchObject({
      roles: ['reviewer'],
      within: { reviewer: [mailbox?.id] },
    })
    expect(await page(admin, '/people')).toContain('担当者（お客様相談窓口）')
  })

  it('give no administrator another person’s roles by a link to their account', {
    timeout: 120_000,
  }, async () => {
    const { id } = await site.hire('boss', ['supervisor'])
    const boss = await site.as('boss')
    const answer = await (await admin.post(`/people/${id}/invitation`)).text()
    const token = /token=([\w-]+)/.exec(answer)?.[1] ?? ''
    expect((await boss.get('/queue')).status).toBe(303)
    expect((await site.stranger.post('/invitation', { token, wanted: chosen })).status).toBe(303)
    const taken = await enter('boss@mamori.example', chosen)
    expect((await taken.visitor.get('/queue')).status).toBe(403)
    const grant = grantIn(await page(other, '/people'))
    expect((await admin.post(`/grants/${grant}/approval`)).status).toBe(409)
    expect((await other.post(`/grants/${grant}/approval`)).status).toBe(303)
    const back = await enter('boss@mamori.example', chosen)
    expect((await back.visitor.get('/queue')).status).toBe(200)
  })

  it('sign somebody out, disable them, and leave administrators their own account', {
    timeout: 120_000,
  }, async () => {
    const { id } = await site.hire('leaving', ['reviewer'])
    const visitor = await site.as('leaving')
    expect((await admin.post(`/people/${id}/sessions/ending`)).status).toBe(303)
    expect((await visitor.get('/queue')).status).toBe(303)
    expect((await admin.post(`/people/${id}/disabling`)).status).toBe(303)
    expect((await enter('leaving@mamori.example', 'kaede-minato-sora-512')).place).toBeNull()
    const self = (await site.house.store.people.list()).find(({ name }) => name === 'admin')
    for (const act of ['invitation', 'factors/removal']) {
      expect((await admin.post(`/people/${self?.id}/${act}`)).status, act).toBe(409)
    }
    const wish = { role: 'supervisor' }
    expect((await admin.post(`/people/${self?.id}/rights`, wish)).status).toBe(409)
    for (const path of ['/people/new', `/people/${id}`, `/people/${self?.id}`]) {
      expect((await admin.get(path)).status, path).toBe(200)
    }
  })
})
