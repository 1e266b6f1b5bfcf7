import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verify } from '../../src/flow/verify.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'
import { beginsThreads, threadsOf } from '../support/threads.ts'

const threat = 'お前の家族を殺すぞ。刺してやるから覚悟しろ。'

describe('the queue', { timeout: 120_000 }, () => {
  let site: TestSite
  let newThread: ReturnType<typeof beginsThreads>
  let reviewer: Visitor
  let second: Visitor
  let ids: Readonly<Record<string, string>>
  const all = () => threadsOf(site)
  const textOf = async (visitor: Visitor, path: string) => (await visitor.get(path)).text()

  /** Which of the threads a page of the queue lists. */
  async function listed(path: string, threads: readonly string[]): Promise<boolean[]> {
    const page = await textOf(reviewer, path)
    return threads.map((id) => page.includes(`/threads/${id}`))
  }

  beforeAll(async () => {
    site = await openSite()
    newThread = beginsThreads(site, 'queue.example')
    reviewer = await site.as('reviewer')
    second = await site.as('second')
    const staff = await site.house.store.people.list()
    ids = Object.fromEntries(staff.map(({ id, name }) => [name, id]))
  }, 60_000)
  afterAll(async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  })

  describe('narrowed', () => {
    let calm: string
    let grave: string
    let unknown: string
    beforeAll(async () => {
      calm = await newThread()
      grave = await newThread({ body: threat })
      unknown = await newThread({ authenticated: false })
    })

    it.each([
      ['/queue?category=threat', [false, true, false]],
      ['/queue?category=sexual_harassment', [false, false, false]],
      ['/queue?severity=1', [false, true, false]],
      ['/queue?severity=3', [false, true, false]],
      ['/queue?sender=verified', [true, true, false]],
      ['/queue?sender=unverified', [false, false, true]],
      ['/queue?category=threat&sender=unverified', [false, false, false]],
      ['/queue?category=nonsense&severity=9&sender=x', [true, true, true]],
    ])('by %s', async (path, expected) => {
      expect(await listed(path, [calm, grave, unknown])).toEqual(expected)
    })

    it('does not say that nothing waits where only the filters leave nothing', async () => {
      const page = await textOf(reviewer, '/queue?view=open&category=sexual_harassment')
      expect(page).not.toContain('次のメールは自動で届きます')
      expect(page).toContain('この条件')
    })

    it('says what it is narrowed by, each to be taken away alone', async () => {
      const page = await textOf(reviewer, '/queue?view=open&category=threat&severity=2')
      expect(page).toContain('href="/queue?view=open&amp;severity=2" aria-label="脅迫の条件を外す"')
      expect(page).toContain('href="/queue?view=open&amp;category=threat" aria-label="明らか以上の')
    })

    it('keeps the filters from view to view, and in the form for more of them', async () => {
      const page = await textOf(reviewer, '/queue?view=open&who=nobody&category=threat')
      expect(page).toContain('href="/queue?view=done&amp;who=nobody&amp;category=threat"')
      expect(page).toMatch(/<input type="hidden" name="who" value="nobody"/)
      expect(page).toMatch(/<option value="threat" selected/)
    })
  })

  describe('saved as a view', () => {
    it('stands above the queue with its count, for its owner alone', async () => {
      const query = 'view=open&category=threat'
      const answer = await reviewer.post('/queue/views', { query, name: '急ぎ' })
      expect(answer.headers.get('location')).toBe(`/queue?${query}&done=viewSaved`)
      const page = await textOf(reviewer, '/queue')
      expect(page).toMatch(
        /href="\/queue\?view=open&amp;category=threat"[^>]*>急ぎ<span class="count">1<\/span>/,
      )
      expect(await textOf(second, '/queue')).not.toContain('急ぎ')
    })

    it('takes the place of an earlier one of that name', async () => {
      await reviewer.post('/queue/views', { query: 'view=done&severity=3', name: '急ぎ' })
      const page = await textOf(reviewer, '/queue')
      expect(page).toContain('href="/queue?view=done&amp;severity=3"')
      expect(page.match(/class="chip-link"/g)).toHaveLength(1)
    })

    it('holds only what the queue knows, whatever was sent', async () => {
      const query = 'view=//evil.example&x=<script>&severity=2'
      const answer = await second.post('/queue/views', { query, name: '<b>名前</b>' })
      expect(answer.headers.get('location')).toBe('/queue?view=open&severity=2&done=viewSaved')
      expect(await textOf(second, '/queue')).toContain('&lt;b&gt;名前&lt;/b&gt;')
    })

    it('is refused without a name, and beyond twelve', async () => {
      expect(
        await (await reviewer.post('/queue/views', { query: '', name: ' ' })).text(),
      ).toContain('名前をつけてください')
      for (let n = 2; n <= 12; n += 1) await reviewer.post('/queue/views', { name: `条件${n}` })
      const refused = await reviewer.post('/queue/views', { name: '条件13' })
      expect(refused.status).toBe(409)
      expect(await refused.text()).toContain('12件まで')
    })

    it('goes when its owner says so, and nobody else can take it away', async () => {
      const [view] = await site.house.store.savedViews.of(ids.reviewer ?? '')
      await second.post('/queue/views/removal', { view: view?.id ?? '' })
      expect(await site.house.store.savedViews.of(ids.reviewer ?? '')).toHaveLength(12)
      const answer = await reviewer.post('/queue/views/removal', { view: view?.id ?? '' })
      expect(answer.headers.get('location')).toContain('done=viewDropped')
      expect(await site.house.store.savedViews.of(ids.reviewer ?? '')).toHaveLength(11)
      const again = await reviewer.post('/queue/views/removal', { view: view?.id ?? '' })
      expect(again.status).toBe(303)
    })
  })

  describe('with several threads ticked', () => {
    const holderOf = async (id: string) => (await all()).find((one) => one.id === id)?.assigneeName
    const picked = (visitor: Visitor, picks: readonly string[], fields: Record<string, string>) =>
      visitor.postForm(
        '/queue/picks',
        new URLSearchParams([
          ['csrf', visitor.csrf],
          ['query', 'view=open&who=nobody'],
          ...picks.map((pick) => ['pick', pick] as [string, string]),
          ...Object.entries(fields),
        ]),
      )

    it('takes them, hands them over and puts them off, and comes back to where one was', async () => {
      const both = [await newThread(), await newThread()]
      expect(await textOf(reviewer, '/queue')).toContain(`name="pick" value="${both[0]}:"`)
      const taken = await picked(
        reviewer,
        both.map((id) => `${id}:`),
        { do: 'take' },
      )
      expect(taken.headers.get('location')).toBe('/queue?view=open&who=nobody&done=picked')
      expect(await Promise.all(both.map(holderOf))).toEqual(['reviewer', 'reviewer'])

      const mine = both.map((id) => `${id}:${ids.reviewer}`)
      await picked(reviewer, mine, { do: 'hand', person: ids.second ?? '' })
      expect(await Promise.all(both.map(holderOf))).toEqual(['second', 'second'])

      await picked(reviewer, mine, { do: 'snooze', when: 'tomorrow' })
      expect(await listed('/queue', both)).toEqual([false, false])
      expect(await listed('/queue?view=snoozed', both)).toEqual([true, true])
    })

    it('says of each what was not done, and why', async () => {
      const [free, urgent] = [await newThread(), await newThread({ body: threat })]
      const answer = await picked(reviewer, [`${free}:`, `${urgent}:`, 'gone:'], {
        do: 'snooze',
        when: 'tomorrow',
      })
      const page = await answer.text()
      expect(page).toContain('1件を処理しました')
      expect(page).toContain('2件は処理されませんでした')
      expect(page).toContain(`/threads/${urgent}`)
      expect(page).toContain('スレッドがありません')
      expect(page).not.toContain('刺して')
    })

    it('takes nothing from somebody who took it meanwhile', async () => {
      const id = await newThread()
      await picked(second, [`${id}:`], { do: 'take' })
      await picked(reviewer, [`${id}:`], { do: 'take' })
      expect(await holderOf(id)).toBe('second')
    })

    it('asks for at least one, for a person, and for a date', async () => {
      const id = await newThread()
      expect((await picked(reviewer, [], { do: 'take' })).status).toBe(409)
      expect(await (await picked(reviewer, [`${id}:`], { do: 'hand' })).text()).toContain(
        '渡す相手を選んでください',
      )
      expect(await (await picked(reviewer, [`${id}:`], { do: 'snooze' })).text()).toContain(
        '90日以内',
      )
    })

    it('offers no box to who assigns nothing, and knows nothing of other mailboxes', async () => {
      const id = await newThread()
      const auditor = await site.as('auditor')
      expect(await textOf(auditor, '/queue')).not.toContain('name="pick"')
      expect((await picked(auditor, [`${id}:`], { do: 'take' })).status).toBe(403)
      await site.hire('elsewhere', ['reviewer'], { reviewer: ['nowhere'] })
      const elsewhere = await site.as('elsewhere')
      expect(await (await picked(elsewhere, [`${id}:`], { do: 'take' })).text()).toContain(
        'スレッドがありません',
      )
      expect(await holderOf(id)).toBeNull()
    })
  })
})
