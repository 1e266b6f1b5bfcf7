import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lackOf } from '../../src/domain/enough-staff.ts'
import type { Person, Role } from '../../src/domain/person.ts'
import { providerOf } from '../../src/domain/provider.ts'
import { trySending } from '../../src/flow/trying.ts'
import { newKey } from '../../src/vault.ts'
import { openBrowser } from '../support/browser.ts'
import { type Office, openOffice, password, testMail, until } from '../support/office.ts'
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

describe.each([true, false])(
  'setting up, script on: %s',
  { timeout: 240_000 },
  (javaScriptEnabled) => {
    let office: Office
    let browser: Browser
    let page: Page
    beforeAll(async () => {
      office = await openOffice({ mailboxes: [], imap: null, encryptionKeys: [newKey()] })
      browser = await openBrowser()
      const context = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled })
      context.setDefaultTimeout(30_000)
      page = await context.newPage()
    }, 120_000)
    afterAll(async () => {
      await browser.close()
      await office.close()
    })

    /** Waits for words of the page, which without script has to be loaded again. */
    async function told(words: RegExp): Promise<void> {
      await until(`the page to say ${words}`, async () => {
        if (!javaScriptEnabled) await page.goto(`${office.url}/setup`)
        return (await page.getByText(words).count()) > 0
      })
    }

    it('leads an administrator from nothing to the first mail', async () => {
      await page.goto(`${office.url}/sign-in`)
      await page.locator('#email').fill('ito@mamori.example')
      await page.locator('#password').fill(password)
      await page.locator('main button.primary').click()
      await page.waitForURL(/\/setup$/)
      await page.locator('#address').fill('support@hinata-kurashi.example')
      await page.getByRole('button', { name: '受信箱をつなぐ' }).click()
      await page.getByRole('link', { name: 'その他(パスワード)' }).click()
      expect(await page.locator('#user').inputValue()).toBe('support@hinata-kurashi.example')
      await page.locator('#departmentJa').fill('お客様相談窓口')
      await page.locator('#departmentEn').fill('Customer Service')
      await page.locator('#host').fill(office.imap.host)
      await page.locator('#port').fill(String(office.imap.port))
      await page.locator('input[name=security][value=none]').check()
      await page.locator('#user').fill(office.imap.user)
      await page.locator('#password').fill('wrong')
      await page.locator('main button.primary').click()
      await page.getByText('まだ保存していません').waitFor()
      await page.getByText(/ユーザー名またはパスワード/).waitFor()
      expect(await page.locator('#password').inputValue()).toBe('')
      await page.locator('#password').fill(office.imap.password)
      await page.locator('#port').fill('1')
      await page.locator('main button.primary').click()
      await page.getByText('そのポートでは受け付けていません').waitFor()
      expect(await page.locator('#departmentJa').inputValue()).toBe('お客様相談窓口')
      expect(await office.house.store.mailboxes.list()).toEqual([])
      await page.locator('#port').fill(String(office.imap.port))
      await page.locator('#password').fill(office.imap.password)
      await page.locator('main button.primary').click()
      await page.waitForURL(/\/setup\?done=mailboxKept/)
      await told(/最初のメールを待っています/)
      await office.imap.append(testMail({ subject: '注文', body: '届きました。' }))
      await told(/1件のスレッドを受け取りました/)
      await page.goto(`${office.url}/setup`)
      await page.getByRole('link', { name: '方針を読む' }).click()
      await page.getByRole('button', { name: '読みました' }).click()
      await page.getByText('確認しました。ありがとうございます。').waitFor()
      await page.goto(`${office.url}/setup`)
      await page.getByText('準備ができました').waitFor()
      await page.getByRole('button', { name: '送信サーバーにつながるか試す' }).click()
      await page.getByText('サーバーは送信を受け付けます').waitFor()
      await page.locator('summary', { hasText: '見本' }).click()
      await page.locator('.setup-steps details[open] .words').first().waitFor()
    })
  },
)

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

  it('a mailbox that cannot be reached now is saved only by a button that says so', async () => {
    const site = await openSite(undefined, { MAMORI_ENCRYPTION_KEY: newKey() })
    const admin = await site.as('admin')
    const typed = {
      ...{ name: 'info', address: 'info@hinata-kurashi.example', user: 'info', folders: 'INBOX' },
      ...{ departmentJa: '窓口', departmentEn: 'Desk', host: '127.0.0.1', port: '1' },
      ...{ security: 'none', method: 'password', password: 'canary-2219' },
      ...{ after: 'leave', copies: 'none' },
    }
    const refused = await admin.post('/mailboxes', typed)
    expect(refused.status).toBe(409)
    const said = await refused.text()
    expect(said).toContain('name="untried"')
    expect(said).not.toContain('canary-2219')
    const saved = await admin.post('/mailboxes', { ...typed, untried: 'yes' })
    expect(saved.headers.get('location')).toContain('done=mailboxKept')
    const again = await admin.post('/mailboxes', { ...typed, untried: 'yes' })
    expect(await again.text()).toMatch(/同じ名前の受信箱/)
    await site.close()
  })

  it.each([
    ['info@docomo.ne.jp', /imap\.spmode\.ne\.jp/, /IMAP専用パスワード/],
    ['shop@icloud.com', /imap\.mail\.me\.com/, /アプリ用パスワード/],
  ])('a form for %s says what its service asks for', async (address, host, need) => {
    const site = await openSite()
    const form = await (await site.as('admin')).get(`/mailboxes/new?address=${address}`)
    const words = await form.text()
    expect(words).toMatch(host)
    expect(words).toMatch(need)
    await site.close()
  })
})

describe('the server that takes our mail', () => {
  it.each([
    ['nothing listens', { port: 1 }, 'port_closed'],
    ['no such name', { host: 'smtp.invalid' }, 'host_unknown'],
    ['TLS is not spoken there', { secure: true }, 'encryption'],
    ['STARTTLS is not offered', { requireTls: true }, 'encryption'],
    ['the password is refused', { user: 'u', password: 'canary-7710' }, 'credentials'],
  ])('%s: the mistake is named', async (_, over, trouble) => {
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authOptional: true,
      onAuth: (_auth, _session, answer) => answer(new Error('no')),
    })
    server.on('error', () => undefined)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.server.address() as AddressInfo
    const site = await openSite()
    const smtp = { host: '127.0.0.1', port, secure: false, ...over }
    const failed = await trySending({ ...site.house, smtp })
    expect(failed).toMatchObject({ kind: 'failed', trouble })
    expect(failed?.words).not.toContain('canary-7710')
    await site.close()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })
})
