import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/domain/event.ts'
import { nothingKnown } from '../../src/domain/gate.ts'
import { apply, type Matter } from '../../src/domain/matter.ts'
import {
  confirm,
  decline,
  measureEventAfter,
  noticeKindOf,
  propose,
} from '../../src/domain/measure.ts'
import {
  approveLetter,
  changeReply,
  returnReply,
  submitReply,
  withdrawReply,
} from '../../src/domain/reply.ts'
import { isMuted } from '../../src/domain/sender.ts'
import type { Refusal, Step } from '../../src/domain/step.ts'
import {
  lift,
  proposeRenewal,
  recordObjection,
  reviewSuspension,
} from '../../src/domain/suspension.ts'
import { decisionOf, giveReview, settle } from '../../src/domain/thread.ts'
import { daysAfter } from '../../src/domain/time.ts'
import { withdrawReview } from '../../src/domain/withdrawal.ts'
import { gateOpen, termsHere } from '../support/gates.ts'
import { at, harassment, ids, mailIn, newMatter, ordinary } from '../support/matters.ts'
import { ito, kato, person, sato, suzuki, takahashi, tanaka, watanabe } from '../support/people.ts'

const manager = person('yamada', 'reviewer', 'supervisor', 'admin')
/** A supervisor of this mailbox alone. */
const local = { ...person('mori', 'reviewer', 'supervisor'), within: { supervisor: ['mailbox-1'] } }
const staff = [sato, suzuki, kato, tanaka, watanabe, takahashi, ito, manager, local]

const acts = [
  'mail',
  'review_ordinary',
  'review_harassment',
  'settle_harassment',
  'submit',
  'approve',
  'change',
  'return',
  'withdraw',
  'propose_warning',
  'propose_suspension',
  'confirm',
  'decline',
  'lift',
  'object',
  'keep',
  'shorten',
  'renew',
  'send',
  'take_back',
] as const

type Move = {
  readonly act: (typeof acts)[number]
  readonly who: number
  readonly skip: boolean
  readonly shut: boolean
}

/** A question of the gate is answered by "not dealt with yet". */
const rarely = fc.nat({ max: 9 }).map((n) => n === 0)
const anyone = fc.nat({ max: staff.length - 1 })
const anyAct = fc.record({
  act: fc.constantFrom(...acts),
  who: anyone,
  skip: fc.boolean(),
  shut: rarely,
})

/** Acts that lead somewhere, by whoever: without them chance alone rarely gets to the end. */
const paths: readonly (readonly Move['act'][])[] = [
  ['review_harassment', 'review_harassment', 'propose_suspension', 'confirm', 'confirm', 'send'],
  ['review_harassment', 'review_harassment', 'propose_warning', 'confirm', 'confirm', 'send'],
  ['review_ordinary', 'review_harassment', 'settle_harassment', 'settle_harassment'],
  ['submit', 'approve', 'approve'],
  ['submit', 'change', 'approve'],
  ['approve', 'send'],
  ['review_harassment', 'take_back', 'review_ordinary', 'review_ordinary'],
  ['submit', 'take_back', 'withdraw', 'submit', 'approve'],
  ['lift', 'lift', 'approve', 'send'],
  ['object', 'keep', 'keep', 'keep', 'approve', 'send'],
  ['object', 'shorten', 'shorten', 'approve', 'approve', 'send'],
  ['renew', 'renew', 'confirm', 'confirm', 'confirm', 'send'],
]

const path = fc
  .tuple(
    fc.constantFrom(...paths),
    fc.array(anyone, { minLength: 6, maxLength: 6 }),
    fc.boolean(),
    rarely,
  )
  .map(([chain, people, skip, shut]) =>
    chain.map((act, n) => ({ act, who: people[n] ?? 0, skip, shut })),
  )

const moves = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: path },
      { weight: 1, arbitrary: fc.array(anyAct, { maxLength: 3 }) },
    ),
    {
      minLength: 2,
      maxLength: 14,
    },
  )
  .map((parts): Move[] => parts.flat())

let count = 0
function fresh(what: string): string {
  count += 1
  return `${what}-${count}`
}

