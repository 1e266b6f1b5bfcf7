import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verify } from '../../src/flow/verify.ts'
import { openBrowser } from '../support/browser.ts'
import { type Office, openOffice, password } from '../support/office.ts'

/** Chromium with an authenticator of its own, as a laptop with a fingerprint reader has one. */
describe('a passkey', () => {
  let office: Office
  let browser: Browser
  let page: Page
  let device: CDPSession
  let authenticatorId: string
  const complaints: string[] = []
  const sent: { url: string; body: string }[] = []

  beforeAll(async () => {
    office = await openOffice({ smtp: null, secondFactor: 'deciders' })
    browser = await openBrowser()
    page = await (await browser.newContext({ locale: 'ja-JP' })).newPage()
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (request.method() === 'POST') {
        sent.push({ url: request.url(), body: request.postData() ?? '' })
      }
    })
    device = await page.context().newCDPSession(page)
    await device.send('WebAuthn.enable')
    const added = await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    authenticatorId = added.authenticatorId
  })
  afterAll(async () => {
    expect(complaints).toEqual([])
    expect((await verify(office.house.store)).flaws).toEqual([])
    await browser.close()
    await office.close()
  })

  const path = () => new URL(page.url()).pathname
  const button = (action: string) => page.locator(`form[action='${action}'] button`)
  async function signInWithPassword(email: string): Promise<void> {
    await page.context().clearCookies()
    await page.goto(`${office.url}/sign-in`)
    await page.locator('#email').fill(email)
    await page.locator('#password').fill(password)
    await page.locator('main button.primary').click()
    await page.locator('main h1').waitFor()
  }
  async function signInWithPasskey(): Promise<void> {
    await page.context().clearCookies()
    await page.goto(`${office.url}/sign-in`)
    await button('/sign-in/passkey').click()
    await page.waitForURL((url) => url.pathname !== '/sign-in' || url.search !== '')
  }
  const replay = ({ url, body }: { url: string; body: string }, cookie = '') =>
    fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
      body,
    })
  const lastTo = (end: string) =>
    sent.findLast(({ url }) => url.endsWith(end)) ?? { url: '', body: '' }

  it('is a second factor that a supervisor sets up before anything is shown', async () => {
    await signInWithPassword('tanaka@mamori.example')
    expect(path()).toBe('/account')
    await button('/account/passkeys').click()
    await page.waitForURL(/done=passkeyAdded/)
    await page.goto(`${office.url}/queue`)
    expect(path()).toBe('/queue')
  })

  it('signs in alone, without a password', async () => {
    await signInWithPasskey()
    expect(path()).toBe('/queue')
    const [row] = (await office.house.store.people.list()).filter(({ name }) =>
      name.startsWith('田中'),
    )
    const [session] = await office.house.store.sessions.of(row?.id ?? '', office.house.now())
    expect(session).toMatchObject({ way: 'passkey', stage: 'full' })
  })

  it('is asked for after the password, and lets in', async () => {
    await signInWithPassword('tanaka@mamori.example')
    expect(path()).toBe('/sign-in/second')
    await page.goto(`${office.url}/queue`)
    expect(path()).toBe('/sign-in/second')
    await button('/sign-in/second/passkey').click()
    await page.waitForURL(/\/queue/)
  })

  it('answers once: what was sent before, or bent, lets nobody in', async () => {
    const answer = lastTo('/sign-in/passkey')
    const again = await replay(answer)
    expect(again.headers.get('location')).toBe('/sign-in?passkey=wrong')
    expect(again.headers.getSetCookie()).toEqual([])

    await page.context().clearCookies()
    await page.goto(`${office.url}/sign-in`)
    await page.route('**/sign-in/passkey', (route) => route.abort())
    await button('/sign-in/passkey').click()
    await expect.poll(() => lastTo('/sign-in/passkey').body).not.toBe(answer.body)
    await page.unroute('**/sign-in/passkey')
    const fresh = lastTo('/sign-in/passkey')
    const fields = new URLSearchParams(fresh.body)
    const bend = (change: (given: Record<string, Record<string, string>>) => void) => {
      const given = JSON.parse(fields.get('answer') ?? '{}')
      change(given)
      const body = new URLSearchParams({ answer: JSON.stringify(given) }).toString()
      return replay({ url: fresh.url, body })
    }
    const flipped = (text = '') =>
      `${text.slice(0, 20)}${text[20] === 'A' ? 'B' : 'A'}${text.slice(21)}`
    for (const part of ['signature', 'authenticatorData', 'clientDataJSON']) {
      const bent = await bend(({ response }) => {
        if (response) response[part] = flipped(response[part])
      })
      expect(bent.headers.get('location'), part).toBe('/sign-in?passkey=wrong')
    }
    for (const body of ['', 'answer=', 'answer=%7B', 'answer=%5B%5D', 'answer=null']) {
      const nothing = await replay({ url: fresh.url, body })
      expect(nothing.headers.get('location'), body).toBe('/sign-in?passkey=wrong')
    }
    const both = await Promise.all([replay(fresh), replay(fresh)])
    const places = both.map(({ headers }) => headers.get('location'))
    expect(places.sort()).toEqual(['/', '/sign-in?passkey=wrong'])
  })

  it('does nothing where the device has not seen its owner', async () => {
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await page.context().clearCookies()
    await page.goto(`${office.url}/sign-in`)
    await button('/sign-in/passkey').click()
    await page.locator("form[action='/sign-in/passkey'] [role=alert]").waitFor()
    expect(path()).toBe('/sign-in')
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  })

  it('is worth nothing once it was taken away', async () => {
    await signInWithPasskey()
    await page.goto(`${office.url}/account`)
    await page.locator("form[action$='/removal'] button").click()
    await page.waitForURL(/done=factorRemoved/)
    await signInWithPasskey()
    expect(page.url()).toMatch(/passkey=wrong/)
  })

  it('is offered to nobody whose browser knows none, and then no script is missed', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const quiet = await plain.newPage()
    await quiet.goto(`${office.url}/sign-in`)
    expect(await quiet.locator("form[action='/sign-in/passkey']").isVisible()).toBe(false)
    await plain.close()
  })
})
