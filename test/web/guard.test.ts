import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

describe('the guard', () => {
  let site: TestSite
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site.close())

  describe('forms from elsewhere', () => {
    let visitor: Visitor
    beforeAll(async () => {
      visitor = await site.as('reviewer')
    })

    it.each<[string, Record<string, string>, Record<string, string>]>([
      ['without a token', { csrf: '' }, {}],
      ['with somebody else’s token', { csrf: 'x'.repeat(32) }, {}],
      ['from another site', {}, { 'sec-fetch-site': 'cross-site' }],
      ['from a neighbour', {}, { 'sec-fetch-site': 'same-site' }],
      ['from a foreign origin', {}, { origin: 'https://evil.example' }],
      ['from nowhere', {}, { origin: 'null' }],
      ['as plain text', { csrf: '' }, { 'content-type': 'text/plain' }],
      ['as JSON', { csrf: '' }, { 'content-type': 'application/json' }],
    ])('are refused %s', async (_, fields, headers) => {
      const answer = await visitor.post('/settings', { language: 'en', ...fields }, headers)
      expect(answer.status).toBe(403)
    })

    it('are taken from our own pages, and from programs that name their token', async () => {
      const own = { origin: 'http://mamori.test', 'sec-fetch-site': 'same-origin' }
      expect((await visitor.post('/settings', { language: 'ja' }, own)).status).toBe(303)
      expect((await visitor.post('/settings', { language: 'ja' })).status).toBe(303)
    })

    it('change nothing by GET', async () => {
      expect((await visitor.get('/sign-out')).status).toBe(404)
    })
  })

  it('leads back after sign-in only to pages of ours', async () => {
    const { stranger } = site
    const fields = { email: 'reviewer@mamori.example', password: 'kaede-minato-sora-512' }
    const to = async (next: string) =>
      (await stranger.post('/sign-in', { ...fields, next })).headers.get('location')

    expect(await to('/threads/1')).toBe('/threads/1')
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
    ]) {
      expect(await to(next), next).toBe('/')
    }
  })

  it('says the same for a wrong password and an unknown account, and locks after many', async () => {
    const { stranger } = site
    const wrong = (email: string) => stranger.post('/sign-in', { email, password: 'no' })
    // What a passkey is asked to sign is made by chance.
    const textOf = async (email: string) =>
      (await (await wrong(email)).text()).replace(/data-options="[^"]*"/g, '')
    const known = await textOf('auditor@mamori.example')
    const unknown = await textOf('nobody@mamori.example')
    expect(unknown.replaceAll('nobody@', '')).toBe(known.replaceAll('auditor@', ''))

    for (let n = 0; n < 8; n += 1) await wrong('admin@mamori.example')
    const locked = await stranger.post('/sign-in', {
      email: 'admin@mamori.example',
      password: 'kaede-minato-sora-512',
    })
    expect(locked.status).toBe(429)
    expect((await wrong('supervisor@mamori.example')).status).toBe(401)
  })

  it('sends strict headers with every answer, and no cookie that a script can read', async () => {
    const { stranger } = site
    for (const path of ['/sign-in', '/nowhere', '/assets/app.js', '/queue']) {
      const { headers } = await stranger.get(path)
      expect(headers.get('content-security-policy'), path).toMatch(
        /default-src 'none'.*script-src 'self'/,
      )
      expect(headers.get('content-security-policy'), path).not.toMatch(/unsafe/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
    const answer = await stranger.post('/sign-in', {
      email: 'second@mamori.example',
      password: 'kaede-minato-sora-512',
    })
    expect(answer.headers.get('set-cookie')).toMatch(/^mamori=.+HttpOnly; SameSite=Lax/)
  })

  it('ends a session at sign-out', async () => {
    const visitor = await site.as('second')
    expect((await visitor.get('/queue')).status).toBe(200)
    await visitor.post('/sign-out')
    expect((await visitor.get('/queue')).status).toBe(303)
  })
})
