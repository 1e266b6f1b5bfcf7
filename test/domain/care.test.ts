import { describe, expect, it } from 'vitest'
import {
  businessDayFrom,
  businessDaysAfter,
  dayOf,
  isBusinessDay,
  isHoliday,
  monthAfter,
} from '../../src/domain/business-day.ts'
import {
  applyToTask,
  type CareBooks,
  type CareTask,
  careDue,
  careFor,
  declineTask,
  finishTask,
  handTask,
  madeEvents,
  mayOpen,
  noteTask,
  takeTask,
  tasksFor,
} from '../../src/domain/care.ts'
import { careTellingsOf } from '../../src/domain/care-told.ts'
import { houseKinds } from '../../src/domain/told.kinds.ts'
import { answerOf } from '../support/matters.ts'
import { ito, sato, suzuki, takahashi, tanaka, watanabe } from '../support/people.ts'

/** Thursday, ten in the morning in Tokyo. */
const at = '2026-11-26T01:00:00.000Z'

describe('days on which people in Japan are at work', () => {
  it.each([
    ['2026-01-01', '元日'],
    ['2026-01-12', '成人の日'],
    ['2026-03-20', '春分の日'],
    ['2026-05-06', '振替休日: 5/3 is a Sunday, and 5/4 and 5/5 are holidays'],
    ['2026-07-20', '海の日'],
    ['2026-09-22', '国民の休日: between two holidays'],
    ['2026-09-23', '秋分の日'],
    ['2024-02-12', '振替休日 of 2/11'],
    ['2027-03-22', '振替休日 of the equinox on a Sunday'],
    ['2026-11-23', '勤労感謝の日'],
  ])('leave out %s, %s', (day) => {
    expect(isHoliday(day)).toBe(true)
    expect(isBusinessDay(day)).toBe(false)
  })

  it('leave out weekends and the turn of the year, and nothing else', () => {
    expect(businessDayFrom('2026-12-29')).toBe('2027-01-04')
    expect(businessDayFrom('2026-11-28')).toBe('2026-11-30')
    expect(['2026-09-24', '2026-11-24', '2026-12-28', '2026-05-07'].every(isBusinessDay)).toBe(true)
    expect(businessDaysAfter('2026-09-18', 1)).toBe('2026-09-24')
    expect(businessDaysAfter('2026-11-20', 3)).toBe('2026-11-26')
  })

  it('are counted by Japan’s calendar', () => {
    expect(dayOf('2026-11-26T14:59:59.999Z')).toBe('2026-11-26')
    expect(dayOf('2026-11-26T15:00:00.000Z')).toBe('2026-11-27')
    expect([monthAfter('2027-01-31'), monthAfter('2026-12-15')]).toEqual([
      '2027-02-28',
      '2027-01-15',
    ])
  })
})

describe('care that is due', () => {
  it('is contact on the same day, as far as it is one', () => {
    expect(careDue('contact', at)).toBe('2026-11-26')
    // Seven in the evening, and Saturday.
    expect(careDue('contact', '2026-11-26T10:00:00.000Z')).toBe('2026-11-27')
    expect(careDue('contact', '2026-11-28T01:00:00.000Z')).toBe('2026-11-30')
  })

  it('is followed up after a week and a month, on a day of work', () => {
    expect(careDue('talk', at)).toBe('2026-12-01')
    expect(careDue('week', at)).toBe('2026-12-03')
    expect(careDue('month', at)).toBe('2026-12-28')
    expect(careDue('month', '2026-12-02T01:00:00.000Z')).toBe('2027-01-04')
  })

  it('is more for who was hit, and a referral for what is grave', () => {
    expect(careFor('exposed', 3)).toEqual(['contact', 'week', 'month'])
    expect(careFor('attacked', 2)).not.toContain('referral')
    expect(careFor('was_there', 3)).toContain('referral')
  })
})

