import { randomUUID } from 'node:crypto'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf } from '../../src/domain/business-day.ts'
import { dutyGroups, findingsOf } from '../../src/domain/duties.ts'
import type { DutyFacts } from '../../src/domain/duty-facts.ts'
import { chosenDays, dutyYear, lastDays, wholeMonths } from '../../src/domain/duty-period.ts'
import { endCareTask, makeCareTask } from '../../src/flow/care-tasks.ts'
import { report } from '../../src/flow/consultation.ts'
import { actAtDesk, answerAtDesk } from '../../src/flow/consultation-desk.ts'
import { dutyFacts } from '../../src/flow/duties.ts'
import { confirmPolicy, hashOfPolicy } from '../../src/flow/policy.ts'
import { noteTraining } from '../../src/flow/trainings.ts'
import { jaDuty } from '../../src/text/ja.duty.ts'
import { newKey } from '../../src/vault.ts'
import { suspendSomebody } from '../support/affair.ts'
import { engines } from '../support/database.ts'
import { staffOf } from '../support/notices.ts'
import { openSite, type TestSite } from '../support/site.ts'

const dayMs = 86_400_000

describe('the period of a report of duties', () => {
  it('is a year from the first of October, as the law began on one', () => {
    expect(dutyYear('2026-11-27')).toEqual({ from: '2026-10-01', to: '2026-11-27' })
    expect(dutyYear('2027-09-30')).toEqual({ from: '2026-10-01', to: '2027-09-30' })
    expect(lastDays('2026-11-27', 30)).toEqual({ from: '2026-10-29', to: '2026-11-27' })
  })

  it('ends today at the latest, and goes back five years at most', () => {
    const today = '2026-11-27'
    expect(chosenDays('2026-11-01', '2027-01-01', today)).toEqual({ from: '2026-11-01', to: today })
    expect(chosenDays('2026-11-28', '2026-11-30', today)).toBeNull()
    expect(chosenDays('2001-01-01', today, today)?.from).toBe('2021-11-23')
  })

  it.each([
    ['2026-10-01', '2026-11-27', { from: '2026-10-01', to: '2026-10-31' }],
    ['2026-10-02', '2026-11-30', { from: '2026-11-01', to: '2026-11-30' }],
    ['2026-12-31', '2027-02-28', { from: '2027-01-01', to: '2027-02-28' }],
    ['2026-11-02', '2026-11-30', null],
    ['2026-10-15', '2026-11-14', null],
  ])('%s to %s holds these whole months', (from, to, whole) => {
    expect(wholeMonths({ from, to })).toEqual(whole)
  })
})

/** What a reader finds in a PDF. */
async function wordsIn(pdf: Buffer): Promise<string> {
  const loading = getDocument({ data: new Uint8Array(pdf), verbosity: 0 })
  const file = await loading.promise
  const pages = Array.from({ length: file.numPages }, async (_, at) => {
    const { items } = await (await file.getPage(at + 1)).getTextContent()
    return items.map((item) => ('str' in item ? item.str : '')).join('')
  })
  const words = (await Promise.all(pages)).join('')
  await loading.destroy()
  return words
}

