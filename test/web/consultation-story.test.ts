import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey } from '../../src/vault.ts'
import { openBrowser } from '../support/browser.ts'
import { password } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** Somebody who does not dare to give their name, and the supervisor who answers. */
describe('the consultation desk in a browser', () => {
  let site: TestSite
  let browser: Browser
  let url: string
  const complaints: string[] = []

  beforeAll(async () => {
    site = await openSite(undefined, { MAMORI_ENCRYPTION_KEY: newKey() })
    url = await site.listen()
    browser = await openBrowser()
  }, 180_000)
  afterAll(async () => {
    expect(complaints).toEqual([])
    await browser.close()
    await site.close()
  })

  async function signedIn(name: string): Promise<Page> {
    const context = await browser.newContext({ locale: 'ja-JP' })
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${url}/sign-in`)
    await page.locator('#email').fill(`${name}@mamori.example`)
    await page.locator('#password').fill(password)
    await page.locator('main button.primary').click()
    await page.locator('main h1').waitFor()
    return page
  }

  it('goes from a report without a name to an answer, by a code', {
    timeout: 180_000,
  }, async () => {
    const reporter = await signedIn('second')
    await reporter.locator('nav.rail a', { hasText: '相談窓口' }).click()
    await reporter.locator('#words').fill('電話口で怒鳴られて、眠れません。')
    await reporter.getByLabel('名前を出さずに相談する').check()
    await reporter.getByRole('button', { name: '送る', exact: true }).click()
    const code = await reporter.locator('code.code-once').innerText()
    expect(reporter.url()).not.toContain(code)
    await reporter.locator('a', { hasText: '相談窓口へ戻る' }).last().click()
    expect(await reporter.locator('main').innerText()).not.toContain(code)

    const desk = await signedIn('supervisor')
    await desk.locator('nav.rail a', { hasText: '相談窓口' }).click()
    await desk.locator('.care-tasks a').first().click()
    expect(await desk.locator('main').innerText()).not.toContain('眠れません')
    await desk.getByRole('button', { name: '受け持つ' }).click()
    await desk.locator('.care-words', { hasText: '眠れません' }).waitFor()
    expect(await desk.locator('main').innerText()).not.toContain('second')
    await desk.locator('#words').fill('話してくれてありがとうございます。')
    await desk.getByRole('button', { name: '返事を送る' }).click()
    await desk.locator('.care-words', { hasText: 'ありがとうございます' }).waitFor()

    await reporter.locator('#code').fill(code.toLowerCase())
    await reporter.getByRole('button', { name: '開く', exact: true }).click()
    await reporter.locator('.care-words', { hasText: 'ありがとうございます' }).waitFor()
    expect(reporter.url()).not.toContain(code)
    await reporter.locator('#words').fill('少し楽になりました。')
    await reporter.getByRole('button', { name: '送る', exact: true }).click()
    await reporter.locator('.care-words', { hasText: '少し楽に' }).waitFor()

    await desk.reload()
    await desk.locator('.care-words', { hasText: '少し楽に' }).waitFor()
    await desk.getByRole('button', { name: '終える', exact: true }).click()
    await desk.locator('.chip', { hasText: '終了' }).waitFor()
  })
})
