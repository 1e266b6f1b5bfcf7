import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queueStates } from '../src/domain/matter.ts'
import { verify } from '../src/flow/verify.ts'
import { openBrowser } from './support/browser.ts'
import { type Office, openOffice, password, testMail, until } from './support/office.ts'

/** From the customer's mailbox to a confirmed suspension and beyond, in a real browser. */
describe('the whole way of a mail', () => {
  let office: Office
  let browser: Browser

  beforeAll(async () => {
    office = await openOffice()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await office.close()
  })

  async function signedIn(email: string): Promise<Page> {
    const context = await browser.newContext({ locale: 'ja-JP' })
    context.setDefaultTimeout(10_000)
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    await page.goto(`${office.url}/sign-in`)
    await page.getByLabel('メールアドレス').fill(email)
    await page.getByLabel('パスワード').fill(password)
    await page.getByRole('button', { name: 'サインイン' }).click()
    await page.getByRole('heading', { level: 1, name: '受信' }).waitFor()
    return page
  }

  async function reviewHarassment(page: Page): Promise<void> {
    await page.getByText('該当する（カスタマーハラスメント）').click()
    await page.getByRole('checkbox', { name: '脅迫' }).check()
    await page.getByRole('radio', { name: /3 犯罪・緊急/ }).check()
    await page.getByLabel('優越的な立場を利用した言動である').check()
    await page.getByLabel('その理由').fill('担当者への加害を予告している')
    await page.getByLabel('従業員の就業環境が害される').check()
    await page.getByLabel('理由', { exact: true }).first().fill('担当者に危害を加えると書いている')
    await page.getByRole('button', { name: '確認を記録する' }).click()
    await page.getByText('確認を記録しました。').waitFor()
  }

  const everyThread = () =>
    office.house.store.queue.list({ states: queueStates }, { offset: 0, limit: 50 })

  it('goes from review to suspension, mute and alert', { timeout: 180_000 }, async () => {
    const threat = '担当の佐藤を許さない。明日、駅前で待ち伏せして刺してやるから覚悟しろ。'
    await office.imap.append(testMail({ body: threat }))
    const [thread] = await until('the mail in the queue', async () => {
      const all = await everyThread()
      return all.length === 1 && all
    })

    const sato = await signedIn('sato@mamori.example')
    await sato.getByRole('link', { name: /黒岩/ }).click()
    expect(await sato.content()).not.toContain('刺してやる')
    await sato
      .getByRole('button', { name: /表示する/ })
      .first()
      .click()
    await sato.getByText('刺してやる').waitFor()
    await sato.keyboard.press('Escape')
    await sato.getByText('刺してやる').waitFor({ state: 'hidden' })
    await reviewHarassment(sato)
    expect(await sato.content()).toContain('別の人の確認を待っています')

    const suzuki = await signedIn('suzuki@mamori.example')
    await suzuki.goto(`${office.url}/threads/${thread?.id}`)
    expect(await suzuki.content()).not.toContain('担当者に危害を加えると書いている')
    await reviewHarassment(suzuki)
    expect(await suzuki.content()).toContain('二人の確認が一致')
    await suzuki.getByText('対応を停止する', { exact: true }).click()
    await suzuki.locator('#measureReason').fill('危害の予告があり、警告では足りない')
    await answerGate(suzuki)
    await suzuki.getByRole('button', { name: '提案する' }).click()
    await suzuki.getByText('提案しました').waitFor()

    const tanaka = await signedIn('tanaka@mamori.example')
    await tanaka.goto(`${office.url}/measures`)
    await tanaka.getByRole('link', { name: /黒岩/ }).click()
    const preview = await tanaka.locator('.letter .words').innerText()
    expect(preview).toContain('停止いたします')
    await answerGate(tanaka)
    await tanaka.locator('#reason').fill('提案のとおり')
    await tanaka.getByRole('button', { name: '決裁して送る' }).click()
    await tanaka.getByText('決裁しました').waitFor()

    await until('the notice at the SMTP server', async () => office.smtp.received.length === 1)
    const measure = await until('the suspension in force', async () => {
      const [one] = await office.house.store.measures.list(['in_force'], 5)
      return one
    })
    expect(measure.confirmer).not.toBeNull()

    await office.imap.append(testMail({ body: 'なぜ返事をしない。' }))
    await until('the muted mail', async () => {
      const sender = await office.house.store.senders.find(measure.senderId)
      return sender?.muted.length === 1
    })
    const alerts = () => office.house.store.alerts.list('open', 2)
    expect(await alerts()).toEqual([])

    await office.imap.append(testMail({ body: '今から会社に火をつけてやる。全員殺す。' }))
    await until('the alert', async () => (await alerts()).length === 1)
    await tanaka.goto(`${office.url}/alerts`)
    expect(await tanaka.content()).not.toContain('火をつけ')
    await tanaka.getByRole('button', { name: '確認した' }).click()
    await tanaka.getByText('確認を記録しました。').waitFor()
    await tanaka.goto(`${office.url}/senders/${measure.senderId}`)
    await tanaka.getByText('2通を保管しています').waitFor()

    await suzuki.goto(`${office.url}/threads/${thread?.id}`)
    expect(await suzuki.content()).toContain('責任者だけが内容を表示できます')
    expect(await suzuki.content()).not.toContain('なぜ返事をしない')
    await tanaka.goto(`${office.url}/threads/${thread?.id}`)
    expect(await tanaka.content()).not.toContain('なぜ返事をしない')
    await tanaka
      .getByRole('button', { name: /受信保留中のメール/ })
      .first()
      .click()
    await tanaka.getByText('なぜ返事をしない').waitFor()

    await tanaka.goto(`${office.url}/log`)
    await tanaka.getByRole('button', { name: '改ざんの有無を調べる' }).click()
    await tanaka.getByText('改ざんはありません').waitFor()
    expect((await verify(office.house.store)).flaws).toEqual([])
    expect(office.smtp.received).toHaveLength(1)
  })

  it('tells who looks at the queue that mail has come, without moving it', {
    timeout: 60_000,
  }, async () => {
    const page = await signedIn('sato@mamori.example')
    const before = await page.locator('#queue-list').innerText()
    const live = page.waitForResponse((response) => response.url().endsWith('/events'))
    await page.reload()
    await live
    await office.imap.append(
      testMail({
        from: 'new@customer.example',
        name: '新しい人',
        subject: '新着',
        body: '質問です。',
      }),
    )
    await page.getByRole('button', { name: /新着 1件を表示/ }).waitFor()
    expect(await page.locator('#queue-list').innerText()).toBe(before)
    await page.getByRole('button', { name: /新着 1件を表示/ }).click()
    await page.getByRole('link', { name: /新しい人/ }).waitFor()
  })

  it('works from sign-in to review with script turned off', { timeout: 60_000 }, async () => {
    const harm = 'この役立たずのゴミ野郎、刺してやるから覚悟しろ。'
    await office.imap.append(
      testMail({ from: 'plain@customer.example', name: '平野', subject: '件', body: harm }),
    )
    await until('the mail', async () =>
      (await everyThread()).some(({ senderName }) => senderName === '平野'),
    )
    const context = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: false })
    context.setDefaultTimeout(10_000)
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    await page.goto(`${office.url}/sign-in`)
    await page.getByLabel('メールアドレス').fill('suzuki@mamori.example')
    await page.getByLabel('パスワード').fill(password)
    await page.getByRole('button', { name: 'サインイン' }).click()
    await page.getByRole('link', { name: /平野/ }).click()
    expect(await page.content()).not.toContain('刺してやる')
    await page
      .getByRole('button', { name: /表示する/ })
      .first()
      .click()
    await page.getByText('刺してやる').waitFor()
    await reviewHarassment(page)
    await page.getByText('別の人の確認を待っています').waitFor()
  })
})

/** Answers the questions that stand before the next step: nothing is the matter. */
async function answerGate(page: Page): Promise<void> {
  for (const radio of await page.locator('.gate input[value="no"]').all()) await radio.check()
}
