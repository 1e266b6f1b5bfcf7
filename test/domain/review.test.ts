import { describe, expect, it } from 'vitest'
import { visibleReviews } from '../../src/domain/blind.ts'
import type { Matter } from '../../src/domain/matter.ts'
import { apply, queueStateOf } from '../../src/domain/matter.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Opinion } from '../../src/domain/review.ts'
import { decisionOf, giveReview, settle } from '../../src/domain/thread.ts'
import {
  after,
  answerOf,
  at,
  harassment,
  ids,
  mailIn,
  newMatter,
  ordinary,
} from '../support/matters.ts'
import { ito, kato, sato, suzuki, takahashi, tanaka } from '../support/people.ts'

function reviewed(matter: Matter, opinion: Opinion, who: Person): Matter {
  const { revision } = matter.thread
  return after(matter, giveReview(matter.thread, { revision, opinion }, who, at, ids()))
}

function tried(matter: Matter, opinion: Opinion, who: Person): string {
  const { revision } = matter.thread
  return answerOf(giveReview(matter.thread, { revision, opinion }, who, at, ids()))
}

describe('two people review a thread', () => {
  it('waits for a second person after the first review', () => {
    const matter = reviewed(newMatter(), harassment(), sato)

    expect(queueStateOf(matter)).toBe('second_review')
    expect(decisionOf(matter.thread)).toBeNull()
  })

  it('decides by two agreeing reviews with the union of categories and the lower severity', () => {
    const first = reviewed(newMatter(), harassment({ severity: 3 }), sato)
    const both = reviewed(first, harassment({ categories: ['threat'], severity: 2 }), suzuki)

    expect(decisionOf(both.thread)).toMatchObject({
      how: 'agreed',
      outcome: 'harassment',
      categories: ['verbal_abuse', 'threat'],
      severity: 2,
      reviewers: ['sato', 'suzuki'],
    })
  })

  it.each([
    ['on harassment or not', harassment(), ordinary, 'verdict'],
    ['on severity by two', harassment({ severity: 1 }), harassment({ severity: 3 }), 'severity'],
    [
      'as one is unsure',
      { ...ordinary, verdict: { kind: 'unsure' }, reason: '前後が読めない' } as Opinion,
      ordinary,
      'unsure',
    ],
  ])('goes to a supervisor where the two differ %s', (_, one, other, why) => {
    const first = reviewed(newMatter(), one, sato)
    const { revision } = first.thread
    const step = giveReview(first.thread, { revision, opinion: other }, suzuki, at, ids())

    expect(step.kind === 'step' && step.events.at(-1)).toMatchObject({
      kind: 'dispute_opened',
      why,
    })
    expect(queueStateOf(after(first, step))).toBe('disputed')
  })

  it('lets nobody review twice, review a third time, or review an older revision', () => {
    const first = reviewed(newMatter(), ordinary, sato)
    const both = reviewed(first, ordinary, suzuki)

    expect(tried(first, ordinary, sato)).toBe('already_reviewed')
    expect(tried(both, ordinary, kato)).toBe('review_complete')
    expect(
      answerOf(giveReview(first.thread, { revision: 0, opinion: ordinary }, suzuki, at, ids())),
    ).toBe('stale_revision')
  })

  it.each([
    ['an auditor', takahashi],
    ['an administrator', ito],
    ['somebody disabled', { ...sato, disabledAt: new Date(0) }],
  ])('lets %s review nothing', (_, who) => {
    expect(tried(newMatter(), ordinary, who)).toBe('not_allowed')
  })

  it.each<[string, Opinion, string]>([
    ['no category', harassment({ categories: [] }), 'category_missing'],
    ['no severity', harassment({ severity: 0 }), 'severity_missing'],
    ['no reason', { ...harassment(), reason: '  ' }, 'reason_missing'],
    ...(['superiorPosition', 'harmToWorkEnvironment'] as const).map((element) => {
      const opinion = harassment()
      const elements = opinion.verdict.kind === 'harassment' ? opinion.verdict.elements : null
      return [
        `an element that does not hold (${element})`,
        harassment({ elements: { ...elements!, [element]: false } }),
        'element_missing',
      ] as [string, Opinion, string]
    }),
  ])('refuses a harassment verdict with %s', (_, opinion, reason) => {
    expect(tried(newMatter(), opinion, sato)).toBe(reason)
  })

  it('starts a new revision with a new mail and keeps the old decision', () => {
    const decided = reviewed(reviewed(newMatter(), harassment(), sato), harassment(), suzuki)
    const renewed = apply(decided, mailIn('message-2'))

    expect(renewed.thread.reviews).toEqual([])
    expect(renewed.thread.decisions).toHaveLength(1)
    expect(queueStateOf(renewed)).toBe('new')
  })
})

describe('the second review is blind', () => {
  it('hides the first review from everybody who may be second, and shows it once both are given', () => {
    const first = reviewed(newMatter(), harassment(), sato)

    expect(visibleReviews(first.thread, suzuki, true)).toEqual([])
    expect(visibleReviews(first.thread, tanaka, true)).toEqual([])
    expect(visibleReviews(first.thread, sato, true)).toHaveLength(1)
    expect(visibleReviews(first.thread, suzuki, false)).toHaveLength(1)

    const both = reviewed(first, ordinary, suzuki)
    expect(visibleReviews(both.thread, tanaka, true)).toHaveLength(2)
  })
})

describe('a supervisor settles a dispute', () => {
  const verdict = { kind: 'ordinary', needsReply: true } as const

  function disputed(first = sato, second = suzuki): Matter {
    return reviewed(reviewed(newMatter(), harassment(), first), ordinary, second)
  }

  it('decides as the supervisor says, with the supervisor on record', () => {
    const matter = disputed()
    const settled = after(matter, settle(matter.thread, verdict, '正当な苦情', tanaka, at, ids()))

    expect(decisionOf(settled.thread)).toMatchObject({ how: 'settled', settledBy: 'tanaka' })
    expect(queueStateOf(settled)).toBe('to_answer')
  })

  it('is refused to a reviewer, to one of the two, without a reason, and without a dispute', () => {
    const { thread } = disputed()
    const involved = disputed(tanaka, suzuki).thread

    expect(answerOf(settle(thread, verdict, '理由', kato, at, ids()))).toBe('not_allowed')
    expect(answerOf(settle(involved, verdict, '理由', tanaka, at, ids()))).toBe(
      'reviewer_cannot_settle',
    )
    expect(answerOf(settle(thread, verdict, ' ', tanaka, at, ids()))).toBe('reason_missing')
    expect(answerOf(settle(newMatter().thread, verdict, '理由', tanaka, at, ids()))).toBe(
      'nothing_to_settle',
    )
  })
})
