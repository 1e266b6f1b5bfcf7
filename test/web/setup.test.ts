import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person, Role } from '../../src/domain/person.ts'
import { providerOf } from '../../src/domain/provider.ts'
import { lackOf } from '../../src/domain/staff.ts'
import { newKey } from '../../src/vault.ts'
import { openBrowser } from '../support/browser.ts'
import { type Office, openOffice, password, testMail } from '../support/office.ts'
import { openSite } from '../support/site.ts'

describe('what a house lacks', () => {
  let count = 0
  const person = (...roles: Role[]): Person => {
    count += 1
    const id = `p${count}`
    return { id, name: id, email: '', roles, within: {}, language: 'ja', disabledAt: null }
  }

  it.each([
    ['reviewers', [person('admin')]],
    ['reviewer', [person('reviewer'), person('admin')]],
    ['supervisor', [person('reviewer'), person('reviewer')]],
    ['third', [person('reviewer'), person('supervisor')]],
    ['third', [person('supervisor'), person('supervisor')]],
    [null, [person('reviewer'), person('reviewer'), person('supervisor')]],
    [null, [person('supervisor'), person('supervisor'), person('supervisor')]],
    [
      'third',
      [person('reviewer'), person('supervisor'), { ...person('reviewer'), disabledAt: new Date() }],
    ],
  ])('%s', (lack, staff) => {
    expect(lackOf(staff)).toBe(lack)
  })
})

describe('the provider of an address', () => {
  it.each([
    ['shop@gmail.com', 'google'],
    ['a@contoso.onmicrosoft.com', 'microsoft'],
    ['Info@YAHOO.co.jp', 'yahoo_japan'],
    ['x@mx.nifty.com', 'nifty'],
    ['info@notgmail.com', undefined],
    ['info@example.jp', undefined],
  ])('%s: %s', (address, code) => {
    expect(providerOf(address)?.code).toBe(code)
  })
})

describe('setting up', { timeout: 180_000 }, () => {
  let office: Office
  let browser: Browser
  beforeAll(async () => {
    office = await openOffice({ mailboxes: [], imap: null, encryptionKeys: [newKey()] })
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await office.close()
  })

  it.each([true, false])(
    'leads an administrator from nothing to the first mail, script on: %s',
    async (javaScriptEnabled) => {
      const context = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled })
      context.setDefaultTimeout(30_000)
      const page = await context.newPage()
      await page.goto(`${office.url}/sign-in`)
      await page.locator('#email').fill('ito@mamori.example')
      await page.locator('#password').fill(password)
      await page.locator('main button.primary').click()
      await page.locator('main h1').waitFor()
      if (javaScriptEnabled) {
        await page.waitForURL(/\/setup$/)
        const { host, port } = office.imap
        await page.locator('#address').fill('support@hinata-kurashi.example')
        await page.getByRole('button', { name: '受信箱をつなぐ' }).click()
        await page.getByRole('link', { name: 'その他(パスワード)' }).click()
        expect(await page.locator('#user').inputValue()).toBe('support@hinata-kurashi.example')
        await page.locator('#departmentJa').fill('お客様相談窓口')
        await page.locator('#departmentEn').fill('Customer Service')
        await page.locator('#host').fill(host)
        await page.locator('#port').fill(String(port))
        await page.locator('input[name=security][value=none]').check()
        await page.locator('#user').fill(office.imap.user)
        await page.locator('#password').fill('wrong')
        await page.locator('main button.primary').click()
        await page.waitForURL(/\/setup\?done=mailboxKept/)
        await page.getByText('ユーザー名またはパスワード').first().waitFor()
        await page.getByRole('link', { name: '受信箱の状態と設定' }).click()
        await page.getByRole('link', { name: '設定を変更' }).click()
        await page.locator('#password').fill(office.imap.password)
        await page.locator('main button.primary').click()
        await page.waitForURL(/\/mailboxes\?done/)
        await page.goto(`${office.url}/setup`)
        await page.getByText('最初のメールを待っています').waitFor()
        await office.imap.append(testMail({ subject: '注文', body: '届きました。' }))
        await page.getByText('1件のスレッドを受け取りました').waitFor()
        await page.goto(`${office.url}/setup`)
      } else await page.goto(`${office.url}/setup`)
      await page.getByText('1件のスレッドを受け取りました').waitFor()
      await page.getByText('準備ができました').waitFor()
      await page.locator('summary', { hasText: '見本' }).click()
      await page.locator('.setup-steps details[open] .words').first().waitFor()
      await context.close()
    },
  )
})

describe('the way there', () => {
  it('is for administrators, and only while there is no mailbox the first page', async () => {
    const site = await openSite()
    const admin = await site.as('admin')
    expect((await admin.get('/')).headers.get('location')).toBe('/settings')
    expect((await admin.get('/setup')).status).toBe(200)
    const reviewer = await site.as('reviewer')
    expect((await reviewer.get('/setup')).status).toBe(403)
    expect(await (await reviewer.get('/queue')).text()).not.toContain('href="/setup"')
    const found = await (await admin.get('/mailboxes/new?address=info@shop.sakura.ne.jp')).text()
    expect(found).toMatch(/id="host"[^>]*value="shop\.sakura\.ne\.jp"/)
    await site.close()
  })
})
