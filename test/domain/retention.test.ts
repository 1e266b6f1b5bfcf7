import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proposeDeletion } from '../../src/domain/deletion.ts'
import type { Person } from '../../src/domain/person.ts'
import { type KeptOfSender, senderDueOf } from '../../src/domain/retention.sender.ts'
import { dueOf, type Kept, type Periods, reachesOf } from '../../src/domain/retention.ts'
import { daysAfter } from '../../src/domain/time.ts'

const periods: Periods = { unconfirmedDays: 90, clearedDays: 30, confirmedYears: 5, mailDays: 400 }
const kept: Kept = {
  ...{ threadId: 't', lastAt: '2024-02-29T03:00:00.000Z', erasedAt: null, erased: false },
  ...{ flagged: false, confirmed: false, clearedAt: null, lastAct: null },
  ...{ held: null, measure: false, waits: false, letter: false },
}
const confirmed = { ...kept, confirmed: true, flagged: true, lastAct: kept.lastAt }

describe('what is due of a sender beside mail', () => {
  const note = { what: 'note', id: 'n', senderId: 's', open: false, picture: false } as const
  const old: KeptOfSender = {
    ...{ members: ['s'], texts: [{ ...note, at: '2024-01-01T00:00:00.000Z' }], named: ['s'] },
    ...{ mail: false, lastAct: null, held: false, underWay: false },
  }
  const acted = { ...old, lastAct: '2024-06-01T00:00:00.000Z' }
  it.each([
    ['a note on somebody ordinary as their mail', old, '2025-02-04', 'mail', ['s'], null],
    ['nothing before that', old, '2025-02-03', null, [], null],
    [
      'five years after the last act where there was one',
      acted,
      '2029-06-01',
      'confirmed',
      ['s'],
      null,
    ],
    ['no name while mail is left', { ...acted, mail: true }, '2029-06-01', 'confirmed', [], null],
    ['nothing that is held', { ...acted, held: true }, '2029-06-01', 'confirmed', ['s'], 'hold'],
    [
      'not during a measure',
      { ...acted, underWay: true },
      '2030-01-01',
      'confirmed',
      ['s'],
      'measure',
    ],
  ] as const)('is %s', (_, of, day, rule, named, blocked) => {
    const due = senderDueOf(of, periods, `${day}T00:00:00.000Z`)
    expect(due).toEqual(rule && { rule, texts: of.texts, named, blocked })
  })
})

describe('what is due', () => {
  it.each([
    ['ordinary mail after its period', kept, '2025-04-04', 'mail', null],
    [
      'not ordinary mail that somebody still has to answer',
      { ...kept, waits: true },
      '2026-01-01',
      'mail',
      'open',
    ],
    [
      'harassment on the last of February five years after a leap day',
      confirmed,
      '2029-03-01',
      'confirmed',
      null,
    ],
    [
      'harassment also where no measure was taken',
      { ...confirmed, waits: true },
      '2030-01-01',
      'confirmed',
      null,
    ],
    [
      'not harassment with a measure under way',
      { ...confirmed, measure: true },
      '2030-01-01',
      'confirmed',
      'measure',
    ],
    [
      'nothing that is held',
      { ...confirmed, held: 'sender', measure: true },
      '2030-01-01',
      'confirmed',
      'hold',
    ],
    [
      'a finding that nobody took up, waiting or not',
      { ...kept, flagged: true, waits: true },
      '2024-06-01',
      'unconfirmed',
      null,
    ],
    [
      'no finding of what is held',
      { ...kept, flagged: true, held: 'thread' },
      '2024-06-01',
      'unconfirmed',
      'hold',
    ],
  ] as const)('is %s', (_, thread, day, rule, blocked) => {
    expect(dueOf(thread, periods, `${day}T12:00:00.000Z`)).toMatchObject({ rule, blocked })
  })

  it.each([
    ['harassment a day before its five years are over', confirmed, '2029-02-27'],
    [
      'harassment by an old mail where the sender acted again since',
      { ...confirmed, lastAct: '2028-01-01T00:00:00.000Z' },
      '2030-01-01',
    ],
    ['what was erased already', { ...kept, erased: true }, '2030-01-01'],
    [
      'a finding that two people cleared less than 30 days ago',
      { ...kept, flagged: true, clearedAt: '2024-05-20T00:00:00.000Z' },
      '2024-06-01',
    ],
  ] as const)('is not %s', (_, thread, day) => {
    expect(dueOf(thread, periods, `${day}T12:00:00.000Z`)).toBeNull()
  })

  it('is no ordinary mail at all, unless the policy sets a period for it', () => {
    const noPeriod = { ...periods, mailDays: null }
    expect(dueOf(kept, noPeriod, '2099-01-01T00:00:00.000Z')).toBeNull()
  })
})

describe('what has not to be looked at', () => {
  it('is never due', () => {
    const days = fc.integer({ min: 0, max: 3000 })
    fc.assert(
      fc.property(days, fc.boolean(), fc.boolean(), (age, isConfirmed, flagged) => {
        const now = '2028-03-01T03:00:00.000Z'
        const lastAt = daysAfter(now, -age)
        const one = { ...kept, lastAt, flagged, confirmed: isConfirmed }
        const due = dueOf({ ...one, lastAct: isConfirmed ? lastAt : null }, periods, now)
        const reach = due && reachesOf(periods, now)[due.rule as 'confirmed' | 'mail']
        expect(due === null || lastAt <= (reach ?? '')).toBe(true)
      }),
    )
  })
})

describe('a request for deletion', () => {
  it('may have come today, as the day is in Japan, and not tomorrow', () => {
    const boss: Person = {
      ...{ id: 'b', name: 'b', email: '', roles: ['supervisor'], within: {} },
      ...{ language: 'ja', disabledAt: null },
    }
    const asked = (receivedOn: string) =>
      proposeDeletion(
        { id: 'r', senderId: 's', receivedOn, reason: '書面で' },
        { open: false, mailboxIds: ['m'] },
        boss,
        '2026-11-26T22:00:00.000Z',
      )
    expect(asked('2026-11-27')).toMatchObject({ kind: 'step' })
    expect(asked('2026-11-28')).toMatchObject({ reason: 'request_date_wrong' })
    expect(asked('2026-02-30')).toMatchObject({ reason: 'request_date_wrong' })
  })
})
