import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { seenBy } from '../../src/domain/told.kinds.ts'
import { review } from '../../src/flow/review.ts'
import { joinsToAnswer, proposeJoin } from '../../src/flow/senders.ts'
import { waitingFor } from '../../src/flow/waiting.ts'
import { newKey } from '../../src/vault.ts'
import { temporaryFolder } from '../support/folder.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { liveThrough } from '../support/whole-house.ts'

describe('what waits for somebody', { timeout: 180_000 }, () => {
  const folder = temporaryFolder()
  let site: TestSite
  let named: (name: string) => Person

  beforeAll(async () => {
    site = await openSite(undefined, {
      MAMORI_ENCRYPTION_KEY: newKey(),
      MAMORI_CHECKPOINT_KEY_FILE: join(folder.path, 'key.pem'),
    })
    await liveThrough(site)
    named = await staffOf(site)
    await disagree(site, named)
  }, 180_000)
  afterAll(() => site.close(), 180_000)

  it('is as much as the pages list', async () => {
    const { store } = site.house
    const [boss, one, two] = [named('supervisor'), named('reviewer'), named('second')]
    expect(await waitingFor(site.house, boss)).toEqual({
      calls: 0,
      grants: 1,
      tokens: 0,
      ruleProposals: (await store.ruleProposals.list(['open'], 9)).length,
      templateProposals: (await store.templateProposals.list(['open'], 9)).length,
      incidents: 0,
      joins: (await joinsToAnswer(site.house, boss)).length,
      replies: (await store.letters.list(['awaiting_approval'], 9)).length,
      reports: 0,
      alerts: (await store.alerts.list('open', 9)).length,
      measures: (await store.measures.list(['proposed', 'not_announced'], 9)).length,
      disputes: 1,
      told: await store.notifications.unread(boss.id, seenBy(boss)),
      policyToRead: true,
    })
    expect(await waitingFor(site.house, two)).toMatchObject({ calls: 1, policyToRead: false })
    expect(await waitingFor(site.house, one)).not.toHaveProperty('disputes')
    expect((await store.alerts.list('open', 9)).length).toBeGreaterThan(0)
  })

  it('is nothing of mailboxes that are not theirs', async () => {
    const boss = { ...named('supervisor'), within: { supervisor: ['elsewhere'] } }
    expect(await waitingFor(site.house, boss)).toMatchObject({
      ...{ alerts: 0, disputes: 0, joins: 0, replies: 0 },
    })
  })
})

/** A thread that two people see differently, and two senders whom somebody would join. */
async function disagree(site: TestSite, named: (name: string) => Person): Promise<void> {
  const { house } = site
  await site.deliver(
    testMail({ from: 'aki@umi.example', subject: '秋', body: 'お願いします。' }),
    testMail({ from: 'haru@umi.example', subject: '春', body: 'お願いします。' }),
  )
  const open = await house.store.queue.list({ states: ['new'] }, { offset: 0, limit: 9 })
  const of = (subject: string) => open.find((item) => item.subject === subject)
  const [first, second] = [of('秋'), of('春')]
  if (!first || !second) throw new Error('the mails are not in the queue')
  await review(house, first.id, { revision: 1, opinion: harassment() }, named('reviewer'))
  await review(house, first.id, { revision: 1, opinion: ordinary }, named('second'))
  const why = { reasons: ['by_hand'], reason: '同じ電話' } as const
  await proposeJoin(house, [first.senderId, second.senderId], why, named('reviewer'))
}
