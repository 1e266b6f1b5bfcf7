import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { hostileHtml } from '../support/hostile-html.ts'
import { type Office, openOffice, password, until } from '../support/office.ts'

const cases = hostileHtml()
/** Cases in one mail, each in a block of its own. */
const together = 60

function encodedWord(text: string): string {
  const short = [...text].slice(0, 40).join('').replace(/\s/g, ' ')
  return `=?UTF-8?B?${Buffer.from(short).toString('base64')}?=`
}

/** A mail that is hostile in its HTML, its text, its subject, its name and its file's name. */
function hostileMail(at: number, group: readonly { readonly html: string }[]): Buffer {
  const [first] = group
  const words = encodedWord(first?.html ?? '')
  const body = group.map(({ html }) => `<div>${html}</div>`).join('\n')
  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')
  return Buffer.from(
    [
      `Message-ID: <hostile-${at}@out.invalid>`,
      `Date: ${new Date().toUTCString()}`,
      `From: ${words} <hostile-${at}@out.invalid>`,
      'To: support@hinata-kurashi.example',
      `Subject: ${words}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      ...['', '--x', 'Content-Type: multipart/alternative; boundary=y'],
      ...[
        '',
        '--y',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: base64',
      ],
      ...['', base64(body)],
      ...['--y', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64'],
      ...['', base64(body), '--y--'],
      ...['--x', `Content-Type: image/png; name="${words}"`, 'Content-Disposition: attachment'],
      ...['', 'no picture', '--x--', ''],
    ].join('\r\n'),
  )
}

describe('hostile HTML in the real pages', () => {
  let office: Office
  let browser: Browser
  let context: BrowserContext
  let page: Page
  /** Scripts that ran, dialogs, and requests to anywhere but our own server. */
  const happened: string[] = []

  beforeAll(async () => {
    office = await openOffice({ smtp: null })
    browser = await openBrowser()
    context = await browser.newContext({ locale: 'ja-JP' })
    context.setDefaultTimeout(30_000)
    await context.exposeFunction('seen', (what: unknown) => happened.push(`script: ${what}`))
    await context.addInitScript(() => {
      for (const name of ['alert', 'confirm', 'prompt', 'print'] as const) {
        Object.defineProperty(window, name, {
          value: () => (window as unknown as { seen: (what: string) => void }).seen(name),
        })
      }
    })
    context.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(office.url) && !url.startsWith('data:')) happened.push(`request: ${url}`)
    })
    page = await context.newPage()
    page.on('dialog', (dialog) => {
      happened.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('pageerror', (error) => happened.push(`error: ${error.message}`))
    for (let at = 0; at < cases.length; at += together) {
      await office.imap.append(hostileMail(at, cases.slice(at, at + together)))
    }
    await page.goto(`${office.url}/sign-in`)
    await page.locator('#email').fill('sato@mamori.example')
    await page.locator('#password').fill(password)
    await page.locator('main button.primary').click()
    await page.locator('main h1').waitFor()
  }, 180_000)
  afterAll(async () => {
    await browser.close()
    await office.close()
  })

  it('runs nothing and asks nobody, in any view of a mail', { timeout: 300_000 }, async () => {
    const mails = Math.ceil(cases.length / together)
    const items = await until('the mails', async () => {
      const { queue } = office.house.store
      const all = await queue.list({ states: 'open' }, { offset: 0, limit: 200 })
      const filed = await queue.list({ states: ['filed'] }, { offset: 0, limit: 200 })
      return all.length + filed.length === mails && [...all, ...filed]
    })
    let frames = 0
    for (const { id } of items) {
      const record = await office.house.store.threads.find(id)
      const mail = record?.messages[0]
      await page.goto(`${office.url}/threads/${id}`)
      const kept = page.locator('button.kept-back:visible')
      for (let left = await kept.count(); left > 0; left -= 1) {
        await kept.first().click()
        await until('the passage', async () => (await kept.count()) < left)
      }
      for (const as of ['formatted', 'original']) {
        await page.goto(`${office.url}/threads/${id}?mail=${mail?.id}&as=${as}`)
        const closed = page.locator('form[action$="/views"] button')
        if ((await closed.count()) > 0) {
          await closed.click()
          await page.waitForLoadState()
        }
        frames += await page.locator('iframe.mail-frame').count()
        const answer = await page.goto(`${office.url}/messages/${mail?.id}/formatted`)
        expect(answer?.status()).toBeLessThan(500)
      }
    }
    for (const path of ['/queue', '/queue?view=filed', '/search?q=out.invalid', '/senders']) {
      await page.goto(`${office.url}${path}`)
    }
    expect(frames).toBeGreaterThan(mails * 0.8)
    expect(happened).toEqual([])
  })

  it('is harmless by itself, without a frame and without rules of the page', {
    timeout: 300_000,
  }, async () => {
    const { formattedOf } = await import('../../src/mail/formatted.ts')
    const bare = await context.newPage()
    for (const { id, html } of cases) {
      const formatted = await formattedOf(html, Buffer.alloc(0), { picture: '画像' })
      await bare.setContent(`<!doctype html><body>${formatted?.html ?? ''}`)
      expect(happened, id).toEqual([])
    }
    await bare.close()
  })
})
