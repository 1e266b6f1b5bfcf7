import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { threadHolding } from '../support/found.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

describe('keys and the palette', { timeout: 180_000 }, () => {
  let site: TestSite
  let browser: Browser
  let url: string
  let reviewer: Visitor
  const complaints: string[] = []

  beforeAll(async () => {
    site = await openSite()
    url = await site.listen()
    browser = await openBrowser()
    reviewer = await site.as('reviewer')
    const body = '返金してください。お前はゴミだ。刺してやるから覚悟しろ。'
    await site.deliver(testMail({ from: 'a@kaigara.example', name: '青木', subject: '破損', body }))
    await site.deliver(
      testMail({ from: 'b@kaigara.example', name: '馬場', subject: '納期', body: 'いつですか。' }),
    )
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  async function pageAt(path: string, cookies: Record<string, string> = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    context.setDefaultTimeout(30_000)
    const [name = '', value = ''] = reviewer.cookie.split('=')
    const all = { [name]: value, ...cookies }
    await context.addCookies(Object.entries(all).map(([n, v]) => ({ name: n, value: v, url })))
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(url + path)
    // What was loaded last has run once the button for it is there.
    await page.locator('html[data-keys]').waitFor()
    return page
  }

  const threadOf = async (words: string) =>
    `/threads/${await threadHolding(site.house.store, words)}`
  const titleOf = (page: Page) => page.locator('main h1').first().innerText()

  it('go through a list and back to it', async () => {
    const page = await pageAt('/queue')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const subject = await page.locator('.thread-row:focus .subject').innerText()
    await page.keyboard.press('o')
    await page.waitForURL(/\/threads\//)
    expect(await titleOf(page)).toBe(subject)
    await page.locator('html[data-keys]').waitFor()
    await page.keyboard.press('u')
    await page.waitForURL(/\/queue/)
    await page.locator('html[data-keys]').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('m')
    await page.waitForURL(/\/measures/)
    await page.locator('html[data-keys]').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'キーボード操作' }).waitFor()
    await page.screenshot({ path: 'test-results/pages/keys-help.png' })
    await page.context().close()
  })

  it('judge, show, note and answer on a thread, and send nothing by themselves', async () => {
    const page = await pageAt(await threadOf('ゴミ'))
    await page.keyboard.press('v')
    await page.locator('.revealed').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.revealed').waitFor({ state: 'detached' })
    await page.keyboard.press('1')
    const review = page.locator('form.review')
    expect(await review.locator('input[value=harassment]').isChecked()).toBe(true)
    const first = review.locator('input[name=category]').first()
    expect(await first.isChecked()).toBe(true)
    await page.keyboard.press('1')
    expect(await first.isChecked()).toBe(false)
    await page.keyboard.press('n')
    await page.keyboard.type('jkor1?')
    expect(await page.locator('#note-body').inputValue()).toBe('jkor1?')
    await page.locator('main h1').first().click()
    await page.keyboard.press('r')
    expect(await page.locator('#replyBody').evaluate((one) => one === document.activeElement)).toBe(
      true,
    )
    await page.locator('main h1').first().click()
    await page.keyboard.press('a')
    await page.getByText('あなたが担当しています').waitFor()
    const matter = await site.house.store.matters.find(
      page.url().split('/')[4]?.split('?')[0] ?? '',
    )
    expect(matter?.matter.thread.reviews).toEqual([])
    await page.context().close()
  })

  it('are quiet for who turned them off, and while an input method is at work', async () => {
    const off = await pageAt('/queue', { keys: 'off' })
    await off.keyboard.press('?')
    await off.keyboard.press('j')
    expect(await off.locator('dialog[open]').count()).toBe(0)
    expect(await off.locator('.thread-row:focus').count()).toBe(0)
    await off.context().close()
    const page = await pageAt('/queue')
    await page.evaluate(() => {
      const init = { key: 'j', bubbles: true, isComposing: true }
      document.body.dispatchEvent(new KeyboardEvent('keydown', init))
    })
    expect(await page.locator('.thread-row:focus').count()).toBe(0)
    await page.context().close()
  })

  it('find a page by its kanji, its kana, Latin letters or English', async () => {
    const page = await pageAt('/queue')
    for (const words of ['対応停止', 'たいおう', 'タイオウ', 'ＴＡＩＯＵ', 'suspensions']) {
      await page.keyboard.press('Control+k')
      await page.locator('#palette-words').fill(words)
      const options = page.locator('#palette [role=option]:visible')
      expect(await options.first().innerText(), words).toBe('対応停止')
      expect(await options.first().getAttribute('aria-selected')).toBe('true')
      await page.keyboard.press('Escape')
    }
    await page.locator('#find').click()
    await page.screenshot({ path: 'test-results/pages/palette.png' })
    expect(await page.locator('#palette').innerText()).not.toContain('利用者')
    await page.locator('#palette-words').fill('たいおう')
    await page.locator('#palette-words').evaluate((field) => {
      const init = { key: 'Enter', bubbles: true, isComposing: true }
      field.dispatchEvent(new KeyboardEvent('keydown', init))
    })
    expect(new URL(page.url()).pathname).toBe('/queue')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/measures/)
    await page.locator('html[data-keys]').waitFor()
    await page.keyboard.press('Control+k')
    await page.locator('#palette-words').fill('納期')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/search\?q=/)
    await page.getByText('馬場').first().waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
