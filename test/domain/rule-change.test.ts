import { describe, expect, it } from 'vitest'
import { proportionOf } from '../../src/domain/proportion.ts'
import {
  approveRules,
  asInFiles,
  declineRules,
  proposeRules,
  type RuleProposal,
  withdrawRules,
  withOverlay,
} from '../../src/domain/rule-change.ts'
import { effectOf } from '../../src/domain/rule-effect.ts'
import { answerOf, at } from '../support/matters.ts'
import { ito, sato, takahashi, tanaka, watanabe } from '../support/people.ts'

const overlay = { ...asInFiles('threat.vague'), weight: 0.2 }
const wish = { kind: 'change', overlay } as const
const given = { id: 'p', wish, sha256: 'x' }
const open: RuleProposal = { id: 'p', wish, proposer: tanaka.id, state: 'open' }
const made = { ruleSet: 'v', filesSha256: 'f' }
const tried = { reason: '確認した', tried: true }

describe('a change of the rules', () => {
  it('is proposed by supervisors and administrators, with a reason, once at a time', () => {
    const by = (who: typeof tanaka, reason = '多すぎる', others: RuleProposal[] = []) =>
      answerOf(proposeRules(given, reason, others, who, at))
    expect([tanaka, ito].map((who) => by(who))).toEqual(['accepted', 'accepted'])
    expect([sato, takahashi].map((who) => by(who))).toEqual(['not_allowed', 'not_allowed'])
    expect(by(tanaka, ' ')).toBe('reason_missing')
    expect(by(tanaka, 'x', [open])).toBe('rule_proposal_open')
    expect(by(tanaka, 'x', [{ ...open, state: 'declined' }])).toBe('accepted')
  })

  it('comes into force by another supervisor alone, and only once it was tried', () => {
    const by = (who: typeof tanaka, how = tried, proposal = open) =>
      answerOf(approveRules(proposal, how, made, who, at))
    expect(by(watanabe)).toBe('accepted')
    expect(by(tanaka)).toBe('own_rule_proposal')
    expect([ito, sato, takahashi].map((who) => by(who))).toEqual(Array(3).fill('not_allowed'))
    expect(by(watanabe, { ...tried, tried: false })).toBe('rule_trial_missing')
    expect(by(watanabe, { ...tried, reason: '' })).toBe('reason_missing')
    expect(by(watanabe, tried, { ...open, state: 'approved' })).toBe('rule_proposal_closed')
  })

  it('says in one step that it was approved and what is in force', () => {
    const step = approveRules(open, tried, made, watanabe, at)
    if (step.kind === 'refused') throw new Error(step.reason)
    expect(step.events).toMatchObject([
      { kind: 'rule_change_approved', proposalId: 'p', by: watanabe.id },
      { kind: 'rule_set_in_force', ruleSet: 'v', proposalId: 'p', by: watanabe.id },
    ])
  })

  it('is declined by another supervisor, and taken back by its proposer', () => {
    expect(answerOf(declineRules(open, 'x', tanaka, at))).toBe('own_rule_proposal')
    expect(answerOf(declineRules(open, 'x', watanabe, at))).toBe('accepted')
    expect(answerOf(withdrawRules(open, watanabe, at))).toBe('not_author')
    expect(answerOf(withdrawRules(open, tanaka, at))).toBe('accepted')
  })

  it('replaces what was changed of the same rule before, and nothing else', () => {
    const other = { ...asInFiles('abuse.insult'), off: true }
    const both = withOverlay(withOverlay([], overlay), other)
    expect(both.map(({ rule }) => rule)).toEqual(['abuse.insult', 'threat.vague'])
    expect(withOverlay(both, { ...overlay, weight: 0.3 })).toHaveLength(2)
    expect(withOverlay(both, asInFiles('threat.vague'))).toEqual([other])
  })
})

describe('what a change would do', () => {
  const said = (categories: ('threat' | 'verbal_abuse')[], severity: 0 | 1 | 2 | 3) => {
    return { categories, severity, flags: [] }
  }
  const held = { outcome: 'harassment', categories: ['threat'], severity: 2 } as const

  it('is nothing where nothing differs', () => {
    expect(effectOf(said(['threat'], 2), said(['threat'], 2), held)).toBeNull()
  })

  it('is nearer to a decision or farther from it', () => {
    const gain = effectOf(said([], 0), said(['threat'], 2), held)
    expect(gain).toMatchObject({ gained: ['threat'], lost: [], agreement: 'nearer' })
    const alarm = effectOf(said([], 0), said(['threat'], 2), { ...held, outcome: 'ordinary' })
    expect(alarm?.agreement).toBe('farther')
    const swap = effectOf(said(['threat'], 2), said(['verbal_abuse'], 2), held)
    expect(swap).toMatchObject({ gained: ['verbal_abuse'], lost: ['threat'], agreement: 'farther' })
    expect(effectOf(said(['threat'], 3), said(['threat'], 2), held)?.agreement).toBe('nearer')
  })
})

describe('a share with its interval', () => {
  it('is Wilson’s, as tables give it', () => {
    // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const cases = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const
    for (const [hits, of, low, high] of cases) {
      const found = proportionOf(hits, of)
      expect(
        [found.low, found.high].map((one) => one.toFixed(4)),
        `${hits}/${of}`,
      ).toEqual([low, high].map((one) => one.toFixed(4)))
    }
  })

  it('is everything where there is no case', () => {
    expect(proportionOf(0, 0)).toMatchObject({ low: 0, high: 1 })
  })
})