/** One act of one person on whatever is there to act on, as the pages would offer it. */
function play(m: Matter, { act, who, skip, shut }: Move): Step | Refusal {
  const someone = staff[who]!
  const { revision } = m.thread
  const waiting = m.letters.find(({ state }) => state === 'awaiting_approval')?.id ?? 'none'
  const mine = m.letters.find((l) => ['returned', 'awaiting_approval'].includes(l.state))?.id
  const measure = m.sender.measures.at(-1)?.id ?? 'none'
  const hash = fresh('hash')
  const before = m.letters.find(({ id }) => id === waiting)?.contentSha256 ?? ''
  const messageId = `<${fresh('id')}@x.example>`
  const gate = shut ? { ...gateOpen, own_fault: open } : gateOpen
  const terms = { ...termsHere, scope: skip ? 'all' : 'mailbox' } as const
  switch (act) {
    case 'mail':
      return { kind: 'step', events: [mailIn(fresh('message'))] }
    case 'review_ordinary':
      return giveReview(m.thread, { revision, opinion: ordinary }, someone, at, ids())
    case 'review_harassment':
      return giveReview(
        m.thread,
        { revision, opinion: harassment({ severity: skip ? 3 : 2 }) },
        someone,
        at,
        ids(),
      )
    case 'settle_harassment':
      return settle(m.thread, harassment().verdict as never, '理由', someone, at, ids())
    case 'submit':
      return submitReply(
        m,
        { letterId: mine ?? fresh('letter'), revision, contentSha256: hash },
        someone,
        at,
        ids(),
      )
    case 'approve':
      return approveLetter(
        m,
        waiting,
        { contentSha256: before, messageId, mailSha256: hash },
        someone,
        at,
        ids(),
      )
    case 'change':
      return changeReply(m, waiting, { contentSha256: hash, before }, someone, at, ids())
    case 'return':
      return returnReply(m, waiting, '言い回しを直してください', someone, at)
    case 'withdraw':
      return withdrawReply(m, waiting, someone, at)
    case 'take_back':
      return withdrawReview(m, someone, at)
    case 'propose_warning':
    case 'propose_suspension': {
      const measureKind = act === 'propose_warning' ? 'warning' : 'suspension'
      const skipWarning = skip ? '身の危険がある' : ''
      return propose(
        m,
        {
          ...{ measureId: fresh('measure'), measureKind, reason: '理由', skipWarning, gate, terms },
          skipExplanation: skipWarning,
        },
        someone,
        at,
      )
    }
    case 'confirm': {
      const notice = {
        letterId: fresh('letter'),
        messageId: `<${fresh('id')}@x.example>`,
        contentSha256: hash,
        shownSha256: hash,
        answer: null,
      }
      return confirm(m, measure, { reason: '理由', gate }, notice, someone, at)
    }
    case 'decline':
      return decline(m, measure, '理由', someone, at)
    case 'lift':
      return lift(
        m,
        measure,
        '理由',
        { letterId: fresh('letter'), contentSha256: hash },
        someone,
        at,
      )
    case 'object':
      return recordObjection(
        m,
        { measureId: measure, objectionId: fresh('objection'), way: 'phone', note: '納得できない' },
        someone,
        at,
      )
    case 'keep':
    case 'shorten': {
      const letter = { letterId: fresh('letter'), contentSha256: hash }
      return reviewSuspension(m, lookOf(m, measure, act), letter, someone, at)
    }
    case 'renew': {
      const ids = { measureId: fresh('measure'), renews: measure, daysBefore: 365 }
      const renewal = { ...ids, reason: '理由', gate, terms }
      return proposeRenewal(m, renewal, someone, at, nothingKnown)
    }
    case 'send':
      return { kind: 'step', events: sent(m) }
  }
}

const open = { answer: 'open', words: '' } as const

function lookOf({ sender }: Matter, measureId: string, outcome: 'keep' | 'shorten') {
  const found = sender.measures.find(({ id }) => id === measureId)
  const objectionId = found?.objections.find((one) => one.outcome === null)?.id ?? null
  const dates = { endsAt: daysAfter(at, 30), reviewAgainAt: daysAfter(at, 90) }
  return { measureId, objectionId, outcome, reason: '理由', ...dates }
}

