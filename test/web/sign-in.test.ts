import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verify } from '../../src/flow/verify.ts'
import { newKey } from '../../src/vault.ts'
import { password } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const minute = 60_000
const settings = { MAMORI_SECOND_FACTOR: 'deciders', MAMORI_ENCRYPTION_KEY: newKey() }

/** A browser with its cookies, and what it reads from pages. */
function openBrowserAt(site: TestSite, ip = '127.0.0.1') {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /Max-Age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  const visitor = (): Visitor => site.at(ip, cookie())
  const get = async (path: string, headers = {}) => keep(await visitor().get(path, headers))
  return {
    jar,
    get,
    page: async (path: string) => (await get(path)).text(),
    async post(path: string, fields: Record<string, string> = {}, headers = {}) {
      // Where a page leads elsewhere, that page has the token of the session.
      let place = '/account'
      for (let step = 0; step < 3; step += 1) {
        const answer = await get(place)
        const next = answer.headers.get('location')
        if (!next) {
          const csrf = /name="csrf" content="([^"]*)"/.exec(await answer.text())?.[1] ?? ''
          return keep(await visitor().post(path, { csrf, ...fields }, headers))
        }
        place = next
      }
      throw new Error('no page to post from')
    },
  }
}

type Browser = ReturnType<typeof openBrowserAt>

const signIn = (browser: Browser, name: string, secret = password, headers = {}) =>
  browser.post('/sign-in', { email: `${name}@mamori.example`, password: secret }, headers)

const placeOf = (answer: Response) => answer.headers.get('location') ?? String(answer.status)

describe('a second factor', () => {
  let site: TestSite
  let secret = ''
  let codes: string[] = []

  beforeAll(async () => {
    site = await openSite(undefined, settings)
    site.stopClock()
  })
  afterAll(async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  })

  const codeNow = (more = 0) =>
    TOTP.generate({
      secret: new TOTP({ secret }).secret,
      timestamp: Date.parse(site.house.now()) + more,
    })

  it('has to be set up by who decides, before anything is shown', {
    timeout: 120_000,
  }, async () => {
    const browser = openBrowserAt(site)
    expect(placeOf(await signIn(browser, 'supervisor'))).toBe('/account')
    const before = browser.jar.get('mamori')
    for (const path of ['/queue', '/measures', '/settings', '/events', '/log']) {
      expect([401, 303], path).toContain((await browser.get(path)).status)
    }
    expect(await browser.page('/account')).toContain('もう一つの確認が必要')

    expect(placeOf(await browser.post('/account/totp'))).toBe('/account/totp')
    const offer = await browser.page('/account/totp')
    expect(offer).toContain('data:image/svg+xml;base64,')
    secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(offer)?.[1] ?? '').replaceAll(' ', '')
    expect((await browser.post('/account/totp/confirmation', { code: '000000' })).status).toBe(409)
    const done = await browser.post('/account/totp/confirmation', { code: codeNow() })
    codes = [...(await done.text()).matchAll(/<code>([\w-]{14})<\/code>/g)].map(
      ([, one]) => one ?? '',
    )
    expect(codes).toHaveLength(10)

    expect((await browser.get('/queue')).status).toBe(200)
    expect(browser.jar.get('mamori')).not.toBe(before)
    expect((await site.at('127.0.0.1', `mamori=${before}`).get('/queue')).status).toBe(303)
  })

  it('is not asked of who only reviews, unless they have one', { timeout: 120_000 }, async () => {
    const browser = openBrowserAt(site)
    expect(placeOf(await signIn(browser, 'reviewer'))).toBe('/')
  })

  it('stands between the password and every page, and its code is taken once', {
    timeout: 120_000,
  }, async () => {
    site.pass(minute)
    const browser = openBrowserAt(site)
    expect(placeOf(await signIn(browser, 'supervisor'))).toBe('/sign-in/second?next=%2F')
    for (const { method, path, caller } of site.routes) {
      if (['public', 'half_signed_in'].includes(caller)) continue
      const concrete = path.replace(/:\w+/g, 'none')
      const answer = await (method === 'GET' ? browser.get(concrete) : browser.post(concrete))
      expect([303, 401], `${method} ${path}`).toContain(answer.status)
      if (answer.status === 303) expect(placeOf(answer)).toMatch(/^\/sign-in\/second/)
    }
    const code = codeNow()
    expect((await browser.post('/sign-in/second', { code: '123456' })).status).toBe(401)
    const other = openBrowserAt(site)
    await signIn(other, 'supervisor')
    const both = await Promise.all([
      browser.post('/sign-in/second', { code }),
      other.post('/sign-in/second', { code }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 401])
  })

  it('can be a recovery code, each of them once, of which the database knows only the hash', {
    timeout: 120_000,
  }, async () => {
    const [code = ''] = codes
    const enter = async () => {
      const browser = openBrowserAt(site)
      await signIn(browser, 'supervisor')
      return (await browser.post('/sign-in/second', { code: code.toUpperCase() })).status
    }
    expect(await Promise.all([enter(), enter(), enter()])).toContain(303)
    expect(await enter()).toBe(401)
    const dump = JSON.stringify([
      await site.database.sql('select * from recovery_codes'),
      await site.database.sql('select * from totps'),
      await site.database.sql('select content from events'),
    ])
    for (const one of [secret, ...codes, code.replaceAll('-', '')]) expect(dump).not.toContain(one)
    const used = await site.database.sql('select * from recovery_codes where used_at is not null')
    expect(used).toHaveLength(1)
    await expect(
      site.database.sql('update recovery_codes set used_at = null where used_at is not null'),
    ).rejects.toThrow('a recovery code is used once')
    await expect(site.database.sql('update totps set last_step = 1')).rejects.toThrow('used once')
  })

  it('is guessed by nobody: tries are few, also with the right password', {
    timeout: 120_000,
  }, async () => {
    const browser = openBrowserAt(site, '203.0.113.9')
    await signIn(browser, 'supervisor')
    const statuses: number[] = []
    for (let n = 0; n < 9; n += 1) {
      statuses.push((await browser.post('/sign-in/second', { code: `00000${n}` })).status)
    }
    expect(statuses).toEqual([...Array(8).fill(401), 429])
    expect((await browser.post('/sign-in/second', { code: codeNow() })).status).toBe(429)
  })

  it('is changed only just after signing in, and other sessions end with it', {
    timeout: 120_000,
  }, async () => {
    site.pass(10 * minute)
    const browser = openBrowserAt(site)
    await signIn(browser, 'supervisor')
    expect(placeOf(await browser.post('/sign-in/second', { code: codeNow() }))).toBe('/')
    const other = openBrowserAt(site)
    await signIn(other, 'supervisor')
    site.pass(minute)
    await other.post('/sign-in/second', { code: codeNow() })
    site.pass(14 * minute + 1)
    expect((await browser.post('/account/totp/removal')).status).toBe(409)
    expect(await browser.page('/account')).toContain('もう一度サインイン')
    expect((await other.post('/account/recovery-codes')).status).toBe(200)

    expect(placeOf(await other.post('/account/totp/removal'))).toBe('/account?done=factorRemoved')
    expect((await browser.get('/queue')).status).toBe(303)
    // A supervisor without one has to set one up again the next time.
    expect(placeOf(await signIn(openBrowserAt(site), 'supervisor'))).toBe('/account')
    const kinds = await site.database.sql('select kind from events order by seq')
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'sign_in_begun',
        'second_factor_added',
        'recovery_codes_made',
        'recovery_code_used',
        'second_factor_failed',
        'second_factor_removed',
        'session_ended',
      ]),
    )
  })
})

