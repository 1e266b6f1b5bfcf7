import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reveal } from '../../src/flow/care.ts'
import { review } from '../../src/flow/review.ts'
import { tallyRules } from '../../src/flow/rule-tally.ts'
import { suspendSomebody } from '../support/affair.ts'
import { openBrowser } from '../support/browser.ts'
import { harassment } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { password, testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const looks = [
  ['ja', 'light', 1280],
  ['en', 'dark', 1280],
  ['ja', 'dark', 390],
  ['en', 'light', 390],
] as const

/** Every report with something in it, as a browser draws it. */
describe('the charts of reports in a browser', { timeout: 120_000 }, () => {
  let site: TestSite
  let browser: Browser
  let url: string
  const complaints: string[] = []

  beforeAll(async () => {
    site = await openSite()
    await suspendSomebody(site)
    const { house } = site
    const named = await staffOf(site)
    const given = { revision: 1, opinion: harassment() }
    for (let n = 0; n < 10; n += 1) {
      const words = n % 2 === 0 ? 'お前は無能だ。' : '刺してやるから覚悟しろ。'
      await site.deliver(testMail({ from: `k${n}@kaigara.example`, subject: '件', body: words }))
      const all = await house.store.queue.list({ states: ['new'] }, { offset: 0, limit: 1 })
      const id = all[0]?.id ?? ''
      await review(house, id, given, named('reviewer'))
      await review(house, id, given, named('second'))
      const messageId = (await house.store.threads.find(id))?.messages[0]?.id ?? ''
      const passage = { threadId: id, messageId, passage: '0-3', severity: 2 } as const
      for (const who of ['reviewer', 'second', 'supervisor']) {
        await reveal(house, { ...passage, categories: ['verbal_abuse'] }, named(who))
      }
    }
    await tallyRules(house)
    url = await site.listen()
    browser = await openBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  async function opened(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    page.on('console', (told) => {
      if (told.type() === 'error') complaints.push(told.text())
    })
    await page.goto(`${url}/sign-in`)
    await page.locator('#email').fill('supervisor@mamori.example')
    await page.locator('#password').fill(password)
    await page.locator('main button.primary').click()
    await page.locator('main h1').waitFor()
    const wanted = options.locale === 'ja-JP' ? 'ja' : 'en'
    if ((await page.locator('html').getAttribute('lang')) !== wanted) {
      const more = page.locator('.rail .more')
      if (await more.isVisible()) await more.click()
      await page.locator('form[action="/language"] button').filter({ visible: true }).click()
      await page.locator(`html[lang=${wanted}]`).waitFor({ state: 'attached' })
    }
    await page.goto(`${url}/reports`)
    return page
  }

  it.each(looks)('can be read by everybody in %s, %s, %i wide', async (language, theme, width) => {
    const page = await opened({
      viewport: { width, height: 900 },
      colorScheme: theme,
      locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    })
    expect(await page.locator('main svg.chart[role=img]').count()).toBeGreaterThan(10)
    for (const summary of await page.locator('main details summary').all()) {
      await summary.press('Enter')
    }
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    // Letters keep their size, and their place within the chart, however narrow the page is.
    const letters = await page.locator('main svg.chart text').evaluateAll((all) =>
      all.map((one) => {
        const [box, around] = [one.getBoundingClientRect(), one.closest('section')]
        const { left, right } = (around as Element).getBoundingClientRect()
        return { size: box.height, inside: box.left >= left && box.right <= right }
      }),
    )
    expect(letters.every(({ inside }) => inside)).toBe(true)
    expect(Math.min(...letters.map(({ size }) => size))).toBeGreaterThanOrEqual(12)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('are told apart by their hatching where colours are the reader’s own', async () => {
    const page = await opened({ locale: 'ja-JP', forcedColors: 'active' })
    const parts = await page
      .locator('#categories .legend rect')
      .evaluateAll((all) =>
        all.map((one) => [one.getAttribute('fill'), getComputedStyle(one).color]),
      )
    expect(parts.length).toBeGreaterThan(1)
    expect(new Set(parts.map(([fill]) => fill)).size).toBe(parts.length)
    expect(new Set(parts.map(([, colour]) => colour)).size).toBe(1)
    await page.context().close()
  })

  it('are there without any script, with their tables', async () => {
    const page = await opened({ locale: 'ja-JP', javaScriptEnabled: false })
    const drawn = await page.locator('#categories svg.chart rect.part').first().boundingBox()
    expect(drawn?.height).toBeGreaterThan(20)
    await page.locator('#categories summary').click()
    expect(await page.locator('#categories tbody tr').last().innerText()).toMatch(/\d/)
    await page.context().close()
  })
})
