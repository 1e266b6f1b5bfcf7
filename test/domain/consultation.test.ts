import { describe, expect, it } from 'vitest'
import {
  addedTo,
  answerReport,
  applyToReport,
  type Consultation,
  closeReport,
  deskFor,
  giveReportBack,
  namedIn,
  readsOnDesk,
  reportBecame,
  reportedAt,
  responseTimes,
  seesOnDesk,
  takeReport,
} from '../../src/domain/consultation.ts'
import { answerOf } from '../support/matters.ts'
import { ito, person, sato, takahashi, tanaka, watanabe } from '../support/people.ts'

const at = '2026-11-26T05:30:00.000Z'
const given: Consultation = {
  ...{ id: 'c', personId: 'sato', wish: 'confidential', hiddenFrom: [], receivedAt: at },
  ...{ assignee: null, firstAnsweredAt: null, state: 'open', incidentId: null },
}

describe('a report to the desk', () => {
  it('is seen by supervisors alone, but not by who is named, chosen, or its reporter', () => {
    const all = [sato, takahashi, ito, tanaka, watanabe]
    const ids = (over: Partial<Consultation>) =>
      deskFor(all, { ...given, ...over }).map(({ id }) => id)
    expect(ids({})).toEqual(['tanaka', 'watanabe'])
    expect(ids({ hiddenFrom: ['tanaka'] })).toEqual(['watanabe'])
    expect(ids({ personId: 'watanabe' })).toEqual(['tanaka'])
    expect(seesOnDesk({ ...given, hiddenFrom: ['tanaka'], assignee: 'tanaka' }, tanaka)).toBe(false)
  })

  it('is read by nobody before it is taken, and then by who took it', () => {
    expect(readsOnDesk(given, tanaka)).toBe(false)
    const taken = { ...given, assignee: 'tanaka' }
    expect([tanaka, watanabe, takahashi, ito].map((who) => readsOnDesk(taken, who))).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(answerOf(takeReport(taken, [tanaka], watanabe, at))).toBe('care_taken')
    expect(answerOf(takeReport(given, [], takahashi, at))).toBe('not_allowed')
    // Who was hidden from it since, or is no supervisor any more, holds it up for nobody.
    const gone = { ...tanaka, disabledAt: new Date(at) }
    expect(answerOf(takeReport(taken, [gone], watanabe, at))).toBe('accepted')
    expect(answerOf(giveReportBack(taken, watanabe, at))).toBe('not_allowed')
  })

  it('knows the names of those who are not to see it', () => {
    const staff = [
      { ...tanaka, name: '田中 由美子' },
      { ...watanabe, name: '渡辺　健' },
      person('lee', 'supervisor'),
    ]
    const named = (words: string) => namedIn(words, staff)
    expect(named('田中さんに怒鳴られました')).toEqual(['tanaka'])
    expect(named('渡辺 健さんと、Lee さん')).toEqual(['watanabe', 'lee'])
    expect(named('上司に怒鳴られました')).toEqual([])
    const taken = { ...given, assignee: 'tanaka', state: 'closed' as const }
    expect(addedTo(taken, ['tanaka'])).toMatchObject({
      assignee: null,
      hiddenFrom: ['tanaka'],
      state: 'open',
    })
    expect(addedTo(taken, [])).toMatchObject({ assignee: 'tanaka', state: 'open' })
  })

  it('is closed after an answer only, and an incident only where that is wished', () => {
    const taken = { ...given, assignee: 'tanaka' }
    expect(answerOf(closeReport(taken, tanaka, at))).toBe('consultation_unanswered')
    const answered = answerReport(taken, tanaka, at)
    if (answered.kind === 'refused') throw new Error(answered.reason)
    const next = applyToReport(taken, answered.events[0] as Parameters<typeof applyToReport>[1])
    expect(next.firstAnsweredAt).toBe(at)
    expect(answerOf(closeReport(next, tanaka, at))).toBe('accepted')
    expect(answerOf(reportBecame(next, 'i', tanaka, at))).toBe('consultation_confidential')
    const wished = { ...next, wish: 'incident' as const }
    expect(answerOf(reportBecame(wished, 'i', watanabe, at))).toBe('not_allowed')
    expect(answerOf(reportBecame(wished, 'i', tanaka, at))).toBe('accepted')
  })

  it('keeps the day alone where nobody is to know who it was', () => {
    expect(reportedAt(at, false)).toBe(at)
    expect(reportedAt(at, true)).toBe('2026-11-25T15:00:00.000Z')
    expect(reportedAt('2026-11-26T15:01:00.000Z', true)).toBe('2026-11-26T15:00:00.000Z')
  })

  it('is measured by the time to its first answer, by the hour or by the day', () => {
    const after = (hours: number) => new Date(Date.parse(at) + hours * 3_600_000).toISOString()
    const named = [2, 4, 9].map((hours) => ({ ...given, firstAnsweredAt: after(hours) }))
    const without = { ...given, personId: null, receivedAt: reportedAt(at, true) }
    const anonymous = [1, 30].map((hours) => ({ ...without, firstAnsweredAt: after(hours) }))
    expect(responseTimes([...named, ...anonymous, given])).toEqual({
      answered: 5,
      waiting: 1,
      medianHours: 4,
      medianDays: 0.5,
    })
    expect(responseTimes([given])).toMatchObject({ medianHours: null, medianDays: null })
  })
})