describe('sessions', () => {
  let site: TestSite
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site.close())

  it('are listed, and ended one by one or all but one’s own', { timeout: 120_000 }, async () => {
    const [desk, phone, third] = [1, 2, 3].map(() => openBrowserAt(site))
    if (!desk || !phone || !third) throw new Error('no browser')
    for (const one of [desk, phone, third]) await signIn(one, 'reviewer')
    await signIn(openBrowserAt(site), 'second')
    const page = await desk.page('/account')
    const ids = [...page.matchAll(/sessions\/(\w{64})\/ending/g)].map(([, id]) => id ?? '')
    expect(ids).toHaveLength(2)
    await desk.post(`/account/sessions/${ids[0]}/ending`)
    const alive = async () =>
      (await Promise.all([desk, phone, third].map((one) => one.get('/queue')))).map(
        ({ status }) => status,
      )
    expect((await alive()).filter((status) => status === 200)).toHaveLength(2)
    await desk.post('/account/sessions/ending')
    expect(await alive()).toEqual([200, 303, 303])
  })

  it('of others cannot be ended from one’s own page', { timeout: 120_000 }, async () => {
    const [mine, other] = [openBrowserAt(site), openBrowserAt(site)]
    await signIn(mine, 'reviewer')
    await signIn(other, 'second')
    const [row] = await site.database.sql(
      `select sessions.id from sessions join people on people.id = person_id where name = 'second' order by created_at desc`,
    )
    await mine.post(`/account/sessions/${row?.id}/ending`)
    expect((await other.get('/queue')).status).toBe(200)
  })

  it('are never those that somebody else put into the browser', { timeout: 120_000 }, async () => {
    const browser = openBrowserAt(site)
    browser.jar.set('mamori', 'chosen-by-somebody')
    await signIn(browser, 'auditor')
    expect(browser.jar.get('mamori')).not.toBe('chosen-by-somebody')
    const before = browser.jar.get('mamori') ?? ''
    await signIn(browser, 'auditor')
    expect((await site.at('127.0.0.1', `mamori=${before}`).get('/queue')).status).toBe(303)
  })

  it('end when nobody works in them, and at the end of the day', { timeout: 120_000 }, async () => {
    const [busy, idle] = [openBrowserAt(site), openBrowserAt(site)]
    await signIn(busy, 'auditor')
    await signIn(idle, 'auditor')
    for (let hours = 0; hours < 11; hours += 1) {
      site.pass(60 * minute)
      expect((await busy.get('/queue')).status).toBe(200)
      // A page that asks by itself is no work.
      await idle.get('/mailboxes/state', { 'hx-request': 'true' })
    }
    expect((await idle.get('/queue')).status).toBe(303)
    site.pass(61 * minute)
    expect((await busy.get('/queue')).status).toBe(303)
    expect(await site.house.store.sessions.forget(site.house.now())).toBeGreaterThan(0)
  })
})

