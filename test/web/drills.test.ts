import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '../../src/domain/person.ts'
import { openCase } from '../../src/flow/drill-case.ts'
import { beginDrill } from '../../src/flow/drills.ts'
import { review } from '../../src/flow/review.ts'
import { threadHolding } from '../support/found.ts'
import { harassment } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const harsh = 'お前は無能だ。担当の佐藤を出せ。'

describe('the pages of training', { timeout: 120_000 }, () => {
  let site: TestSite
  let threadId: string

  beforeAll(async () => {
    site = await openSite()
    await site.hire('novice', ['reviewer'])
    await site.deliver(
      testMail({ subject: '返品', body: `電話は03-1234-5678です。返品したい。${harsh}` }),
    )
    threadId = (await threadHolding(site.house.store, '返品したい')) ?? ''
    const named = await staffOf(site)
    for (const name of ['reviewer', 'second']) {
      const given = { revision: 1, opinion: harassment() }
      await review(site.house, threadId, given, named(name))
    }
  }, 120_000)
  afterAll(() => site.close())

  const signedIn = new Map<string, Promise<Visitor>>()
  const as = (name: string) => {
    const visitor = signedIn.get(name) ?? site.as(name)
    signedIn.set(name, visitor)
    return visitor
  }
  const novice = () => as('novice')
  const begin = async (visitor: Visitor, pack: string) =>
    (await visitor.post('/drills', { pack })).headers.get('location') ?? ''
  const textOf = async (visitor: Visitor, path: string) => (await visitor.get(path)).text()
  const casesOf = (path: string) => site.house.store.drills.casesOf(path.replace('/drills/', ''))
  const expectedOf = async (path: string, place: number) => {
    const ref = (await casesOf(path))[place - 1]?.ref
    const who = (await staffOf(site))('novice')
    const expected = ref && (await openCase(site.house, ref, who))?.expected
    if (!expected) throw new Error('no case')
    return expected
  }
  /** Answers as decided, or that all of it is ordinary. */
  const answer = async (visitor: Visitor, path: string, place: number, rightly: boolean) => {
    const { outcome, categories, severity } = await expectedOf(path, place)
    const harassed = rightly && outcome === 'harassment'
    const form = new URLSearchParams({ csrf: visitor.csrf, case: String(place) })
    form.set('verdict', harassed ? 'harassment' : 'ordinary')
    if (harassed) {
      for (const code of categories) form.append('category', code)
      form.set('severity', String(severity))
      for (const name of ['superiorPosition', 'improperConduct', 'harmToWorkEnvironment']) {
        form.set(name, 'yes')
      }
    }
    return visitor.postForm(`${path}/answers`, form)
  }

  it('ask about real mail blind: no name, no harsh word, no outcome and no way to the thread', async () => {
    const visitor = await novice()
    const path = await begin(visitor, 'verbal_abuse')
    const real = (await casesOf(path)).findIndex(({ ref }) => ref.kind === 'mail') + 1
    for (let place = 1; place < real; place += 1) await answer(visitor, path, place, true)
    const page = await textOf(visitor, path)
    expect(page).toContain('返品したい')
    expect(page).toContain('〔電話番号〕')
    for (const word of ['03-1234', '佐藤', '無能', threadId, '三通にわたり', '決まった判断']) {
      expect(page, word).not.toContain(word)
    }
    expect(page).not.toContain('checked')
  })

  it('show a passage on demand without its names, and put that on record of real mail alone', async () => {
    const visitor = await novice()
    const path = `/drills/${(await site.house.store.drills.ofPerson((await staffOf(site))('novice').id))[0]?.id}`
    const page = await textOf(visitor, path)
    const place = /name="place" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const at = /name="case" value="(\d+)"/.exec(page)?.[1] ?? ''
    const opened = await visitor.post(`${path}/passages`, { case: at, mail: '0', place })
    const shown = await textOf(visitor, opened.headers.get('location')?.split('#')[0] ?? '')
    expect(shown).toContain('お前は無能だ')
    expect(shown).toContain('〔担当者1〕')
    expect(shown).not.toContain('佐藤')
    const count = async () => (await site.database.sql('select * from exposures')).length
    expect(await count()).toBe(1)
    const own = await begin(visitor, 'threat')
    let case_ = 1
    while (!(await textOf(visitor, own)).includes('kept-back')) {
      await answer(visitor, own, case_, true)
      case_ += 1
    }
    const [, hidden = ''] = /name="place" value="([^"]+)"/.exec(await textOf(visitor, own)) ?? []
    const asked = { case: String(case_), mail: '0', place: hidden }
    const answered = await visitor.post(`${own}/passages`, asked)
    expect(await textOf(visitor, answered.headers.get('location')?.split('#')[0] ?? '')).toContain(
      'data-revealed',
    )
    expect(await count()).toBe(1)
  })

  it('say after an answer where it differs and why, and keep the drill for its person', async () => {
    const visitor = await novice()
    const named = await staffOf(site)
    const [, abuse] = (await site.house.store.drills.ofPerson(named('novice').id)).map(
      ({ id }) => `/drills/${id}`,
    )
    const path = abuse ?? ''
    const real = (await casesOf(path)).findIndex(({ ref }) => ref.kind === 'mail') + 1
    const answered = await answer(visitor, path, real, false)
    const page = await textOf(visitor, answered.headers.get('location')?.split('#')[0] ?? '')
    expect(page).toContain('決まった判断と違うところがあります')
    expect(page).toContain('選ばなかった分類：暴言')
    expect(page).toContain('三通にわたり担当者個人を侮辱している')
    expect(page).toContain('大声、暴言で執拗にオペレーターを責める')
    expect(page).not.toContain('無能')
    for (const name of ['second', 'supervisor']) {
      expect((await (await as(name)).get(path)).status, name).toBe(404)
      expect((await answer(await as(name), path, 1, true)).status, name).toBe(404)
    }
    expect((await (await as('auditor')).get(path)).status).toBe(403)
  })

  it('count one’s own answers, certify what was completed, and show others no figure below ten', async () => {
    const visitor = await novice()
    const named = await staffOf(site)
    for (const { id, cases, passed } of await site.house.store.drills.ofPerson(
      named('novice').id,
    )) {
      for (let place = passed + 1; place <= cases; place += 1) {
        await answer(visitor, `/drills/${id}`, place, true)
      }
    }
    expect(await textOf(visitor, '/drills')).toMatch(/暴言<\/td>.*件中.*％/)
    const certificates = await textOf(visitor, '/drills/certificates')
    expect(certificates).toContain('novice さんは、次の研修を修了しました。')
    expect(certificates).toMatch(/2024-10/)
    const csv = await textOf(await as('auditor'), '/drills/records.csv')
    const [, ...rows] = csv.trim().split('\r\n')
    const small = rows.find((row) => row.includes('脅迫'))
    expect(small).toMatch(/^"novice","\d{4}-\d\d-\d\d","演習","脅迫",\d,"","","2024-10"$/)
  })

  it('let supervisors give drills and put down other training, by name and without ranking', async () => {
    const named = await staffOf(site)
    const supervisor = await as('supervisor')
    const to = { person: named('second').id, pack: 'mixed' }
    expect((await supervisor.post('/drills/records/drills', to)).status).toBe(303)
    expect(await textOf(await as('second'), '/drills')).toContain('10件中0件まで')
    const given = { title: '=外部講師の講義', day: '2026-04-01', person: named('novice').id }
    expect((await supervisor.post('/drills/records', given)).status).toBe(303)
    expect((await supervisor.post('/drills/records', { ...given, day: '2099-01-01' })).status).toBe(
      409,
    )
    const records = await textOf(supervisor, '/drills/records')
    expect(records).toContain('外部講師の講義')
    const order = ['admin', 'auditor', 'novice', 'reviewer', 'second', 'supervisor'].map((name) =>
      records.indexOf(`<td data-label="氏名">${name}</td>`),
    )
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(await textOf(supervisor, '/drills/records.csv')).toContain("'=外部講師の講義")
    expect(await textOf(await novice(), '/drills/certificates')).toContain('外部講師の講義')
    const withdrawal = /\/drills\/records\/[\w-]+\/withdrawal/.exec(records)?.[0] ?? ''
    expect((await (await as('auditor')).post(withdrawal)).status).toBe(403)
    expect((await supervisor.post(withdrawal)).status).toBe(303)
    expect(await textOf(supervisor, '/drills/records')).not.toContain('外部講師の講義')
    const may = { reviewer: 403, supervisor: 200, auditor: 200, admin: 403 }
    for (const role of roles) {
      expect((await (await as(role)).get('/drills/records')).status, role).toBe(may[role])
    }
  })

  it('give nobody a drill who can take none', async () => {
    const named = await staffOf(site)
    const wish = { personId: named('auditor').id, pack: 'mixed' as const }
    expect(await beginDrill(site.house, wish, named('supervisor'))).toMatchObject({
      reason: 'person_gone',
    })
  })
})
