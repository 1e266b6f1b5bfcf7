import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DrillAnswer, Expected } from '../../src/domain/drill.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Opinion } from '../../src/domain/review.ts'
import { openCase } from '../../src/flow/drill-case.ts'
import { answerDrill, beginDrill, passDrillCase } from '../../src/flow/drills.ts'
import type { House } from '../../src/flow/house.ts'
import { review } from '../../src/flow/review.ts'
import { tell } from '../../src/flow/told.ts'
import { noteTraining, takeBackTraining } from '../../src/flow/trainings.ts'
import { verify } from '../../src/flow/verify.ts'
import { engines } from '../support/database.ts'
import { threadHolding } from '../support/found.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const all = { superiorPosition: true, improperConduct: true, harmToWorkEnvironment: true }
const answerOf = (expected: Expected): DrillAnswer => ({ ...expected, elements: all })
const isOrdinary: DrillAnswer = {
  ...{ outcome: 'ordinary', categories: [], severity: 0 },
  elements: { ...all, superiorPosition: false },
}

describe.each(engines)('drills on %s', { timeout: 180_000 }, (engine) => {
  let site: TestSite
  let house: House
  let named: (name: string) => Person

  beforeEach(async () => {
    site = await openSite(engine)
    house = site.house
    await site.hire('novice', ['reviewer'])
    await site.hire('elsewhere', ['reviewer'], { reviewer: ['no-such-mailbox'] })
    named = await staffOf(site)
  })
  afterEach(() => site.close())

  const decide = async (words: string, opinion: Opinion) => {
    const threadId = (await threadHolding(house.store, words)) ?? ''
    for (const name of ['reviewer', 'second']) {
      await review(house, threadId, { revision: 1, opinion }, named(name))
    }
    return threadId
  }
  const twoDecided = async () => {
    const harsh = testMail({ subject: '返品', body: '無能の担当者の佐藤を出せ。お前はゴミだ。' })
    await site.deliver(harsh, testMail({ subject: '領収書', body: '領収書をください。' }))
    return [await decide('無能', harassment()), await decide('領収書', ordinary)]
  }
  const start = async (name: string, pack: 'mixed' | 'threat' = 'mixed') => {
    const started = await beginDrill(house, { personId: named(name).id, pack }, named(name))
    if (started.kind === 'refused') throw new Error(started.reason)
    return started.drillId
  }
  const finish = async (drillId: string, name: string, wrong = 0) => {
    for (const { place, ref } of await house.store.drills.casesOf(drillId)) {
      const expected = (await openCase(house, ref, named(name)))?.expected
      if (!expected) throw new Error('no case')
      const answer = place > wrong ? answerOf(expected) : isOrdinary
      expect(await answerDrill(house, drillId, { place, answer }, named(name))).toEqual({
        kind: 'done',
      })
    }
  }
  const threadsIn = async (drillId: string) =>
    (await house.store.drills.casesOf(drillId)).flatMap(({ ref }) =>
      ref.kind === 'mail' ? [ref.threadId] : [],
    )

  it('ask about decided mail first, and never about what one took part in or cannot read', async () => {
    const threads = await twoDecided()
    expect((await threadsIn(await start('novice'))).toSorted()).toEqual(threads.toSorted())
    for (const name of ['reviewer', 'second', 'elsewhere']) {
      expect(await threadsIn(await start(name)), name).toEqual([])
    }
  })

  it('take ten cases not seen before, the same ones for the same person, and repeat none', async () => {
    const first = await start('novice')
    const again = await start('second')
    const keysOf = async (id: string) =>
      (await house.store.drills.casesOf(id)).map(({ ref }) => JSON.stringify(ref))
    const [one, other] = [await keysOf(first), await keysOf(again)]
    expect(one).toHaveLength(10)
    expect(other).toEqual(one)
    await finish(first, 'novice')
    const next = await keysOf(await start('novice'))
    expect(next).toHaveLength(10)
    expect(next.filter((key) => one.includes(key))).toEqual([])
    const open = { personId: named('novice').id, pack: 'mixed' as const }
    expect(await beginDrill(house, open, named('novice'))).toMatchObject({ reason: 'drill_open' })
  })

  it('leave a record with agreement, and nobody’s answers, in the log that verify replays', async () => {
    await finish(await start('novice'), 'novice', 10)
    await finish(await start('novice', 'threat'), 'novice')
    const log = (await Array.fromAsync(house.store.log.all())).flat()
    const records = log.flatMap(({ event }) => (event.kind === 'drill_completed' ? [event] : []))
    expect(records[0]).toMatchObject({
      ...{ pack: 'mixed', cases: 10, personId: named('novice').id },
      agreement: { agreed: 4, exact: 4 },
      policyVersion: house.policy.version,
    })
    expect(records[1]).toMatchObject({ pack: 'threat', agreement: null })
    const answered = log.filter(({ event }) => event.kind === 'drill_answered')
    expect(answered.length).toBeGreaterThan(10)
    for (const { content } of answered) expect(content).not.toMatch(/ordinary|harassment|threat/)
    expect((await verify(house.store)).flaws).toEqual([])
    await site.database.sql(`update drills set agreed = 10 where pack = 'mixed'`)
    expect((await verify(house.store)).flaws).toEqual([expect.stringContaining('drill')])
    await expect(
      site.database.sql(`update drill_cases set state = 'left_out' where state = 'answered'`),
    ).rejects.toThrow('never changes')
  })

  it('ask for what a review asks for, once, and only of whose drill it is', async () => {
    const drillId = await start('novice', 'threat')
    const given = (over: Partial<DrillAnswer>) => ({
      place: 1,
      answer: answerOf({ outcome: 'harassment', categories: ['threat'], severity: 2, ...over }),
    })
    const by = (name: string, over: Partial<DrillAnswer> = {}) =>
      answerDrill(house, drillId, given(over), named(name))
    expect(await by('novice', { categories: [] })).toMatchObject({ reason: 'category_missing' })
    expect(await by('novice', { severity: 0 })).toMatchObject({ reason: 'severity_missing' })
    const partly = { ...given({}), answer: { ...given({}).answer, elements: isOrdinary.elements } }
    expect(await answerDrill(house, drillId, partly, named('novice'))).toMatchObject({
      reason: 'drill_element_missing',
    })
    await expect(by('supervisor')).rejects.toThrow('no drill')
    expect(await by('novice')).toEqual({ kind: 'done' })
    expect(await by('novice')).toMatchObject({ reason: 'drill_answered_already' })
  })

  it('go on without mail that was decided anew, and keep no word of it', async () => {
    const [harsh] = await twoDecided()
    const drillId = await start('novice')
    const cases = await house.store.drills.casesOf(drillId)
    const at = cases.findIndex(({ ref }) => ref.kind === 'mail' && ref.threadId === harsh) + 1
    expect(await passDrillCase(house, drillId, at, named('novice'))).toMatchObject({
      reason: 'changed_meanwhile',
    })
    await site.deliver(testMail({ subject: 'Re: 返品', body: 'まだですか。' }))
    const [asked] = cases.filter(({ place }) => place === at)
    if (!asked) throw new Error('no case')
    const still = await openCase(house, asked.ref, named('novice'))
    expect(still?.mails.map(({ subject }) => subject)).toEqual(['返品'])
    for (const name of ['reviewer', 'second']) {
      await review(house, harsh ?? '', { revision: 2, opinion: ordinary }, named(name))
    }
    expect(await openCase(house, asked.ref, named('novice'))).toBeNull()
    expect(await passDrillCase(house, drillId, at, named('novice'))).toEqual({ kind: 'done' })
    const kept = await site.database.sql('select * from drill_cases')
    expect(JSON.stringify(kept)).not.toMatch(/無能|ゴミ|返品|佐藤/)
  })

  it('show a case without names, up to the decision, with the reasons that name nobody', async () => {
    await site.hire('佐藤 美咲', ['reviewer'])
    const [harsh] = await twoDecided()
    const drillId = await start('novice')
    const cases = await house.store.drills.casesOf(drillId)
    const one = cases.find(({ ref }) => ref.kind === 'mail' && ref.threadId === harsh)
    if (!one) throw new Error('no case')
    const opened = await openCase(house, one.ref, named('novice'))
    const [mail] = opened?.mails ?? []
    expect(opened?.anonymise(mail?.text ?? '')).toBe(
      '無能の担当者の〔担当者1〕を出せ。お前はゴミだ。',
    )
    expect(opened?.reasons).toEqual(['三通にわたり担当者個人を侮辱している'])
    expect(await openCase(house, one.ref, named('elsewhere'))).toBeNull()
  })

  it('are given by supervisors, who also put down what was held elsewhere and take it back', async () => {
    const wish = { personId: named('novice').id, pack: 'threat' as const }
    expect(await beginDrill(house, wish, named('second'))).toMatchObject({ reason: 'not_allowed' })
    await tell(house)
    expect(await beginDrill(house, wish, named('supervisor'))).toMatchObject({ kind: 'started' })
    await tell(house)
    const told = await site.database.sql('select kind, person_id from notifications')
    expect(told).toEqual([{ kind: 'drill_given', person_id: wish.personId }])
    const admin = { ...wish, personId: named('admin').id }
    expect(await beginDrill(house, admin, named('supervisor'))).toMatchObject({
      reason: 'person_gone',
    })
    const given = { title: '外部講師の講義', heldOn: '2026-04-01', personIds: [wish.personId] }
    const note = (over: Partial<typeof given>, name = 'supervisor') =>
      noteTraining(house, { ...given, ...over }, named(name))
    expect(await note({}, 'auditor')).toMatchObject({ reason: 'not_allowed' })
    expect(await note({ title: ' ' })).toMatchObject({ reason: 'training_title_missing' })
    expect(await note({ heldOn: '2026-02-31' })).toMatchObject({ reason: 'training_day_wrong' })
    expect(await note({ heldOn: '2099-01-01' })).toMatchObject({ reason: 'training_day_wrong' })
    expect(await note({ personIds: [] })).toMatchObject({ reason: 'training_nobody' })
    expect(await note({})).toEqual({ kind: 'done' })
    const [training] = await house.store.trainings.list()
    await takeBackTraining(house, training?.id ?? '', named('supervisor'))
    expect(await house.store.trainings.list()).toEqual([])
    expect((await verify(house.store)).flaws).toEqual([])
    await site.database.sql(`update trainings set title = 'x'`)
    expect((await verify(house.store)).flaws).toEqual([expect.stringContaining('training')])
  })
})