describe('a password', () => {
  it('is changed with the current one, by the rules, and other sessions end', {
    timeout: 120_000,
  }, async () => {
    const site = await openSite()
    const [browser, other] = [openBrowserAt(site), openBrowserAt(site)]
    await signIn(browser, 'reviewer')
    await signIn(other, 'reviewer')
    const wanted = 'hoshi no furu yoru 88'
    const change = (current: string, next: string) =>
      browser.post('/account/password', { current, wanted: next })
    expect(await (await change('wrong-wrong-wrong', wanted)).text()).toContain(
      '今のパスワードが違い',
    )
    expect(await (await change(password, 'reviewer-2026')).text()).toContain('お名前やメール')
    expect(placeOf(await change(password, wanted))).toBe('/account?done=password')
    expect((await browser.get('/queue')).status).toBe(200)
    expect((await other.get('/queue')).status).toBe(303)
    expect((await signIn(openBrowserAt(site), 'reviewer')).status).toBe(401)
    expect((await signIn(openBrowserAt(site), 'reviewer', wanted)).status).toBe(303)
    const events = await site.database.sql('select kind, content from events order by seq')
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['password_changed', 'session_ended']),
    )
    expect(JSON.stringify(events)).not.toContain(wanted)
    await site.close()
  })
})

describe('whoever guesses', () => {
  let site: TestSite
  beforeAll(async () => {
    site = await openSite(undefined, { MAMORI_TRUSTED_PROXIES: '10.0.0.1, 10.0.0.2' })
    site.stopClock()
  })
  afterAll(() => site.close())

  it('waits, behind our proxy as well; the owner’s own browser does not', {
    timeout: 120_000,
  }, async () => {
    const through = (ip: string) => ({ 'x-forwarded-for': `1.2.3.4, ${ip}` })
    const owner = openBrowserAt(site, '10.0.0.1')
    await signIn(owner, 'reviewer', password, through('192.0.2.1'))
    await owner.post('/sign-out')
    const guess = (secret: string, ip: string) =>
      signIn(openBrowserAt(site, '10.0.0.1'), 'reviewer', secret, through(ip))
    for (let n = 0; n < 8; n += 1) expect((await guess('no', '192.0.2.1')).status).toBe(401)
    expect((await guess(password, '192.0.2.1')).status).toBe(429)
    expect((await guess(password, '192.0.2.2')).status).toBe(303)
    expect((await signIn(owner, 'reviewer', password, through('192.0.2.1'))).status).toBe(303)
    site.pass(5 * minute)
    expect((await guess(password, '192.0.2.1')).status).toBe(303)
  })

  it('learns nothing of who has an account here', { timeout: 120_000 }, async () => {
    const ask = async (email: string, secret: string) => {
      const answer = await openBrowserAt(site, '192.0.2.50').post('/sign-in', {
        email,
        password: secret,
      })
      const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie')
      // What a passkey is asked to sign is made by chance.
      const page = (await answer.text()).replace(/data-options="[^"]*"/g, '')
      return JSON.stringify([answer.status, headers, page])
    }
    await site.hire('gone', ['reviewer'])
    const [gone] = (await site.house.store.people.list()).filter(({ name }) => name === 'gone')
    await site.house.store.people.disable(gone?.id ?? '', site.house.now(), null)
    const known = await ask('reviewer@mamori.example', 'no')
    expect(await ask('nobody@mamori.example', 'no')).toBe(known)
    expect(await ask('gone@mamori.example', password)).toBe(known)
    expect(await ask('', '')).toBe(known)
    const typed = await site.database.sql(
      `select content from events where kind = 'sign_in_failed'`,
    )
    expect(JSON.stringify(typed)).not.toContain('nobody@')
  })
})
