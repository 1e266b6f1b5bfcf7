import type { DutyFacts, Figure, FigureKey } from './duty-facts.ts'

/** The five groups of the guidelines to the law (指針), and what each asks for. */
export const dutyGroups = {
  policy: ['words', 'known', 'public'],
  desk: ['desk', 'answers'],
  response: ['two_people', 'at_once', 'protection', 'care', 'recurrence', 'training'],
  deterrence: ['ladder', 'outside'],
  besides: ['privacy', 'no_disadvantage', 'fairness'],
} as const

export type DutyGroup = keyof typeof dutyGroups
export type Duty = (typeof dutyGroups)[DutyGroup][number]

/** What the record can show for a duty: all that is asked for, a part of it, nothing. */
export const dutyStates = ['shown', 'part', 'none'] as const
export type DutyState = (typeof dutyStates)[number]

/** Of people in need nothing is told in steps smaller than this, and nothing below it. */
export const peopleStep = 5

export type Finding = {
  readonly duty: Duty
  readonly state: DutyState
  readonly figures: readonly (readonly [FigureKey, Figure])[]
}

/** What can be shown for each duty, by rules that are the same for everybody. */
export function findingsOf(facts: DutyFacts): Readonly<Record<Duty, Finding>> {
  const finding = (duty: Duty): Finding => ({ duty, ...rules[duty](facts) })
  const all = Object.values(dutyGroups).flat()
  return Object.fromEntries(all.map((duty) => [duty, finding(duty)])) as Record<Duty, Finding>
}

type Rule = (facts: DutyFacts) => Omit<Finding, 'duty'>

/**
 * How a state comes about. Where nothing happened in the period the way is there and no case of it:
 * that is a part. What only the employer can know is never shown in full.
 */
const rules: Readonly<Record<Duty, Rule>> = {
  words: ({ policy }) => ({
    state: policy.hasProse && policy.since !== null ? 'shown' : 'part',
    figures: [
      ['version', { is: 'words', words: policy.version }],
      ['since', policy.since === null ? unset : { is: 'day', at: policy.since }],
      ['prose', { is: 'yes', yes: policy.hasProse }],
    ],
  }),
  known: ({ policy: { confirmed, staff, given } }) => ({
    state: byShare(confirmed, staff),
    figures: [
      ['confirmed', { is: 'share', n: confirmed, of: staff }],
      ['given', count(given)],
    ],
  }),
  public: ({ policy: { address } }) => ({
    state: address === null ? 'none' : 'part',
    figures: [['address', { is: 'words', words: address }]],
  }),
  desk: ({ desk: { carers } }) => ({
    state: carers >= 2 ? 'shown' : carers === 1 ? 'part' : 'none',
    figures: [['carers', { is: 'staff', n: carers }]],
  }),
  answers: ({ desk: { over, reports, answered, medianDays } }) => {
    const isTold = answered >= peopleStep
    const figures: [FigureKey, Figure][] = [
      ['reports', people(reports)],
      ['answered', people(answered)],
      ['median_answer', isTold ? { is: 'days', n: medianDays } : { is: 'withheld' }],
    ]
    return {
      state: isTold ? 'shown' : 'part',
      figures: [['over', { is: 'span', over }], ...(over === null ? [] : figures)],
    }
  },
  two_people: ({ decisions: { harassment, ordinary, incidents } }) => {
    const all = [harassment, ordinary, incidents]
    const agreed = all.reduce((sum, one) => sum + one.agreed, 0)
    const settled = all.reduce((sum, one) => sum + one.settled, 0)
    return {
      state: ifAny(agreed + settled),
      figures: [
        ['decisions', { is: 'share', n: agreed + settled, of: agreed + settled }],
        ['agreed', count(agreed)],
        ['settled', count(settled)],
      ],
    }
  },
  at_once: ({ alerts: { raised, acknowledged, medianHours } }) => ({
    state: acknowledged === raised ? ifAny(raised) : 'part',
    figures: [
      ['alerts', count(raised)],
      ['acknowledged', { is: 'share', n: acknowledged, of: raised }],
      ['median_alert', { is: 'hours', n: medianHours }],
    ],
  }),
  protection: ({ decisions, measures }) => ({
    state: ifAny(measures.warnings + measures.suspensions),
    figures: [
      ['found', count(decisions.found)],
      ['warnings', count(measures.warnings)],
      ['suspensions', count(measures.suspensions)],
      ['to_decision', { is: 'days', n: measures.toDecision }],
      ['to_force', { is: 'days', n: measures.toForce }],
    ],
  }),
  // Care is offered to whom a case hit: where there was nobody, there is nothing to offer.
  care: ({ care }) => ({
    state: care.overdue > 0 ? 'part' : ifAny(care.offered),
    figures: [
      ['offered', people(care.offered)],
      ['done', people(care.done)],
      ['declined', people(care.declined)],
      ['overdue', people(care.overdue)],
    ],
  }),
  recurrence: ({ measures, ruleChanges, holds }) => ({
    state: measures.inForce + ruleChanges + holds > 0 ? 'part' : 'none',
    figures: [
      ['in_force', count(measures.inForce)],
      ['rule_changes', count(ruleChanges)],
      ['holds', count(holds)],
    ],
  }),
  training: ({ policy: { staff }, training }) => ({
    state: byShare(training.people, staff),
    figures: [
      ['trained', { is: 'share', n: training.people, of: staff }],
      ['drills', count(training.drills)],
      ['held', count(training.held)],
    ],
  }),
  ladder: ({ policy, measures }) => ({
    state: policy.hasProse ? 'shown' : 'part',
    figures: [
      ['prose', { is: 'yes', yes: policy.hasProse }],
      ['warnings', count(measures.warnings)],
      ['suspensions', count(measures.suspensions)],
    ],
  }),
  outside: ({ exports }) => ({
    state: 'part',
    figures: [
      ['exports', count(exports.n)],
      ['last_export', { is: 'day', at: exports.last }],
    ],
  }),
  privacy: ({ sealed, retentionRuns }) => ({
    state: sealed && retentionRuns ? 'shown' : 'part',
    figures: [
      ['sealed', { is: 'yes', yes: sealed }],
      ['retention', { is: 'yes', yes: retentionRuns }],
    ],
  }),
  no_disadvantage: ({ policy }) => ({
    state: policy.hasProse ? 'part' : 'none',
    figures: [['prose', { is: 'yes', yes: policy.hasProse }]],
  }),
  fairness: ({ decisions: { ordinary }, objections: { received, decided } }) => ({
    state: decided === received ? ifAny(received) : 'part',
    figures: [
      ['ordinary', count(ordinary.agreed + ordinary.settled)],
      ['objections', count(received)],
      ['objections_decided', { is: 'share', n: decided, of: received }],
    ],
  }),
}

function byShare(n: number, of: number): DutyState {
  if (n === 0) return 'none'
  return n >= of ? 'shown' : 'part'
}

function ifAny(n: number): DutyState {
  return n > 0 ? 'shown' : 'part'
}

const unset: Figure = { is: 'words', words: null }

function count(n: number): Figure {
  return { is: 'count', n }
}

function people(n: number): Figure {
  return { is: 'people', n: n - (n % peopleStep) }
}
