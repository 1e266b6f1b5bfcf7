import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../src/domain/person.ts'
import { previewNotice } from '../src/flow/notice.ts'
import { review } from '../src/flow/review.ts'
import { confirm, propose } from '../src/flow/suspend.ts'
import { verify } from '../src/flow/verify.ts'
import { hashPassword } from '../src/password.ts'
import { openBrowser } from './support/browser.ts'
import { beside, wordOn } from './support/gates.ts'
import { harassment, ordinary } from './support/matters.ts'
import { type Office, openOffice, password, testMail, until } from './support/office.ts'

/** What people do with the product, each told to its end in a real browser. */
describe('a story', { timeout: 180_000 }, () => {
  let office: Office
  let browser: Browser
  let staff: Record<'sato' | 'suzuki' | 'tanaka' | 'watanabe', Person>

  beforeAll(async () => {
    office = await openOffice()
    browser = await openBrowser()
    const { store, newId, now } = office.house
    const who = { name: '渡辺 修', email: 'watanabe@mamori.example', language: 'ja' } as const
    const passwordHash = await hashPassword(password)
    const added = { id: newId(), ...who, roles: ['supervisor'] as const, passwordHash }
    await store.people.add(added, now(), null)
    const people = await store.people.list()
    const of = (name: string) => people.find(({ email }) => email.startsWith(name)) as Person
    staff = {
      sato: of('sato'),
      suzuki: of('suzuki'),
      tanaka: of('tanaka'),
      watanabe: of('watanabe'),
    }
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await office.close()
  })

  async function signedIn(name: string): Promise<Page> {
    const context = await browser.newContext({ locale: 'ja-JP' })
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    await page.goto(`${office.url}/sign-in`)
    await page.getByLabel('メールアドレス').fill(`${name}@mamori.example`)
    await page.getByLabel('パスワード').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '受信' }).waitFor()
    return page
  }

  /** The thread that a mail from somebody new begins. */
  async function threadFrom(name: string, body: string, subject = '件'): Promise<string> {
    const from = `${name}@kaigara.example`
    await office.imap.append(testMail({ from, name, subject, body }))
    return until(`the thread of ${name}`, async () => (await open(name))?.id)
  }

  async function open(name: string) {
    const all = await office.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 50 })
    return all.find(({ senderName }) => senderName === name)
  }

  const replies = () => office.smtp.received.map(({ raw }) => raw.toString())

  it('of two who disagree: a supervisor settles it, with the reasons of both before them', async () => {
    const id = await threadFrom('totsuka', '午前指定が夕方に届いた。あなた頭悪いんじゃないですか。')
    const one = { ...harassment({ severity: 1 }), reason: '名指しで侮っている' }
    const other = { ...ordinary, reason: '落ち度は当社にある' }
    await review(office.house, id, { revision: 1, opinion: one }, staff.sato)
    await review(office.house, id, { revision: 1, opinion: other }, staff.suzuki)

    const page = await signedIn('tanaka')
    await page.getByRole('link', { name: /^裁定/ }).click()
    await page.getByRole('link', { name: /totsuka/ }).click()
    await page.getByText('名指しで侮っている').waitFor()
    await page.getByText('落ち度は当社にある').waitFor()
    await page.getByText('該当しない（通常のメール）').click()
    await page.getByLabel('理由', { exact: true }).fill('お詫びが先である')
    await page.getByRole('button', { name: '裁定を記録する' }).click()
    await page.getByText('裁定', { exact: false }).first().waitFor()

    const sato = await signedIn('sato')
    await sato.goto(`${office.url}/threads/${id}`)
    await sato.getByText('責任者の裁定').waitFor()
    expect(await sato.locator('main').innerText()).toContain('お詫びが先である')
  })

  it('of an objection: another supervisor lifts, the customer is told, and is heard again', async () => {
    const { house, imap } = office
    const threadId = await threadFrom('kuroki', 'お前はゴミだ。刺してやるから覚悟しろ。')
    const given = { revision: 1, opinion: harassment({ severity: 3 }) }
    await review(house, threadId, given, staff.sato)
    await review(house, threadId, given, staff.suzuki)
    const wish = { measureKind: 'suspension', reason: '再三の侮辱', ...beside } as const
    await propose(house, threadId, wish, staff.sato)
    const [measure] = await house.store.measures.list(['proposed'], 5)
    const { sha256 } = await previewNotice(house, measure?.id ?? '', 'suspension')
    await confirm(house, measure?.id ?? '', wordOn(sha256), staff.tanaka)
    await until('the suspension', async () => {
      return (await house.store.measures.find(measure?.id ?? ''))?.state === 'in_force'
    })
    const [, messageId = ''] = /^Message-ID:\s*(<[^>]+>)/im.exec(replies().at(-1) ?? '') ?? []
    expect(messageId).not.toBe('')
    const from = 'kuroki@kaigara.example'
    const answer = { from, name: 'kuroki', headers: [`In-Reply-To: ${messageId}`] }
    await imap.append(
      testMail({ ...answer, body: 'この判断に異議があります。申し訳ありませんでした。' }),
    )
    await until('the objection', async () => {
      return (await house.store.measures.find(measure?.id ?? ''))?.objections.length === 1
    })

    const tanaka = await signedIn('tanaka')
    await tanaka.goto(`${office.url}/measures/${measure?.id}`)
    expect(await tanaka.getByRole('button', { name: '異議について判断する' }).count()).toBe(0)

    const watanabe = await signedIn('watanabe')
    await watanabe.goto(`${office.url}/measures`)
    await watanabe.getByRole('link', { name: /異議の申し出/ }).click()
    await watanabe.getByRole('link', { name: /kuroki/ }).click()
    await watanabe.getByRole('radio', { name: /解除/ }).check()
    await watanabe.locator('#lookReason').fill('お詫びがあり、続ける理由がない')
    await watanabe.getByRole('button', { name: '異議について判断する' }).click()
    await until('the end of the suspension', async () => {
      return (await house.store.measures.find(measure?.id ?? ''))?.state === 'lifted'
    })

    const suzuki = await signedIn('suzuki')
    await suzuki.getByRole('link', { name: /^送信(?: \d+)?$/ }).click()
    await suzuki.getByRole('link', { name: /kuroki/ }).click()
    await suzuki.getByRole('button', { name: '承認して送る' }).click()
    await until('the answer to the objection', async () => replies().length === 2)
    await imap.append(
      testMail({ from, name: 'kuroki', subject: '新しい件', body: '修理の相談です。' }),
    )
    await until('the mail in the queue', () => open('kuroki'))
    expect((await verify(house.store)).flaws).toEqual([])
  })

  it('of a review by keyboard alone, by names that a screen reader says', async () => {
    const id = await threadFrom('aoki', '昨日届いた皿が割れていました。交換してください。', '破損')
    const page = await signedIn('sato')
    await page.goto(`${office.url}/threads/${id}`)
    const form = page.locator('form.review')
    expect(await form.ariaSnapshot()).toMatch(
      /group "方針に該当しますか"[\s\S]*radio "該当しない（通常のメール）"[\s\S]*group "要求の内容は妥当ですか"[\s\S]*textbox "残る正当なご用件（あれば）"[\s\S]*textbox "理由"[\s\S]*button "確認を記録する"/,
    )
    await tabTo(page, 'input[name=verdict]')
    await page.keyboard.press('Space')
    await tabTo(page, 'input[name=needsReply]')
    await page.keyboard.press('ArrowRight')
    await tabTo(page, 'input[name=demand]')
    await tabTo(page, 'form.review [name=reason]')
    await page.keyboard.type('破損の申し出で、言葉は穏やか')
    await tabTo(page, 'form.review button[type=submit]')
    await page.keyboard.press('Enter')
    await page.getByText('確認を記録しました。').waitFor()
    const [first] = (await office.house.store.threads.find(id))?.reviews ?? []
    expect(first).toMatchObject({
      verdict: { kind: 'ordinary', needsReply: false },
      reason: '破損の申し出で、言葉は穏やか',
    })
  })

  it('of a page at twice the size, without moving parts: everything is still in reach', async () => {
    const id = await threadFrom('ono', '色が違いました。')
    const page = await signedIn('sato')
    await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' })
    // A window of 1280 at 200 % has room for 640; at 400 % for 320.
    for (const width of [640, 320]) {
      await page.setViewportSize({ width, height: 800 })
      for (const path of ['/queue', `/threads/${id}`, '/measures', '/settings']) {
        await page.goto(office.url + path)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${path} scrolls sideways at ${width}`).toBeLessThanOrEqual(0)
      }
      await page.goto(`${office.url}/threads/${id}`)
      await page.screenshot({ path: `test-results/pages/zoom-${width}.png`, fullPage: true })
      await page.getByRole('button', { name: '確認を記録する' }).scrollIntoViewIfNeeded()
      expect(await page.getByRole('button', { name: '確認を記録する' }).isVisible()).toBe(true)
    }
    const small = await page.evaluate(() => {
      const targets = [
        ...document.querySelectorAll<HTMLElement>('main button, main input, main summary'),
      ]
      return targets
        .map((one) => ({ name: one.outerHTML.slice(0, 80), box: one.closest('label') ?? one }))
        .map(({ name, box }) => ({ name, rect: box.getBoundingClientRect() }))
        .filter(({ rect }) => rect.width > 1 && rect.height > 1)
        .filter(({ rect }) => rect.width < 24 || rect.height < 24)
        .map(({ name, rect }) => `${name} ${rect.width}x${rect.height}`)
    })
    expect(small).toEqual([])
  })

  it('of somebody who goes there and back: nothing moves, and the list is as it was', async () => {
    for (let n = 0; n < 12; n += 1) await threadFrom(`row${n}`, `棚${n}が届きません。`)
    const page = await signedIn('sato')
    await page.setViewportSize({ width: 900, height: 500 })
    const path = '/queue?view=open&who=nobody&sender=verified'
    await page.goto(office.url + path)
    const row = page.locator('.thread-row', { hasText: 'row11' })
    await row.scrollIntoViewIfNeeded()
    const before = await page.evaluate(() => scrollY)
    expect(before).toBeGreaterThan(0)
    await row.click()
    await page.locator('article.mail').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(await shiftOf(page)).toBeLessThan(0.01)
    await page.goBack()
    await page.waitForURL(office.url + path)
    await until(
      'the place in the list',
      async () => (await page.evaluate(() => scrollY)) === before,
    )
    expect(await shiftOf(page)).toBeLessThan(0.01)
  })
})

/** How far things have moved by themselves on a page (the browser's own cumulative score). */
function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        let score = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
            score += entry.value
          }
        }).observe({ type: 'layout-shift', buffered: true })
        // Two frames: what was buffered has been handed over by then.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(score)))
      }),
  )
}

/** Goes on with the Tab key until that has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    await page.keyboard.press('Tab')
    const there = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) ?? false,
      selector,
    )
    if (there) return
  }
  throw new Error(`no Tab leads to ${selector}`)
}
