import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verify } from '../../src/flow/verify.ts'
import { openBrowser } from '../support/browser.ts'
import { type Office, openOffice, password, testMail, until } from '../support/office.ts'

/** Typing in a real browser, as somebody does who is called away in the middle of a word. */
describe('what is typed in a browser', () => {
  let office: Office
  let browser: Browser
  let context: BrowserContext
  let path: string
  const complaints: string[] = []

  beforeAll(async () => {
    office = await openOffice({ smtp: null })
    browser = await openBrowser()
    context = await browser.newContext({ locale: 'ja-JP' })
    context.setDefaultTimeout(30_000)
    await office.imap.append(
      testMail({ name: '青木', subject: '住所変更', body: '住所が変わりました。' }),
    )
    const [thread] = await until('the mail', async () => {
      const list = await office.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 5 })
      return list.length === 1 && list
    })
    path = `/threads/${thread?.id}`
    await signIn(await newPage())
  }, 180_000)
  afterAll(async () => {
    expect(complaints).toEqual([])
    expect((await verify(office.house.store)).flaws).toEqual([])
    await browser.close()
    await office.close()
  })

  async function newPage(): Promise<Page> {
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    return page
  }
  async function signIn(page: Page): Promise<void> {
    await page.goto(`${office.url}/sign-in`)
    await page.locator('#email').fill('sato@mamori.example')
    await page.locator('#password').fill(password)
    await page.locator('main button.primary').click()
    await page.locator('main h1').waitFor()
  }
  async function opened(): Promise<Page> {
    const page = await newPage()
    await page.goto(`${office.url}${path}`)
    return page
  }
  const body = (page: Page) => page.locator('#replyBody')
  const said = (page: Page, words: RegExp) =>
    page.locator('#reply .draft-state', { hasText: words }).waitFor()

  it('is saved by itself and is there again after a reload', { timeout: 120_000 }, async () => {
    const page = await opened()
    await body(page).pressSequentially('変更を承りました。')
    await said(page, /保存しました \d\d:\d\d/)
    await page.reload()
    expect(await body(page).inputValue()).toBe('変更を承りました。')

    // Left in the middle: what was typed a moment ago goes out as the page goes.
    await body(page).press('Control+End')
    await body(page).pressSequentially('すぐに')
    await page.goto(`${office.url}/queue`)
    await until('the last words', async () => {
      const back = await opened()
      const words = await body(back).inputValue()
      await back.close()
      return words === '変更を承りました。すぐに'
    })
    await page.close()
  })

  it('is offered with the other text where two tabs write', { timeout: 120_000 }, async () => {
    const [older, newer] = [await opened(), await opened()]
    await body(newer).fill('新しいタブの文')
    await said(newer, /保存しました/)
    await body(older).fill('古いタブの文')
    await older.locator('#reply .draft-other').waitFor()
    expect(await older.locator('#reply [data-other]').textContent()).toContain('新しいタブの文')
    expect(await body(older).inputValue()).toBe('古いタブの文')
    await older.locator('#reply [data-keep=mine]').click()
    await said(older, /保存しました/)

    await body(newer).fill('新しいタブの続き')
    await newer.locator('#reply .draft-other').waitFor()
    await newer.locator('#reply [data-keep=other]').click()
    expect(await body(newer).inputValue()).toBe('古いタブの文')
    await Promise.all([older.close(), newer.close()])
  })

  it('stays on the page when the session ends, and is saved after signing in again', {
    timeout: 120_000,
  }, async () => {
    const page = await opened()
    await context.clearCookies()
    await body(page).fill('切れている間に書いた文')
    await said(page, /別のタブでサインイン/)
    await page.locator('#reply button.primary').click()
    await said(page, /別のタブでサインイン/)
    expect(await body(page).inputValue()).toBe('切れている間に書いた文')
    const stores = await page.evaluate(() => [localStorage.length, sessionStorage.length])
    expect(stores).toEqual([0, 0])

    const other = await newPage()
    await signIn(other)
    await body(page).pressSequentially('。')
    await said(page, /保存しました/)
    await page.locator('#reply button.primary').click()
    await page.locator('main .banner.calm').first().waitFor()
    const [letter] = await office.house.store.letters.list(['awaiting_approval'], 5)
    expect(letter?.body).toContain('切れている間に書いた文。')
    await Promise.all([page.close(), other.close()])
  })
})
