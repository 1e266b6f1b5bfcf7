import { describe, expect, it } from 'vitest'
import type { Measure } from '../../src/domain/sender.ts'
import {
  applyToJoin,
  confirmJoin,
  declineJoin,
  dismissJoin,
  isJoinEvent,
  membersOf,
  proposeJoin,
  type SenderJoin,
  type Side,
  type Sides,
  separate,
} from '../../src/domain/sender-join.ts'
import type { Refusal, Step } from '../../src/domain/step.ts'
import { termsHere } from '../support/gates.ts'
import { answerOf, at } from '../support/matters.ts'
import { ito, person, sato, suzuki, takahashi, tanaka } from '../support/people.ts'

const suspension: Measure = {
  skipExplanation: '',
  terms: termsHere,
  renews: null,
  remindedFor: null,
  answeredAt: null,
  objections: [],
  id: 'm',
  kind: 'suspension',
  threadId: 't',
  decisionId: 'd',
  reviewers: ['x', 'y'],
  proposer: 'x',
  reason: 'r',
  skipWarning: '',
  state: 'in_force',
  confirmer: 'z',
  announcedAt: at,
  reviewAt: at,
  endsAt: '2027-01-01T00:00:00.000Z',
}

const side = (id: string, over: Partial<Side> = {}): Side => ({
  id,
  mailboxIds: ['support'],
  members: [id],
  measures: [],
  ...over,
})
const two: Sides = [side('a'), side('b')]
const given = { joinId: 'j', reasons: ['same_address'] as const, reason: '' }

function after(join: SenderJoin | null, decision: Step | Refusal): SenderJoin {
  if (decision.kind === 'refused') throw new Error(decision.reason)
  const [event] = decision.events
  if (!event || !isJoinEvent(event)) throw new Error('no event of a join')
  return applyToJoin(join, event)
}

describe('two senders are one', () => {
  const proposed = after(null, proposeJoin(two, [], given, sato, at))

  it('only by two different people', () => {
    expect(answerOf(confirmJoin(proposed, two, '', sato, at))).toBe('own_join')
    const joined = after(proposed, confirmJoin(proposed, two, '', suzuki, at))
    expect(joined).toMatchObject({ state: 'joined', proposer: 'sato', decider: 'suzuki' })
    expect(answerOf(confirmJoin(joined, two, '', tanaka, at))).toBe('join_closed')
  })

  it('by people who may, in mailboxes of both', () => {
    for (const who of [takahashi, ito]) {
      expect(answerOf(proposeJoin(two, [], given, who, at))).toBe('not_allowed')
      expect(answerOf(confirmJoin(proposed, two, '', who, at))).toBe('not_allowed')
    }
    const local = { ...person('mori', 'reviewer'), within: { reviewer: ['support'] } }
    const apart: Sides = [side('a'), side('b', { mailboxIds: ['billing'] })]
    expect(answerOf(proposeJoin(two, [], given, local, at))).toBe('accepted')
    expect(answerOf(proposeJoin(apart, [], given, local, at))).toBe('not_allowed')
    expect(answerOf(confirmJoin(proposed, apart, '', local, at))).toBe('not_allowed')
  })

  it.each(['in_force', 'proposed', 'confirmed', 'not_announced'] as const)(
    'by a supervisor where a suspension of either is %s',
    (state) => {
      const muting: Sides = [side('a'), side('b', { measures: [{ ...suspension, state }] })]
      expect(answerOf(confirmJoin(proposed, muting, '', suzuki, at))).toBe('join_needs_supervisor')
      expect(answerOf(confirmJoin(proposed, muting, '', tanaka, at))).toBe('accepted')
    },
  )

  it('by anybody where a suspension is over, or a warning is all there is', () => {
    const over = { ...suspension, state: 'lifted' } as const
    const warned = { ...suspension, kind: 'warning' } as const
    const calm: Sides = [side('a', { measures: [over] }), side('b', { measures: [warned] })]
    expect(answerOf(confirmJoin(proposed, calm, '', suzuki, at))).toBe('accepted')
  })

  it('once: not with oneself, not again, not while a proposal waits', () => {
    expect(answerOf(proposeJoin([side('a'), side('a')], [], given, sato, at))).toBe('same_sender')
    const one: Sides = [side('a', { members: ['a', 'b'] }), side('b', { members: ['a', 'b'] })]
    expect(answerOf(proposeJoin(one, [], given, sato, at))).toBe('already_joined')
    expect(answerOf(proposeJoin(two, [proposed], given, sato, at))).toBe('join_open')
    expect(answerOf(confirmJoin(proposed, one, '', suzuki, at))).toBe('already_joined')
  })

  it('with a reason where no suggestion gives one', () => {
    const byHand = { ...given, reasons: ['by_hand'] as const }
    expect(answerOf(proposeJoin(two, [], byHand, sato, at))).toBe('reason_missing')
    expect(answerOf(proposeJoin(two, [], { ...byHand, reason: '電話番号' }, sato, at))).toBe(
      'accepted',
    )
  })

  it('or not: declined by another person, taken back, or never proposed at all', () => {
    expect(after(proposed, declineJoin(proposed, two, '', suzuki, at)).state).toBe('declined')
    expect(after(proposed, declineJoin(proposed, two, '', sato, at)).state).toBe('declined')
    const dismissed = after(null, dismissJoin(two, [], 'k', sato, at))
    expect(dismissed).toMatchObject({ state: 'declined', proposer: null, decider: 'sato' })
  })

  it('until a supervisor separates them, with a reason', () => {
    const joined = after(proposed, confirmJoin(proposed, two, '', suzuki, at))
    expect(answerOf(separate(joined, two, '別人', sato, at))).toBe('not_allowed')
    expect(answerOf(separate(joined, two, ' ', tanaka, at))).toBe('reason_missing')
    const apart = after(joined, separate(joined, two, '別人', tanaka, at))
    expect(apart.state).toBe('separated')
    expect(answerOf(separate(apart, two, '別人', tanaka, at))).toBe('join_closed')
    expect(answerOf(proposeJoin(two, [apart], given, sato, at))).toBe('accepted')
  })
})

it('who is one person follows the links, however long the chain', () => {
  const links = [
    ['c', 'd'],
    ['a', 'b'],
    ['b', 'c'],
    ['x', 'y'],
  ] as const
  expect(membersOf('d', links)).toEqual(['a', 'b', 'c', 'd'])
  expect(membersOf('x', links)).toEqual(['x', 'y'])
  expect(membersOf('z', links)).toEqual(['z'])
})
