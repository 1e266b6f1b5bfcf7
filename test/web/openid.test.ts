import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProvider, type TestProvider } from '../support/provider.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** Signing in at a real provider of OpenID Connect, on this machine. */
describe('signing in at the company’s provider', () => {
  let provider: TestProvider
  let site: TestSite

  beforeAll(async () => {
    provider = await startProvider('nobody')
    site = await openSite(undefined, settingsFor(provider))
    provider.people.set('r-1', { email: 'Reviewer@mamori.example', email_verified: true })
    provider.people.set('r-2', { email: 'reviewer@mamori.example', email_verified: true })
    provider.people.set('s-1', { email: 'supervisor@mamori.example', email_verified: true })
    provider.people.set('a-1', { email: 'auditor@mamori.example', email_verified: false })
    provider.people.set('x-1', { email: 'stranger@mamori.example', email_verified: true })
    provider.people.set('n-1', {})
  })
  afterAll(async () => {
    await site.close()
    await provider.stop()
  })

  const cookieIn = (answer: Response, name: string) =>
    answer.headers
      .getSetCookie()
      .find((line) => line.startsWith(`${name}=`))
      ?.split(';')[0] ?? ''

  async function begin(of: TestSite = site, next = '/queue') {
    const begun = await of.stranger.get(`/sign-in/openid?next=${encodeURIComponent(next)}`)
    expect(begun.status).toBe(303)
    return { url: begun.headers.get('location') ?? '', kept: cookieIn(begun, 'mamori-openid') }
  }
  const comeBack = (callback: URL, kept: string, of: TestSite = site) =>
    of.at('127.0.0.1', kept).get(`${callback.pathname}${callback.search}`)
  async function signIn(login: string, of: TestSite = site) {
    const { url, kept } = await begin(of)
    return comeBack(await provider.signIn(url, login), kept, of)
  }
  const opened = async (answer: Response, path: string, of: TestSite = site) =>
    (await of.at('127.0.0.1', cookieIn(answer, 'mamori')).get(path)).status

  it('is offered, and lets in who has an account with that address', {
    timeout: 120_000,
  }, async () => {
    expect(await (await site.stranger.get('/sign-in')).text()).toContain('会社のIDでサインイン')
    const answer = await signIn('r-1')
    expect(answer.headers.get('location')).toBe('/queue')
    expect(await opened(answer, '/queue')).toBe(200)
    const [linked] = await site.database.sql(
      "select kind, content from events where kind = 'external_id_linked'",
    )
    expect(String(linked?.content)).toContain(provider.issuer)
  })

  it('knows them from then on by the provider’s own name, whatever their address is', {
    timeout: 120_000,
  }, async () => {
    provider.people.set('r-1', { email: 'married@mamori.example', email_verified: true })
    expect(await opened(await signIn('r-1'), '/queue')).toBe(200)
    // Somebody else who was given the address of a colleague is not that colleague.
    const other = await signIn('r-2')
    expect(other.status).toBe(403)
    expect(await other.text()).toContain('別の社内アカウント')
  })

  it('takes the provider’s word for no address that it has not verified', {
    timeout: 120_000,
  }, async () => {
    const answer = await signIn('a-1')
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('確認済みになっていません')
    const trusting = await openSite(undefined, {
      ...settingsFor(provider),
      OPENID_TRUST_EMAIL: 'yes',
    })
    expect(await opened(await signIn('a-1', trusting), '/queue', trusting)).toBe(200)
    await trusting.close()
  })

  it.each(['x-1', 'n-1'])('makes no account for somebody who has none: %s', async (login) => {
    const people = await site.house.store.people.list()
    const answer = await signIn(login)
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie().join()).not.toMatch(/mamori=\w/)
    expect(await site.house.store.people.list()).toHaveLength(people.length)
  })

  it('asks those who decide for a second factor all the same, and lets nobody in who left', {
    timeout: 120_000,
  }, async () => {
    const strict = await openSite(undefined, {
      ...settingsFor(provider),
      MAMORI_SECOND_FACTOR: 'deciders',
    })
    const answer = await signIn('s-1', strict)
    expect(answer.headers.get('location')).toBe('/account')
    expect(await opened(answer, '/queue', strict)).toBe(303)
    const [boss] = (await strict.house.store.people.list()).filter(
      ({ name }) => name === 'supervisor',
    )
    await strict.house.store.people.disable(boss?.id ?? '', strict.house.now(), null)
    expect((await signIn('s-1', strict)).status).toBe(403)
    await strict.close()
  })

  it('takes an answer only where it was asked, once, in time, and to this question', {
    timeout: 120_000,
  }, async () => {
    const { url, kept } = await begin()
    const callback = await provider.signIn(url, 's-1')
    expect((await comeBack(callback, '')).status).toBe(403)
    const other = await begin()
    expect((await comeBack(callback, other.kept)).status).toBe(409)
    const bent = `${kept.slice(0, 40)}${kept[40] === 'A' ? 'B' : 'A'}${kept.slice(41)}`
    expect((await comeBack(callback, bent)).status).toBe(403)
    const changed = new URL(callback)
    changed.searchParams.set('state', 'another')
    expect((await comeBack(changed, kept)).status).toBe(409)
    expect((await comeBack(callback, kept)).status).toBe(303)
    expect((await comeBack(callback, kept)).status).toBe(409)

    const late = await begin()
    const answer = await provider.signIn(late.url, 's-1')
    site.pass(11 * 60_000)
    expect((await comeBack(answer, late.kept)).status).toBe(403)
  })

  it('leads back to pages of ours only, and says so in words where the provider is away', {
    timeout: 120_000,
  }, async () => {
    const { url, kept } = await begin(site, 'https://evil.example/')
    const answer = await comeBack(await provider.signIn(url, 's-1'), kept)
    expect(answer.headers.get('location')).toBe('/')

    const away = await openSite(undefined, {
      ...settingsFor(provider),
      OPENID_ISSUER: 'http://127.0.0.1:9',
    })
    const failed = await away.stranger.get('/sign-in/openid')
    expect(failed.status).toBe(409)
    const words = await failed.text()
    expect(words).toContain('通信できませんでした')
    expect(words).not.toContain(provider.clientSecret)
    await away.close()
  })

  it('is not there where the settings name no provider', { timeout: 120_000 }, async () => {
    const plain = await openSite()
    expect((await plain.stranger.get('/sign-in/openid')).status).toBe(404)
    expect(await (await plain.stranger.get('/sign-in')).text()).not.toContain('/sign-in/openid')
    expect((await plain.stranger.get('/sign-in/openid/answer?code=x&state=y')).status).toBe(403)
    await plain.close()
  })
})

function settingsFor({ issuer, clientId, clientSecret }: TestProvider) {
  return {
    MAMORI_BASE_URL: 'http://mamori.test',
    OPENID_ISSUER: issuer,
    OPENID_CLIENT_ID: clientId,
    OPENID_CLIENT_SECRET: clientSecret,
    OPENID_NAME: '会社のID',
  }
}