describe.each(engines)('the report of duties on %s', { timeout: 180_000 }, (engine) => {
  let site: TestSite
  beforeAll(async () => {
    site = await openSite(engine, { MAMORI_ENCRYPTION_KEY: newKey() })
    await site.house.rulebook.announce()
    await suspendSomebody(site)
    const { house } = site
    const named = await staffOf(site)
    await confirmPolicy(house, hashOfPolicy(house.policy), named('reviewer'))
    const personIds = [named('reviewer').id, named('second').id]
    const course = { title: '講義', heldOn: dayOf(house.now()), personIds }
    const boss = named('supervisor')
    await noteTraining(house, course, boss)
    for (const kind of ['talk', 'week', 'month'] as const) {
      await makeCareTask(house, { personId: named('reviewer').id, kind }, boss)
    }
    const [task] = await house.store.careTasks.openOf(boss.id)
    await endCareTask(house, task?.id ?? '', 'done', boss)
  }, 120_000)
  afterAll(() => site.close())

  const today = () => dayOf(site.house.now())
  const facts = () => dutyFacts(site.house, lastDays(today(), 365), null)

  it('counts what happened in the period, and nothing of another one', async () => {
    const found: DutyFacts = await facts()
    expect(found).toMatchObject({
      policy: { staff: 5, confirmed: 1, given: 1, hasProse: true },
      desk: { carers: 1 },
      decisions: { harassment: { agreed: 1, settled: 0 }, found: 1 },
      measures: { warnings: 0, suspensions: 1, inForce: 1 },
      training: { people: 2, held: 1, drills: 0 },
      exports: { n: 0, last: null },
      sealed: true,
      retentionRuns: false,
    })
    expect(found.policy.since).not.toBeNull()
    expect(found.measures.toForce).toBeGreaterThanOrEqual(0)
    expect(found.care).toEqual({ offered: 3, done: 1, declined: 0, overdue: 0 })
    expect(findingsOf(found)).toMatchObject({
      ...{ words: { state: 'shown' }, known: { state: 'part' }, public: { state: 'none' } },
      ...{
        desk: { state: 'part' },
        two_people: { state: 'shown' },
        protection: { state: 'shown' },
      },
      ...{ care: { state: 'shown' }, training: { state: 'part' }, outside: { state: 'part' } },
      ...{ privacy: { state: 'part' }, no_disadvantage: { state: 'part' } },
    })
    const before = { from: '2020-01-01', to: '2020-12-31' }
    const empty = await dutyFacts(site.house, before, null)
    expect(empty).toMatchObject({
      policy: { given: 0 },
      decisions: { found: 0 },
      measures: { suspensions: 0, toDecision: null },
      care: { offered: 0, overdue: 0 },
      training: { people: 0 },
    })
    expect(findingsOf(empty).two_people.state).toBe('part')
  })

  it('tells of no single report to the desk, whatever days somebody chooses', async () => {
    const { house } = site
    const named = await staffOf(site)
    const goThere = async (times: number) => {
      for (let n = 0; n < times; n += 1) {
        const given = { id: randomUUID(), words: 'つらい', hiddenFrom: [] }
        const outcome = await report(house, { ...given, wish: 'confidential' }, named('reviewer'))
        expect(outcome.kind).toBe('reported')
      }
      site.pass(40 * dayMs)
    }
    const said = async () => {
      const { state, figures } = findingsOf(await facts()).answers
      return { state, ...Object.fromEntries(figures.filter(([key]) => key !== 'over')) }
    }
    const nothing = await said()
    await goThere(1)
    expect(await said()).toEqual(nothing)
    await goThere(3)
    expect(await said()).toEqual(nothing)
    await goThere(1)
    const boss = named('supervisor')
    for (const { id } of await house.store.consultations.list(house.now())) {
      await actAtDesk(house, id, 'take', boss)
      await answerAtDesk(house, id, 'お話を聞かせてください', boss)
    }
    const five = { is: 'people', n: 5 }
    expect(await said()).toMatchObject({ state: 'shown', reports: five, answered: five })
    const short = { from: today(), to: today() }
    expect((await dutyFacts(house, short, null)).desk).toMatchObject({ over: null, reports: 0 })
  })

  it('is a page, HTML and a PDF that say the same, byte by byte the same for the same record', async () => {
    const boss = await site.as('supervisor')
    const from = `/duties/report.pdf?from=2026-10-01&to=${today()}`
    const made = async () => Buffer.from(await (await boss.get(from)).arrayBuffer())
    const pdf = await made()
    expect(pdf.equals(await made())).toBe(true)
    const words = await wordsIn(pdf)
    const page = await (await boss.get('/duties')).text()
    const html = await (await boss.get('/duties/report.html')).text()
    for (const key of Object.values(dutyGroups).flat()) {
      for (const text of [words, page, html]) expect(text, key).toContain(jaDuty[key].title)
    }
    expect(words).toContain('5のうち1（20％）')
    expect(page).toContain('5のうち1（20％）')
    const english = { 'accept-language': 'en' }
    await boss.post('/language', { language: 'en', next: '/' }, english)
    const inEnglish = await (await boss.get('/duties/report.html')).text()
    expect(inEnglish).toContain('For the employer to add')
    expect(inEnglish).not.toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u)
    await boss.post('/language', { language: 'ja', next: '/' })
  })

  it('is for those who answer for the whole house, and says where dates are none', async () => {
    expect((await (await site.as('reviewer')).get('/duties')).status).toBe(403)
    await site.hire('partly', ['supervisor'], { supervisor: ['support'] })
    expect((await (await site.as('partly')).get('/duties')).status).toBe(403)
    for (const name of ['auditor', 'admin']) {
      const page = await (await site.as(name)).get('/duties?from=2026-13-01&to=x')
      expect(await page.text()).toContain('日付を確かめてください')
    }
  })
})
