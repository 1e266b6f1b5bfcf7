import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/domain/event.ts'
import { ladderOf } from '../../src/domain/ladder.ts'
import { apply, type Matter } from '../../src/domain/matter.ts'
import {
  confirm,
  decline,
  measureEventAfter,
  propose,
  recordIdentity,
} from '../../src/domain/measure.ts'
import type { Person } from '../../src/domain/person.ts'
import { isMuted } from '../../src/domain/sender.ts'
import { lift } from '../../src/domain/suspension.ts'
import { giveReview } from '../../src/domain/thread.ts'
import { daysAfter } from '../../src/domain/time.ts'
import { beside, gateOpen } from '../support/gates.ts'
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
import { kato, sato, suzuki, takahashi, tanaka, watanabe } from '../support/people.ts'

function decided(severity: 1 | 2 | 3 = 2, start: Matter = newMatter()): Matter {
  const opinion = harassment({ severity })
  const { revision } = start.thread
  const first = after(start, giveReview(start.thread, { revision, opinion }, sato, at, ids()))
  return after(first, giveReview(first.thread, { revision, opinion }, suzuki, at, ids()))
}

const proposal = (over: Partial<Parameters<typeof propose>[1]> = {}) => ({
  measureId: 'measure-1',
  measureKind: 'warning' as const,
  reason: '侮辱が続いている',
  ...beside,
  skipExplanation: '電話で説明した',
  ...over,
})

const notice = {
  letterId: 'letter-1',
  messageId: '<1@x.example>',
  contentSha256: 'h',
  shownSha256: 'h',
  answer: null,
}

const word = (reason: string) => ({ reason, gate: gateOpen })
const proposed = (m = decided(), over = {}, who: Person = sato) =>
  after(m, propose(m, proposal(over), who, at))
const confirmed = (m = proposed()) =>
  after(m, confirm(m, 'measure-1', word('妥当'), notice, tanaka, at))

/** The notice was accepted by the SMTP server at that instant. */
function announced(m = confirmed(), when = at): Matter {
  const letter = m.letters.at(-1)!
  const stamp = { at: when, by: null, letterId: letter.id, threadId: m.thread.id }
  const events: Event[] = [
    { ...stamp, kind: 'sending_started', attempt: 1, leaseUntil: daysAfter(when, 1) },
    { ...stamp, kind: 'letter_sent', response: '250' },
    ...measureEventAfter(m, letter, true, when, daysAfter(when, 90), daysAfter(when, 180)),
  ]
  return events.reduce(apply, m)
}

const suspended = () => announced(confirmed(proposed(decided(3), { measureKind: 'suspension' })))

describe('proposing', () => {
  it.each<[string, Matter, Parameters<typeof propose>[1], Person, string]>([
    ['without a harassment decision', newMatter(), proposal(), sato, 'no_harassment_decision'],
    ['by an auditor', decided(), proposal(), takahashi, 'not_allowed'],
    ['without a reason', decided(), proposal({ reason: ' ' }), sato, 'reason_missing'],
    [
      'a suspension without a warning before',
      decided(2),
      proposal({ measureKind: 'suspension' }),
      sato,
      'warning_missing',
    ],
    [
      'a second measure while one is pending',
      proposed(),
      proposal({ measureId: 'measure-2' }),
      kato,
      'measure_open',
    ],
    [
      'the same notice within a week',
      announced(),
      proposal({ measureId: 'measure-2' }),
      sato,
      'noticed_recently',
    ],
    [
      'against somebody suspended already',
      suspended(),
      proposal({ measureId: 'measure-2' }),
      sato,
      'already_suspended',
    ],
  ])('is refused %s', (_, matter, wanted, who, reason) => {
    expect(answerOf(propose(matter, wanted, who, at))).toBe(reason)
  })

  it.each<[string, Matter, Parameters<typeof propose>[1]]>([
    ['with severity 3', decided(3), proposal({ measureKind: 'suspension' })],
    [
      'with a written reason',
      decided(2),
      proposal({ measureKind: 'suspension', skipWarning: '住所を知られている' }),
    ],
    [
      'after a warning was accepted',
      announced(),
      proposal({ measureKind: 'suspension', measureId: 'measure-2' }),
    ],
  ])('a suspension goes through %s', (_, matter, wanted) => {
    expect(answerOf(propose(matter, wanted, sato, at))).toBe('accepted')
  })

  it('never warns somebody whose life may be at risk', () => {
    const assessed: Event = {
      kind: 'thread_assessed',
      at,
      by: null,
      threadId: 'thread-1',
      messageId: 'message-1',
      ruleSet: 'x',
      severity: 0,
      categories: [],
      flags: ['self_harm'],
      muted: false,
    }
    const matter = apply(decided(), assessed)
    expect(answerOf(propose(matter, proposal(), sato, at))).toBe('self_harm_never_warned')
  })

  it('stays possible on a decision although new mail has come', () => {
    const matter = apply(decided(), mailIn('message-2'))
    expect(answerOf(propose(matter, proposal(), sato, at))).toBe('accepted')
  })
})

