import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verify } from '../../src/flow/verify.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const harm = 'お前らは全員ゴミだ、刺してやるから覚悟しろ。'

describe('the forms that split and join threads', () => {
  let site: TestSite
  let reviewer: Visitor
  let auditor: Visitor
  let supervisor: Visitor
  let count = 0

  beforeAll(async () => {
    site = await openSite()
    reviewer = await site.as('reviewer')
    auditor = await site.as('auditor')
    supervisor = await site.as('supervisor')
  })
  afterAll(async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  })

  const page = async (visitor: Visitor, path: string) => (await visitor.get(path)).text()

  /** A thread of a new customer, with the ids of its mails. */
  async function threadOf(...bodies: string[]) {
    count += 1
    const from = `c${count}@kaigara.example`
    for (const body of bodies) await site.deliver(testMail({ from, subject: `件${count}`, body }))
    const all = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 99 })
    const id = all.find(({ subject }) => subject === `件${count}`)?.id ?? ''
    const record = await site.house.store.threads.find(id)
    return { id, from, mails: (record?.messages ?? []).map((mail) => mail.id) }
  }
  const split = (mails: readonly string[], revision: number, looked = true) => ({
    revision: String(revision),
    mail: mails[0] ?? '',
    ...(looked ? { looked: 'yes' } : {}),
  })

  it('show what a split will do before anything is done, then do it, and take it back', async () => {
    const { id, mails } = await threadOf('返品です。', '領収書です。')
    const before = await site.house.store.log.head()
    const preview = await reviewer.post(`/threads/${id}/split`, split(mails.slice(1), 2, false))
    expect(await preview.text()).toMatch(/選んだ1通を新しいスレッドに移します[\s\S]*1通が残ります/)
    expect(await site.house.store.log.head()).toEqual(before)

    const done = await reviewer.post(`/threads/${id}/split`, split(mails.slice(1), 2))
    expect(done.status).toBe(303)
    const place = done.headers.get('location') ?? ''
    const result = await page(reviewer, place)
    expect(result).toContain('メールを分けました')
    expect(result).toContain('reviewerさんが分けた1通です')
    expect(await page(reviewer, `/threads/${id}`)).toContain('reviewerさんが1通を分けました')

    const move = /name="move" value="([^"]+)"/.exec(result)?.[1] ?? ''
    const other = place.split('?')[0] ?? ''
    const back = await reviewer.post(`${other}/moves/undo`, { move })
    expect(back.headers.get('location')).toBe(`/threads/${id}?done=undone`)
    const empty = await page(reviewer, other)
    expect(empty).toContain('別のスレッドにまとめられました')
    expect(empty).not.toContain('確認を記録する')
    expect((await reviewer.post(`${other}/moves/undo`, { move })).status).toBe(409)
  })

  it('offer the sender’s other threads to join, and no one else’s', async () => {
    const stranger = await threadOf('別のお客様です。')
    const { id, from } = await threadOf('一件目です。')
    await site.deliver(testMail({ from, subject: '続きの話', body: '二件目です。' }))
    const html = await page(reviewer, `/threads/${id}`)
    const offered = [...html.matchAll(/name="into" value="([^"]+)"/g)].map(([, one]) => one)
    expect(offered).toHaveLength(1)
    expect(offered).not.toContain(stranger.id)

    const into = offered[0] ?? ''
    const form = { revision: '1', into }
    const preview = await (await reviewer.post(`/threads/${id}/join`, form)).text()
    expect(preview).toContain('の1通を「続きの話」に移します')
    const confirmed = { ...form, intoRevision: '1', looked: 'yes' }
    const done = await reviewer.post(`/threads/${id}/join`, confirmed)
    expect(done.headers.get('location')).toBe(`/threads/${into}?done=joined`)
    expect(await page(reviewer, '/queue')).not.toContain(`/threads/${id}"`)
    const forced = { ...form, into: stranger.id, intoRevision: '1', looked: 'yes' }
    expect((await reviewer.post(`/threads/${into}/join`, forced)).status).toBe(409)
  })

  it('hold no harmful word of the mails that one chooses from', async () => {
    const { id, mails } = await threadOf('返品です。', harm)
    expect(await page(reviewer, `/threads/${id}`)).not.toMatch(/ゴミ|刺して/)
    const preview = await reviewer.post(`/threads/${id}/split`, split(mails.slice(1), 2, false))
    expect(await preview.text()).not.toMatch(/ゴミ|刺して/)
    const done = await reviewer.post(`/threads/${id}/split`, split(mails.slice(1), 2))
    expect(await page(reviewer, done.headers.get('location') ?? '')).not.toMatch(/ゴミ|刺して/)
  })

  it('are not there for who only reads, and refuse nothing chosen and mails of another thread', async () => {
    const { id, mails } = await threadOf('一通目です。', '二通目です。')
    const other = await threadOf('よその話です。')
    expect(await page(auditor, `/threads/${id}`)).not.toContain('スレッドの整理')
    expect((await auditor.post(`/threads/${id}/split`, split(mails, 2))).status).toBe(403)
    for (const chosen of [[], ['none'], other.mails]) {
      const answer = await supervisor.post(`/threads/${id}/split`, split(chosen, 2))
      expect(answer.status).toBe(409)
      expect(await answer.text()).toContain('分けるメールを一通以上選んでください')
    }
  })

  it('say who else wrote, and to whom a reply will go', async () => {
    const { id, from } = await threadOf('一通目です。')
    const first = (await site.house.store.threads.find(id))?.messages[0]?.messageId ?? ''
    const again = { from, subject: `Re: 件${count}`, headers: ['Cc: boss@else.example'] }
    await site.deliver(testMail({ ...again, body: '上司に写しを送ります。' }))
    const reply = { subject: 'Re: 件', headers: [`In-Reply-To: ${first}`] }
    await site.deliver(testMail({ ...reply, from: 'boss@else.example', body: '上司です。' }))
    const html = await page(reviewer, `/threads/${id}`)
    expect(html).toContain('このスレッドの差出人とは別の人')
    expect(html).toContain(`差出人（${from}）に送られます`)
  })
})
