import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setAbsence } from '../../src/flow/assignment.ts'
import { review } from '../../src/flow/review.ts'
import { verify } from '../../src/flow/verify.ts'
import { openBrowser } from '../support/browser.ts'
import { harassment } from '../support/matters.ts'
import { until } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'
import { beginsThreads, threadsOf } from '../support/threads.ts'

const shots = 'test-results/desk'

describe('the pages of the desk', { timeout: 120_000 }, () => {
  let site: TestSite
  let newThread: ReturnType<typeof beginsThreads>
  let reviewer: Visitor
  let second: Visitor
  let supervisor: Visitor
  let ids: Readonly<Record<string, string>>

  beforeAll(async () => {
    site = await openSite()
    newThread = beginsThreads(site, 'kaigara.example')
    reviewer = await site.as('reviewer')
    second = await site.as('second')
    supervisor = await site.as('supervisor')
    const staff = await site.house.store.people.list()
    ids = Object.fromEntries(staff.map(({ id, name }) => [name, id]))
  }, 180_000)
  afterAll(async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  }, 180_000)

  const all = () => threadsOf(site)
  const textOf = async (visitor: Visitor, path: string) => (await visitor.get(path)).text()

  const machine = () =>
    newThread({ headers: ['Auto-Submitted: auto-generated'], body: '完了しました' })

  it('show who works on a thread, and narrow the queue to mine and nobody’s', async () => {
    const [mine, free] = [await newThread(), await newThread()]
    const taking = await reviewer.post(`/threads/${mine}/assignment`, { from: '' })
    expect(taking.headers.get('location')).toContain('done=assigned')
    expect(await textOf(reviewer, `/threads/${mine}`)).toContain('あなたが担当しています')
    expect(await textOf(second, '/queue')).toContain('担当 reviewer')
    const own = await textOf(reviewer, '/queue?who=mine')
    expect([own.includes(mine), own.includes(free)]).toEqual([true, false])
    const nobodys = await textOf(reviewer, '/queue?who=nobody')
    expect([nobodys.includes(mine), nobodys.includes(free)]).toEqual([false, true])

    const stale = await second.post(`/threads/${mine}/assignment`, { from: '', remark: '急ぎます' })
    expect(stale.status).toBe(409)
    const said = await stale.text()
    expect(said).toContain('別の人が担当を変えました')
    expect(said).toContain('急ぎます')
  })

  it('offer who is absent as such, and no one whom the thread attacks', async () => {
    const id = await newThread()
    const people = await site.house.store.people.list()
    const absent = people.find(({ name }) => name === 'supervisor')!
    await setAbsence(site.house, true, absent)
    await reviewer.post(`/threads/${id}/targets`, { person: ids.second ?? '' })
    const page = await textOf(reviewer, `/threads/${id}`)
    expect(page).toContain('supervisor（不在）')
    expect(page).not.toContain(`<option value="${ids.second}">`)
    expect(await textOf(supervisor, '/settings')).toContain('いまは不在です')
    await supervisor.post('/settings/absence', { absent: 'no' })
    expect(await textOf(reviewer, `/threads/${id}`)).not.toContain('supervisor（不在）')
  })

  it('list for me what was handed over, noted and given back, until I have seen it', async () => {
    const id = await newThread()
    const handing = { from: '', person: ids.second ?? '', remark: '続きをお願いします' }
    await reviewer.post(`/threads/${id}/assignment`, handing)
    await reviewer.post(`/threads/${id}/notes`, { note: '電話では穏やかでした。@second' })
    const mine = await textOf(second, '/for-me')
    expect(mine).toContain('続きをお願いします')
    expect(mine).toContain('電話では穏やかでした')
    expect(await textOf(reviewer, '/for-me')).not.toContain('電話では')
    const page = await textOf(second, `/threads/${id}`)
    expect(page).toContain('あなた宛て')
    const path = /action="(\/notes\/[^"]+\/reading)"/.exec(page)?.[1] ?? ''
    const seen = await second.post(path, { back: '/for-me' })
    expect(seen.headers.get('location')).toBe('/for-me?done=noteRead')
    expect(await textOf(second, '/for-me')).not.toContain('電話では')

    await second.post(`/threads/${id}/replies`, {
      revision: '1',
      replyBody: '承知しました',
      how: 'submit',
    })
    const letter = (await site.house.store.matters.find(id))!.matter.letters[0]
    await reviewer.post(`/letters/${letter?.id}/return`, { remark: '日付を入れてください' })
    expect(await textOf(second, '/for-me')).toContain('日付を入れてください')
  })

  it('hide a note that was withdrawn, and never let a search find one', async () => {
    const id = await newThread()
    await reviewer.post(`/threads/${id}/notes`, { note: '内線トウモロコシ' })
    expect(await textOf(second, `/threads/${id}`)).toContain('内線トウモロコシ')
    expect(await textOf(second, '/search?q=トウモロコシ')).not.toContain(id)
    const page = await textOf(reviewer, `/threads/${id}`)
    const path = /action="(\/notes\/[^"]+\/withdrawal)"/.exec(page)?.[1] ?? ''
    expect((await second.post(path)).status).toBe(409)
    expect((await reviewer.post(path)).status).toBe(303)
    const after = await textOf(second, `/threads/${id}`)
    expect(after).not.toContain('トウモロコシ')
    expect(after).toContain('取り下げられたメモ')
    const empty = await reviewer.post(`/threads/${id}/notes`, { note: ' ' })
    expect(empty.status).toBe(409)
    const longGone = { note: 'x', mention: 'nobody' }
    expect((await reviewer.post(`/threads/${id}/notes`, longGone)).status).toBe(409)
  })

  it('put a thread off and list it with its date, and keep what was written where it cannot be', async () => {
    const id = await newThread()
    const answer = await reviewer.post(`/threads/${id}/snooze`, { when: 'week' })
    expect(answer.headers.get('location')).toContain('done=snoozed')
    expect(await textOf(second, '/queue')).not.toContain(id)
    const snoozed = await textOf(second, '/queue?view=snoozed')
    expect(snoozed).toContain(id)
    expect(snoozed).toContain('まで保留（reviewerさん）')
    await second.post(`/threads/${id}/waking`)
    expect(await textOf(second, '/queue')).toContain(id)
    for (const date of ['', '2020-01-01', 'soon']) {
      const wrong = await reviewer.post(`/threads/${id}/snooze`, { when: 'date', date })
      expect(wrong.status, date).toBe(409)
    }
  })

  it('offer to take a first review back to its author alone, and stay blind', async () => {
    const id = await newThread()
    const people = await site.house.store.people.list()
    const author = people.find(({ name }) => name === 'reviewer')!
    await review(site.house, id, { revision: 1, opinion: harassment() }, author)
    const path = `/threads/${id}/reviews/withdrawal`
    expect(await textOf(reviewer, `/threads/${id}`)).toContain(path)
    expect(await textOf(second, `/threads/${id}`)).not.toContain(path)
    expect((await second.post(path)).status).toBe(409)
    expect((await reviewer.post(path)).status).toBe(303)
    for (const visitor of [second, supervisor]) {
      expect(await textOf(visitor, `/threads/${id}`)).not.toContain(harassment().reason)
    }
  })

  it('file mail of machines with one act for each of two people', async () => {
    const some = [await machine(), await machine()]
    const human = await newThread()
    const page = await textOf(reviewer, '/queue?view=filed&all=yes')
    const ticked = [...page.matchAll(/name="pick" value="([^"]+)"[^>]*checked/g)].map(([, v]) => v)
    expect(ticked).toEqual(expect.arrayContaining(some.map((id) => `${id}:1`)))
    const first = await post(reviewer, [...some.map((id) => `${id}:1`), `${human}:1`, 'none:1'])
    const said = await first.text()
    expect(first.status).toBe(200)
    expect(said).toContain('2件を処理済みにしました')
    expect(said).toContain('2件は処理されませんでした')
    expect(said).toContain('自動メールではありません')
    expect(said).toContain('スレッドがありません')
    const waiting = await textOf(second, '/queue?view=filed_second')
    for (const id of some) expect(waiting).toContain(`value="${id}:1"`)
    const own = await textOf(reviewer, '/queue?view=filed_second')
    for (const id of some) expect(own).not.toContain(`value="${id}:1"`)
    const both = await post(
      second,
      some.map((id) => `${id}:1`),
    )
    expect(both.headers.get('location')).toContain('done=filedBoth')
    const states = new Map((await all()).map(({ id, state }) => [id, state]))
    expect(some.map((id) => states.get(id))).toEqual(['done', 'done'])
    expect((await post(second, [])).status).toBe(409)
  })

  function post(visitor: Visitor, picks: readonly string[]): Promise<Response> {
    const body = new URLSearchParams([
      ['csrf', visitor.csrf],
      ['view', 'filed_second'],
      ...picks.map((one) => ['pick', one]),
    ])
    return visitor.postForm('/queue/filing', body)
  }

  it('say without a script who opened a thread in the last minutes, and nothing to oneself', async () => {
    const id = await newThread()
    await second.get(`/threads/${id}`)
    const says = (visitor: Visitor, words: string) =>
      until(words, async () => (await textOf(visitor, `/threads/${id}`)).includes(words))
    await says(reviewer, 'secondさんが少し前に開きました')
    await says(second, 'reviewerさんが少し前に開きました')
    expect(await textOf(second, `/threads/${id}`)).not.toContain('secondさん')
    await site.hire('outsider', ['reviewer'], { reviewer: ['billing'] })
    const outsider = await site.as('outsider')
    expect((await outsider.get(`/threads/${id}/presence`)).status).toBe(404)
    const speaking = await outsider.post(`/threads/${id}/presence`, { doing: 'writing' })
    expect(speaking.status).toBe(404)
  })

  describe('in two browsers', () => {
    let browser: Browser
    let url: string
    const complaints: string[] = []

    beforeAll(async () => {
      mkdirSync(shots, { recursive: true })
      url = await site.listen()
      browser = await openBrowser()
    }, 180_000)
    afterAll(() => browser.close())

    async function pageOf({ cookie }: Visitor): Promise<Page> {
      const [name = '', value = ''] = cookie.split('=')
      const context = await browser.newContext({
        locale: 'ja-JP',
        viewport: { width: 1280, height: 900 },
      })
      await context.addCookies([{ name, value, url }])
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      page.on('pageerror', (error) => complaints.push(error.message))
      return page
    }

    it('show each what the other one does, at once, and keep what both have written', {
      timeout: 240_000,
    }, async () => {
      const id = await newThread()
      const [one, two] = [await pageOf(reviewer), await pageOf(second)]
      await one.goto(`${url}/threads/${id}`)
      await two.goto(`${url}/threads/${id}`)
      await one.getByText('secondさんが開いています').waitFor()
      await two.getByText('reviewerさんが開いています').waitFor()

      await two.locator('#replyBody').fill('別の案内を書いています')
      await one.getByText('secondさんが返信を書いています').waitFor()
      await one.screenshot({ path: `${shots}/presence.png`, fullPage: true })

      await one.locator('#replyBody').fill('先に出します')
      await two.getByText('reviewerさんが返信を書いています').waitFor()
      await one.locator('#reply button[value=submit]').click()
      await two.getByText('ほかの人がこのスレッドに手を加えました').waitFor()
      expect(await two.locator('#replyBody').inputValue()).toBe('別の案内を書いています')
      await two.locator('#reply button[value=submit]').click()
      await two.locator('main .words', { hasText: '別の案内を書いています' }).waitFor()
      await two.close()
      await one.getByText('secondさんが返信を書いています').waitFor({ state: 'detached' })
      expect(await one.locator('#presence').innerText()).not.toContain('書いています')
      await one.close()
      expect(complaints).toEqual([])
    })

    it('keep what is ticked when new mail is let in', { timeout: 60_000 }, async () => {
      const id = await newThread()
      const page = await pageOf(supervisor)
      await page.goto(`${url}/queue`)
      const box = page.locator(`input[name=pick][value^="${id}"]`)
      await box.check()
      const listening = page.waitForResponse((response) => response.url().endsWith('/events'))
      await page.reload()
      await listening
      await box.check()
      await newThread()
      await Promise.all([page.waitForEvent('load'), page.locator('#news').click()])
      expect(await box.isChecked()).toBe(true)
      await page.reload()
      expect(await box.isChecked()).toBe(false)
    })

    it('find whom a note calls by a Japanese name as it is typed', {
      timeout: 120_000,
    }, async () => {
      await site.hire('山本 由美', ['reviewer'])
      const id = await newThread()
      const page = await pageOf(reviewer)
      await page.goto(`${url}/threads/${id}`)
      await page.locator('#note summary').click()
      await page.locator('#note-body').pressSequentially('ご相談です@山本')
      await page.locator('#suggestions [role=option]').waitFor()
      await page.screenshot({ path: `${shots}/mention.png`, fullPage: true })
      await page.keyboard.press('Enter')
      await page.locator('#note-body').pressSequentially('お願いします')
      await page.locator('#note button[type=submit]').click()
      await page.locator('.note .words').waitFor()
      expect(await page.locator('.note').innerText()).toContain('宛先：山本 由美')
      await page.close()
      expect(complaints).toEqual([])
    })

    it('file mail of machines by one key each', { timeout: 120_000 }, async () => {
      const id = await machine()
      for (const [visitor, view] of [
        [reviewer, 'filed'],
        [second, 'filed_second'],
      ] as const) {
        const page = await pageOf(visitor)
        await page.goto(`${url}/queue?view=${view}`)
        await page.screenshot({ path: `${shots}/${view}.png`, fullPage: true })
        await page.locator(`.thread-row[href='/threads/${id}']`).focus()
        await page.keyboard.press('e')
        await page.waitForURL(/done=filed/)
        await page.close()
      }
      expect((await all()).find((one) => one.id === id)?.state).toBe('done')
      expect(complaints).toEqual([])
    })
  })
})
