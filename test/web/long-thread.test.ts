import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

/** Mails of one customer: more than stand on a page by themselves. */
const mails = 20

describe('a long conversation', { timeout: 120_000 }, () => {
  let site: TestSite
  let browser: Browser
  let reviewer: Visitor
  let id: string
  let ids: readonly string[]

  beforeAll(async () => {
    site = await openSite()
    const said = Array.from({ length: mails }, (_, at) =>
      testMail({
        messageId: `<${at}@umi.example>`,
        headers: at === 0 ? [] : ['In-Reply-To: <0@umi.example>'],
        subject: '配送の件',
        body: at === 5 ? 'お前は無能だ。死ね。' : `${at}通目です。届きません。`,
      }),
    )
    for (const mail of said) await site.deliver(mail)
    const [thread] = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 9 })
    id = thread?.id ?? ''
    ids = (await site.house.store.threads.find(id))?.messages.map((mail) => mail.id) ?? []
    browser = await openBrowser()
    reviewer = await site.as('reviewer')
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  const folded = '途中のやりとり'

  async function open(path: string): Promise<Page> {
    const url = await site.listen()
    const [name = '', value = ''] = reviewer.cookie.split('=')
    const context = await browser.newContext({ locale: 'ja-JP' })
    await context.addCookies([{ name, value, url }])
    const page = await context.newPage()
    await page.goto(`${url}${path}`)
    return page
  }
  const isSeen = (page: Page, at: number) => page.locator(`#m-${ids[at]}`).isVisible()

  it('shows what was asked for at first and what is new, and unfolds the rest', async () => {
    const page = await open(`/threads/${id}`)
    expect(ids).toHaveLength(mails)
    expect(await isSeen(page, 0)).toBe(true)
    expect(await isSeen(page, 1)).toBe(false)
    expect(await isSeen(page, mails - 1)).toBe(true)
    await page.getByText(`${folded}（7件）`).click()
    expect(await isSeen(page, 5)).toBe(true)
    await page.context().close()
  })

  it('reveals by a key nothing that is folded away', async () => {
    const page = await open(`/threads/${id}`)
    await page.keyboard.press('v')
    expect(await page.locator('[data-revealed]').count()).toBe(0)
    await page.getByText(folded).click()
    await page.locator('body').click({ position: { x: 2, y: 2 } })
    await page.keyboard.press('v')
    await page.locator('[data-revealed]').waitFor()
    await page.context().close()
  })

  it('is open where a link leads to a mail in it, or one was just looked at', async () => {
    const linked = await open(`/threads/${id}#m-${ids[5]}`)
    await linked.locator(`#m-${ids[5]}`).waitFor({ state: 'visible' })
    await linked.context().close()
    const asked = await reviewer.get(`/threads/${id}?mail=${ids[5]}&as=original`)
    expect(await asked.text()).toContain('<details class="earlier" open="">')
    const plain = await reviewer.get(`/threads/${id}`)
    expect(await plain.text()).toContain('<details class="earlier">')
  })

  it('is printed whole', async () => {
    const page = await open(`/threads/${id}`)
    await page.emulateMedia({ media: 'print' })
    expect(await isSeen(page, 1)).toBe(true)
    expect(await page.getByText(folded).isVisible()).toBe(false)
    await page.context().close()
  })
})