describe('tasks after an act', () => {
  const books: CareBooks = {
    people: [sato, suzuki, takahashi, tanaka, watanabe],
    busy: new Map([['tanaka', 2]]),
    open: new Map(),
  }
  const about = { severity: 2, mailboxId: 'mailbox-1' } as const
  let n = 0
  const newId = () => {
    n += 1
    return `task-${n}`
  }
  const make = (hits: Parameters<typeof tasksFor>[0], over: Partial<CareBooks> = {}) =>
    tasksFor(hits, about, { ...books, ...over }, at, newId)
  const carers = (tasks: readonly CareTask[]) => [...new Set(tasks.map((one) => one.assignee))]

  it('go to the supervisor who has least, never to the person or to another who was hit', () => {
    const attacked = { personId: 'sato', why: 'attacked' } as const
    expect(carers(make([attacked]))).toEqual(['watanabe'])
    expect(carers(make([{ personId: 'watanabe', why: 'exposed' }]))).toEqual(['tanaka'])
    expect(carers(make([attacked, { personId: 'watanabe', why: 'attacked' }]))).toEqual(['tanaka'])
    const elsewhere = { ...watanabe, within: { supervisor: ['other'] } }
    expect(carers(make([attacked], { people: [sato, elsewhere] }))).toEqual([null])
  })

  it('are given by turns, so that nobody has all of them', () => {
    const tasks = make(
      [
        { personId: 'sato', why: 'attacked' },
        { personId: 'suzuki', why: 'attacked' },
      ],
      { busy: new Map() },
    )
    expect(carers(tasks)).toEqual(['tanaka', 'watanabe'])
  })

  it('ask nobody the same thing twice, and nobody who has left', () => {
    const open = new Map([['sato', new Set(['contact', 'talk'] as const)]])
    const kinds = make([{ personId: 'sato', why: 'attacked' }], { open }).map(({ kind }) => kind)
    expect(kinds).toEqual(['week', 'stress_check', 'month'])
    const gone = { ...sato, disabledAt: new Date(at) }
    expect(make([{ personId: 'sato', why: 'attacked' }], { people: [gone, tanaka] })).toEqual([])
  })

  it('are in the log without the person they are for', () => {
    const events = madeEvents(make([{ personId: 'sato', why: 'attacked' }]), null)
    expect(events).toHaveLength(5)
    expect(JSON.stringify(events)).not.toMatch(/sato|attacked/)
  })
})

describe('a care task', () => {
  const task: CareTask = {
    ...{ id: 't', kind: 'talk', why: 'attacked', personId: 'sato', assignee: 'tanaka' },
    ...{ madeAt: at, dueOn: '2026-11-26', state: 'open', endedAt: null },
  }

  it('is open to the person and to the supervisor who has it, and to nobody else', () => {
    const all = [sato, suzuki, takahashi, ito, tanaka, watanabe]
    expect(all.filter((who) => mayOpen(task, who)).map(({ id }) => id)).toEqual(['sato', 'tanaka'])
    const former = { ...tanaka, roles: ['reviewer' as const] }
    expect(mayOpen(task, former)).toBe(false)
    for (const who of [suzuki, takahashi, ito, watanabe]) {
      expect(answerOf(noteTask(task, 'n', who, at))).toBe('not_allowed')
      expect(answerOf(finishTask(task, who, at))).toBe('not_allowed')
    }
  })

  it('is done by either, declined by the person alone, and then closed', () => {
    expect(answerOf(declineTask(task, tanaka, at))).toBe('not_allowed')
    for (const ended of [finishTask(task, tanaka, at), declineTask(task, sato, at)]) {
      if (ended.kind === 'refused') throw new Error(ended.reason)
      const [event] = ended.events
      expect(event).not.toMatchObject({ by: 'sato' })
      const closed = applyToTask(task, event as Parameters<typeof applyToTask>[1])
      expect(answerOf(finishTask(closed, tanaka, at))).toBe('care_closed')
    }
  })

  it('is taken where nobody has it, or its supervisor is none any more', () => {
    expect(answerOf(takeTask(task, tanaka, watanabe, at))).toBe('care_taken')
    expect(answerOf(takeTask({ ...task, assignee: null }, null, watanabe, at))).toBe('accepted')
    const left = { ...tanaka, disabledAt: new Date(at) }
    expect(answerOf(takeTask(task, left, watanabe, at))).toBe('accepted')
    expect(answerOf(takeTask({ ...task, assignee: null }, null, sato, at))).toBe('not_allowed')
    const own = { ...task, personId: 'watanabe', assignee: null }
    expect(answerOf(takeTask(own, null, watanabe, at))).toBe('not_allowed')
  })

  it('is handed on by who has it, to another supervisor who is not the person', () => {
    expect(answerOf(handTask(task, watanabe, tanaka, at))).toBe('accepted')
    expect(answerOf(handTask(task, watanabe, watanabe, at))).toBe('not_allowed')
    for (const to of [tanaka, suzuki, ito]) {
      expect(answerOf(handTask(task, to, tanaka, at))).toBe('care_cannot_have')
    }
  })

  it('is told of when it is due and once more when it is late, with no word of it', () => {
    const told = (over: Partial<CareTask>, today: string) =>
      careTellingsOf({ ...task, ...over }, today).map(({ kind, to }) => [kind, to.people?.[0]])
    expect(told({}, '2026-11-25')).toEqual([])
    expect(told({}, '2026-11-26')).toEqual([['care_due', 'tanaka']])
    expect(told({ kind: 'contact' }, '2026-11-25')).toEqual([['care_offered', 'sato']])
    const [due] = careTellingsOf(task, '2026-11-26')
    const [late] = careTellingsOf(task, '2026-11-27')
    expect(due?.source).not.toBe(late?.source)
    expect(houseKinds).not.toContain('care_due')
  })
})
