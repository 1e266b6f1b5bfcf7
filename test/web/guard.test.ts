import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownPath } from '../../src/web/forms.ts'
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

  it('refuses every form of every route that comes from elsewhere or without its token', {
    timeout: 120_000,
  }, async () => {
    const visitor = await site.as('second')
    const other = await site.as('reviewer')
    const own = { 'sec-fetch-site': 'same-origin', origin: 'http://mamori.test' }
    const attacks: [string, Record<string, string>, Record<string, string>][] = [
      ['no token', { csrf: '' }, own],
      ['a token of another session', { csrf: other.csrf }, own],
      ['a token cut short', { csrf: visitor.csrf.slice(0, -1) }, own],
      ['a cross-site form', {}, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
      [
        'cross-site JSON',
        {},
        { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
      ],
      ['cross-site text', {}, { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
      ['a neighbouring host', {}, { 'sec-fetch-site': 'same-site' }],
      ['a null origin', {}, { origin: 'null' }],
      ['the address bar', {}, { 'sec-fetch-site': 'none' }],
    ]
    const posts = site.routes.filter(({ method }) => method === 'POST')
    expect(posts.length).toBeGreaterThan(40)
    for (const { path } of posts) {
      const concrete = path.replace(/:\w+/g, 'none')
      for (const [how, fields, headers] of attacks) {
        const answer = await visitor.post(concrete, fields, headers)
        expect(answer.status, `${path}: ${how}`).toBe(403)
      }
      const read = site.routes.some((one) => one.method === 'GET' && one.path === path)
      if (!read) expect((await visitor.get(concrete)).status, `GET ${path}`).toBe(404)
    }
    expect((await visitor.get('/queue')).status).toBe(200)
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/%2f%2fevil.example/..',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\u2028evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/@evil.example:80',
    '/?next=//evil.example',
    'evil.example',
    '/'.repeat(300),
  ])('never leads to another site: %j', (next) => {
    expect(ownPath(next, '/')).toBe('/')
  })

  it('leads back after sign-in to the page that was asked for', async () => {
    const { stranger } = site
    const fields = { email: 'reviewer@mamori.example', password: 'kaede-minato-sora-512' }
    const to = async (next: string) =>
      (await stranger.post('/sign-in', { ...fields, next })).headers.get('location')
    expect(await to('/threads/1')).toBe('/threads/1')
    expect(await to('//evil.example')).toBe('/')
    const language = await stranger.post('/language', { language: 'en', next: '//evil.example' })
    expect(language.headers.get('location')).toBe('/')
  })

  it('says the same for a wrong password and an unknown account, and locks after many', {
    timeout: 120_000,
  }, async () => {
    site.stopClock()
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

  it('sends strict headers with every answer', async () => {
    const visitor = await site.as('supervisor')
    const paths = ['/sign-in', '/nowhere', '/assets/app.js', '/health', '/queue', '/account']
    for (const who of [site.stranger, visitor]) {
      for (const path of [...paths, '/invitation?token=x', '/people', '/threads/none']) {
        const { headers } = await who.get(path)
        expect(headers.get('content-security-policy'), path).toBe(
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
            "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        )
        expect(Object.fromEntries(headers), path).toMatchObject({
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'same-origin',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
          'x-dns-prefetch-control': 'off',
          'cache-control': path.startsWith('/assets/') ? 'no-cache' : 'no-store',
        })
        expect(headers.get('permissions-policy'), path).toMatch(/camera=\(\), microphone=\(\)/)
        expect(headers.get('server'), path).toBeNull()
        expect(headers.get('x-powered-by'), path).toBeNull()
      }
    }
    const tooLarge = await visitor.post('/settings', { language: 'x'.repeat(600_000) })
    expect(tooLarge.status).toBe(413)
    expect(tooLarge.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
  })

  it('has no script and no style in its pages, so that the policy needs no exception', async () => {
    const visitor = await site.as('supervisor')
    for (const path of [
      '/sign-in',
      '/queue',
      '/account',
      '/people',
      '/settings',
      '/log',
      '/design',
    ]) {
      const page = await (await visitor.get(path)).text()
      for (const [tag] of page.matchAll(/<(?:script|style|iframe|object|embed|base)\b[^>]*>/g)) {
        expect(tag, path).toMatch(/^<script src="\/assets\/[\w.-]+\?v=[0-9a-f]{16}"/)
      }
      expect(page, path).not.toMatch(/<[^>]+\s(?:style|on\w+)=/)
    }
  })

  it('binds its cookies to this host alone where it is reached by https', {
    timeout: 120_000,
  }, async () => {
    const secure = await openSite(undefined, { MAMORI_BASE_URL: 'https://mamori.test' })
    const sent = { email: 'second@mamori.example', password: 'kaede-minato-sora-512' }
    const answer = await secure.stranger.post('/sign-in', sent)
    const cookies = answer.headers.getSetCookie()
    expect(cookies).toHaveLength(2)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-mamori(?:-device)?=[^;]+;/)
      expect(cookie).toMatch(/; Path=\/(?:;|$)/)
      expect(cookie).toMatch(/; Secure/)
      expect(cookie).toMatch(/; HttpOnly/)
      expect(cookie).toMatch(/; SameSite=Lax/)
      expect(cookie).not.toMatch(/Domain=/)
    }
    expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
    const plain = await site.stranger.post('/sign-in', sent)
    expect(plain.headers.getSetCookie()[0]).toMatch(/^mamori=.+HttpOnly; SameSite=Lax/)
    expect(plain.headers.get('strict-transport-security')).toBeNull()
    // A cookie under the plain name, which a neighbour could set, is no session.
    const token = cookies[0]?.replace(/^[^=]+=([^;]+);.*$/, '$1')
    expect((await secure.at('127.0.0.1', `mamori=${token}`).get('/queue')).status).toBe(303)
    expect((await secure.at('127.0.0.1', `__Host-mamori=${token}`).get('/queue')).status).toBe(200)
    await secure.close()
  })

  it('ends a session at sign-out', async () => {
    const visitor = await site.as('second')
    expect((await visitor.get('/queue')).status).toBe(200)
    await visitor.post('/sign-out')
    expect((await visitor.get('/queue')).status).toBe(303)
  })
})