describe('confirming', () => {
  it.each<[string, Matter, Person, Partial<typeof notice>, string, string]>([
    [
      'by the proposer',
      proposed(decided(), {}, tanaka),
      tanaka,
      {},
      '妥当',
      'involved_cannot_confirm',
    ],
    ['by somebody who is no supervisor', proposed(), kato, {}, '妥当', 'not_allowed'],
    ['without a reason', proposed(), tanaka, {}, '', 'reason_missing'],
    [
      'a notice other than the one shown',
      proposed(),
      tanaka,
      { shownSha256: 'old' },
      '妥当',
      'preview_changed',
    ],
    ['a second time', confirmed(), watanabe, {}, '妥当', 'not_proposed'],
  ])('is refused %s', (_, matter, who, over, reason, answer) => {
    const step = confirm(matter, 'measure-1', word(reason), { ...notice, ...over }, who, at)
    expect(answerOf(step)).toBe(answer)
  })

  it('needs a sender who is known to be the one they name, or another proof on record', () => {
    const matter = proposed(
      decided(3, apply(newMatter(), mailIn('message-2', { identity: 'unverified' }))),
    )
    expect(answerOf(confirm(matter, 'measure-1', word('妥当'), notice, tanaka, at))).toBe(
      'sender_unverified',
    )
    expect(answerOf(recordIdentity(matter, '電話で確認', sato, at))).toBe('not_allowed')
    const proven = after(
      matter,
      recordIdentity(matter, '電話で折り返し、契約番号を確認', tanaka, at),
    )
    expect(answerOf(confirm(proven, 'measure-1', word('妥当'), notice, tanaka, at))).toBe(
      'accepted',
    )
  })

  it('queues the notice in the same step, approved by the supervisor and written by the proposer', () => {
    expect(confirmed().letters).toMatchObject([
      {
        kind: 'warning',
        state: 'queued',
        author: 'sato',
        approver: 'tanaka',
        messageId: '<1@x.example>',
      },
    ])
  })

  it('mutes nobody: that begins when the notice was accepted, and ends by its date', () => {
    const pending = confirmed(proposed(decided(3), { measureKind: 'suspension' }))
    expect(isMuted(pending.sender, at, 'mailbox-1')).toBe(false)
    const told = announced(pending)
    expect(isMuted(told.sender, at, 'mailbox-1')).toBe(true)
    expect(isMuted(told.sender, daysAfter(at, 181), 'mailbox-1')).toBe(false)
  })

  it('can be declined by somebody uninvolved, with a reason', () => {
    const matter = proposed()
    expect(answerOf(decline(matter, 'measure-1', '', tanaka, at))).toBe('reason_missing')
    expect(
      after(matter, decline(matter, 'measure-1', '説明が先', tanaka, at)).sender.measures[0]?.state,
    ).toBe('declined')
  })
})

describe('after a suspension', () => {
  it('shows the steps of the policy that were gone', () => {
    expect(ladderOf(decided(2))).toMatchObject({
      decided: true,
      warned: false,
      maySkip: false,
    })
    expect(ladderOf(announced())).toMatchObject({ warned: true })
    expect(ladderOf(decided(3))).toMatchObject({ maySkip: true })
  })

  it('is lifted by an uninvolved supervisor, and the notice waits for another person', () => {
    const matter = suspended()
    const note = { letterId: 'letter-2', contentSha256: 'h' }
    expect(answerOf(lift(matter, 'measure-1', '解除', note, suzuki, at))).toBe('not_allowed')
    const lifted = after(matter, lift(matter, 'measure-1', '謝罪があった', note, watanabe, at))
    expect(isMuted(lifted.sender, at, 'mailbox-1')).toBe(false)
    expect(lifted.letters.at(-1)).toMatchObject({
      kind: 'lifting',
      state: 'awaiting_approval',
      approver: null,
    })
    expect(answerOf(lift(lifted, 'measure-1', '再', note, watanabe, at))).toBe('not_in_force')
  })

  it('keeps muted mail out of the thread’s revisions', () => {
    const muted = apply(suspended(), mailIn('message-9', { mutedBy: 'measure-1' }))
    expect(muted.thread.revision).toBe(1)
    expect(
      answerOf(giveReview(muted.thread, { revision: 1, opinion: ordinary }, kato, at, ids())),
    ).toBe('review_complete')
  })
})
