import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { daysAfter } from '../../src/domain/time.ts'
import { joinThread } from '../../src/flow/arrange.ts'
import { rememberReports } from '../../src/flow/reports.ts'
import { review } from '../../src/flow/review.ts'
import { withdrawReview } from '../../src/flow/withdrawal.ts'
import { stretchUpTo } from '../../src/text/days.ts'
import { engines } from '../support/database.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

describe.each(engines)('figures on %s', { timeout: 120_000 }, (engine) => {
  let site: TestSite

  beforeEach(async () => {
    site = await openSite(engine)
    site.stopClock()
  })
  afterEach(() => site.close())

  const period = () => ({ ...stretchUpTo(site.house.now(), 7), mailboxId: null })
  const given = (opinion = ordinary) => ({ revision: 1, opinion })
  const first = async () => (await staffOf(site))('reviewer')
  const second = async () => (await staffOf(site))('second')

  /** A thread whose mail came in now, by the site's clock. */
  async function arrive(subject: string, from = 'aoki@kaigara.example'): Promise<string> {
    const receivedAt = new Date(site.house.now())
    await site.deliverAs({ receivedAt }, testMail({ from, subject, body: '質問です。' }))
    const all = await site.house.store.queue.list({ states: ['new'] }, { offset: 0, limit: 9 })
    return all.find((one) => one.subject === subject)?.id ?? ''
  }
  async function waits(): Promise<[number[], number[]][]> {
    const all = await site.house.store.reports.waits(period())
    return all.map((one) => [[...one[1]], [...one[2]]])
  }

  it('lie where the clocks of Japan put them, to the minute', async () => {
    // Up to the midnight that comes, and a minute beyond it.
    const { end } = stretchUpTo(site.house.now(), 7)
    const midnight = Date.parse(`${end}T00:00+09:00`)
    site.pass(midnight - Date.parse(site.house.now()) - 60_000)
    await arrive('前')
    site.pass(60_000)
    await arrive('後')
    const counted = await site.house.store.reports.volume(period())
    expect(counted.map(({ place, n }) => [place, n])).toEqual([
      [5, 1],
      [6, 1],
    ])
  })

  it('are the time from the newest mail before each review, by who gave it', async () => {
    const thread = await arrive('件')
    site.pass(2 * hourMs)
    await review(site.house, thread, given(), await first())
    site.pass(1 * hourMs)
    await review(site.house, thread, given(), await second())
    expect((await waits()).flat(2).toSorted()).toEqual([2 * 3600, 3 * 3600].toSorted())
  })

  it('of what is over are remembered, until somebody takes a review back', async () => {
    const [kept, withdrawn] = [await arrive('一'), await arrive('二', 'lena@nordwind.example')]
    site.pass(hourMs)
    await review(site.house, kept, given(), await first())
    await review(site.house, withdrawn, given(harassment()), await first())
    site.pass(2 * dayMs)
    await rememberReports(site.house, new AbortController().signal)
    const before = await waits()
    expect(before.flat(2)).toEqual([3600, 3600])
    // What was given since comes to it, though the rest is remembered.
    await review(site.house, kept, given(), await second())
    expect((await waits()).flat(2)).toEqual([3600, 3600, 2 * 86_400 + 3600])
    const taken = await withdrawReview(site.house, withdrawn, await first())
    expect(taken.kind).not.toBe('refused')
    expect((await waits()).flat(2)).toEqual([3600, 2 * 86_400 + 3600])
    const pairs = await site.house.store.reports.pairs(period())
    expect(pairs).toMatchObject([{ times: 1, first: { kind: 'ordinary' } }])
  })

  it('count a thread that was joined into another one there alone', async () => {
    const [one, other] = [await arrive('一'), await arrive('二')]
    const total = async () =>
      (await site.house.store.reports.volume(period())).reduce((sum, { n }) => sum + n, 0)
    expect(await total()).toBe(2)
    const into = { revision: 1, into: one, intoRevision: 1 }
    const outcome = await joinThread(site.house, other, into, await first())
    expect(outcome.kind).not.toBe('refused')
    expect(await total()).toBe(1)
  })

  it('are of the mailboxes in reach and of no other', async () => {
    const thread = await arrive('件')
    await review(site.house, thread, given(), await first())
    await review(site.house, thread, given(), await second())
    const { store } = site.house
    const here = (await store.mailboxes.find('support'))?.id ?? ''
    const counted = async (reach: readonly string[]) => {
      const { reports } = store.within(reach)
      const waited = await reports.waits(period())
      return [
        (await reports.volume(period())).length,
        waited.reduce((sum, one) => sum + one[1].length + one[2].length, 0),
        (await reports.pairs(period())).length,
      ]
    }
    expect(await counted([here])).toEqual([1, 2, 1])
    expect(await counted(['elsewhere'])).toEqual([0, 0, 0])
    expect(await counted([])).toEqual([0, 0, 0])
    const older = { starts: [daysAfter(site.house.now(), 1)], mailboxId: null }
    expect(await store.reports.pairs(older)).toEqual([])
  })
})
