import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { review } from '../../src/flow/review.ts'
import { ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

/** More events of one kind than stand on a page. */
const mails = 120

describe('the page of the log', { timeout: 120_000 }, () => {
  let site: TestSite
  let auditor: Visitor
  let threads: readonly string[]

  beforeAll(async () => {
    site = await openSite()
    await site.deliver(
      ...Array.from({ length: mails }, (_, at) =>
        testMail({ from: `${at}@umi.example`, subject: `件${at}`, body: 'はい' }),
      ),
    )
    const open = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 2 })
    threads = open.map(({ id }) => id)
    const named = await staffOf(site)
    for (const id of threads) {
      await review(site.house, id, { revision: 1, opinion: ordinary }, named('reviewer'))
    }
    auditor = await site.as('auditor')
  }, 120_000)
  afterAll(() => site.close())

  const kindsAt = async (path: string) => {
    const page = await (await auditor.get(path)).text()
    const rows = [...page.matchAll(/<tr>.*?<\/tr>/g)].map(([row]) => row)
    const kinds = rows.map((row) => /<td>([^<]+)<\/td>/.exec(row)?.[1] ?? '')
    const older = /href="(\/log\?[^"]*before=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
    return { kinds, older, page }
  }

  it('shows one kind of event alone, page after page', async () => {
    const first = await kindsAt('/log?kind=message_received')
    expect(first.kinds).toHaveLength(100)
    expect(new Set(first.kinds)).toEqual(new Set(['メールを受信']))
    expect(first.page).toContain('<option value="message_received" selected="">')
    const rest = await kindsAt(first.older ?? '')
    expect(rest.kinds).toHaveLength(mails - 100)
    expect(new Set(rest.kinds)).toEqual(new Set(['メールを受信']))
  })

  it('finds the few among the many, within a thread as well', async () => {
    expect((await kindsAt('/log?kind=review_given')).kinds).toEqual(['確認', '確認'])
    const { kinds, page } = await kindsAt(`/log?kind=review_given&thread=${threads[0]}`)
    expect(kinds).toEqual(['確認'])
    expect(page).toContain(`<input type="hidden" name="thread" value="${threads[0]}"/>`)
  })

  it('says that nothing is there, and takes no notice of a kind that there is not', async () => {
    expect((await kindsAt('/log?kind=letter_sent')).page).toContain('当てはまる記録はありません')
    expect((await kindsAt('/log?kind=constructor')).kinds).toHaveLength(100)
  })
})