/** What the postman makes of the first letter that is queued. */
function sent(m: Matter): Event[] {
  const letter = m.letters.find(({ state }) => state === 'queued')
  if (!letter) return []
  const stamp = { at, by: null, letterId: letter.id, threadId: m.thread.id }
  if (letter.kind === 'reply' && isMuted(m.sender, at, m.thread.mailboxId)) {
    return [{ ...stamp, kind: 'letter_cancelled', why: 'sender_muted' }]
  }
  return [
    { ...stamp, kind: 'sending_started', attempt: 1, leaseUntil: daysAfter(at, 1) },
    { ...stamp, kind: 'letter_sent', response: '250 OK' },
    ...measureEventAfter(m, letter, true, at, daysAfter(at, 90), daysAfter(at, 180)),
  ]
}

function playAll(
  list: readonly Move[],
  look: (before: Matter, step: Step, move: Move) => void,
): Matter {
  return list.reduce((matter, move) => {
    const step = play(matter, move)
    if (step.kind === 'refused') return matter
    look(matter, step, move)
    return step.events.reduce(apply, matter)
  }, newMatter())
}

const runs = { numRuns: 2_000 }

describe('in no sequence of acts', () => {
  it('does one person alone get a reply out of the building', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const end = playAll(list, () => undefined)
        for (const letter of end.letters) {
          if (!['queued', 'sending', 'sent'].includes(letter.state)) continue
          expect(letter.approver).not.toBeNull()
          expect(letter.approver).not.toBe(letter.author)
        }
      }),
      runs,
    )
  })

  it('does one person alone get a decision, or decide a dispute about their own review', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const end = playAll(list, () => undefined)
        for (const { reviewers, settledBy } of end.thread.decisions) {
          expect(reviewers[0]).not.toBe(reviewers[1])
          expect(reviewers).not.toContain(settledBy)
        }
      }),
      runs,
    )
  })

  it('does a suspension come into force without two reviewers and an uninvolved supervisor', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const end = playAll(list, () => undefined)
        for (const measure of end.sender.measures) {
          if (!['in_force', 'lifted', 'renewed'].includes(measure.state)) continue
          const { reviewers, proposer, confirmer } = measure
          expect(staff.find(({ id }) => id === confirmer)?.roles).toContain('supervisor')
          expect([...reviewers, proposer]).not.toContain(confirmer)
          const notice = end.letters.find(
            (l) => l.measureId === measure.id && l.kind === noticeKindOf(measure),
          )
          expect(notice?.state).toBe('sent')
        }
      }),
      runs,
    )
  })

  it('is a step against a sender taken while a question of the gate is open', () => {
    fc.assert(
      fc.property(moves, (list) => {
        playAll(list, (_, { events }) => {
          for (const event of events) {
            if (event.kind !== 'measure_proposed' && event.kind !== 'measure_confirmed') continue
            const answers = Object.values(event.gate ?? {}).map((one) => one?.answer)
            expect(answers).toHaveLength(4)
            expect(answers).not.toContain('open')
          }
        })
      }),
      runs,
    )
  })

  it('is an objection turned down by somebody who took part in the suspension', () => {
    fc.assert(
      fc.property(moves, (list) => {
        playAll(list, (before, { events }) => {
          for (const event of events) {
            if (event.kind !== 'suspension_reviewed' || event.outcome === 'lift') continue
            const measure = before.sender.measures.find(({ id }) => id === event.measureId)
            const part = [...(measure?.reviewers ?? []), measure?.proposer, measure?.confirmer]
            expect(part).not.toContain(event.by)
          }
        })
      }),
      runs,
    )
  })

  it('is a suspension renewed without two supervisors who neither reviewed nor proposed it', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const end = playAll(list, () => undefined)
        for (const measure of end.sender.measures) {
          if (measure.renews === null || measure.state !== 'in_force') continue
          const old = end.sender.measures.find(({ id }) => id === measure.renews)
          const part = [...(old?.reviewers ?? []), old?.proposer]
          expect([...part, old?.confirmer]).not.toContain(measure.proposer)
          expect([...part, measure.proposer]).not.toContain(measure.confirmer)
          expect(old?.state).toBe('renewed')
        }
      }),
      runs,
    )
  })

  it('does a suspension reach further than its mailbox without people who cover all of them', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const end = playAll(list, () => undefined)
        for (const { kind, state, terms, confirmer } of end.sender.measures) {
          if (kind !== 'suspension' || state !== 'in_force') continue
          expect(isMuted(end.sender, at, 'mailbox-1')).toBe(true)
          if (terms.scope === 'all') expect(confirmer).not.toBe('mori')
          else expect(terms.mailboxId).toBe('mailbox-1')
        }
        const everywhere = end.sender.measures.some(
          ({ state, kind, terms }) =>
            state === 'in_force' && kind === 'suspension' && terms.scope === 'all',
        )
        expect(isMuted(end.sender, at, 'mailbox-2')).toBe(everywhere)
      }),
      runs,
    )
  })

  it('does a suspension skip the warning without severity 3 or a written reason', () => {
    fc.assert(
      fc.property(moves, (list) => {
        playAll(list, (before, { events }) => {
          for (const event of events) {
            if (event.kind !== 'measure_proposed' || event.measureKind !== 'suspension') continue
            if (event.renews) continue
            const warned = before.sender.measures.some(
              (m) => m.kind === 'warning' && m.state === 'in_force',
            )
            const severity = before.thread.decisions.findLast(
              (d) => d.outcome === 'harassment',
            )?.severity
            expect(warned || severity === 3 || event.skipWarning !== '').toBe(true)
          }
        })
      }),
      runs,
    )
  })

  it('does a reply leave to a muted sender', () => {
    fc.assert(
      fc.property(moves, (list) => {
        playAll(list, (before, { events }) => {
          for (const event of events) {
            if (event.kind === 'reply_approved' || event.kind === 'sending_started') {
              const letter = before.letters.find(({ id }) => id === event.letterId)
              expect(
                letter?.kind === 'reply' && isMuted(before.sender, at, before.thread.mailboxId),
              ).toBe(false)
            }
          }
        })
      }),
      runs,
    )
  })

  it('is a review taken back but the first one, by its author, before a second one or a decision', () => {
    fc.assert(
      fc.property(moves, (list) => {
        playAll(list, (before, { events }) => {
          for (const event of events) {
            if (event.kind !== 'review_withdrawn') continue
            const { reviews, disputed } = before.thread
            expect(reviews.map(({ id, reviewer }) => [id, reviewer])).toEqual([
              [event.reviewId, event.by],
            ])
            expect(disputed || decisionOf(before.thread) !== null).toBe(false)
            const after = events.reduce(apply, before)
            expect(after.thread).toEqual({ ...before.thread, reviews: [] })
            const waits = after.letters.some(
              ({ state, revision }) =>
                state === 'awaiting_approval' && revision === before.thread.revision,
            )
            expect(waits).toBe(false)
          }
        })
      }),
      runs,
    )
  })

  it('does a reply wait for approval on a revision that nobody has reviewed', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const { thread, letters } = playAll(list, () => undefined)
        for (const { kind, state, revision } of letters) {
          if (kind !== 'reply' || state !== 'awaiting_approval') continue
          if (revision === thread.revision) expect(thread.reviews.length).toBeGreaterThan(0)
        }
      }),
      runs,
    )
  })

  it('is an act accepted without an event, and replaying the events gives the same state', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const log: Event[] = []
        const end = playAll(list, (_, { events }, move) => {
          if (move.act !== 'send') expect(events.length).toBeGreaterThan(0)
          log.push(...events)
        })
        expect(log.reduce(apply, newMatter())).toEqual(end)
      }),
      runs,
    )
  })
})

describe('the sequences above', () => {
  it('reach suspensions in force, replies sent and disputes settled, so that they prove something', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(moves, (list) => {
        const end = playAll(list, (_, { events }) => {
          for (const { kind } of events) reached.add(kind)
        })
        for (const { state, kind } of end.sender.measures) reached.add(`${kind}_${state}`)
      }),
      { numRuns: 6_000, seed: 20261123 },
    )
    for (const kind of [
      'suspension_in_force',
      'warning_in_force',
      'reply_approved',
      'letter_sent',
      'letter_cancelled',
      'suspension_lifted',
      'reply_changed',
      'measure_declined',
      'review_withdrawn',
      'suspension_renewed',
      'suspension_reviewed',
    ]) {
      expect(reached).toContain(kind)
    }
  })
})
