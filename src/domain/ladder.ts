import type { Letter } from './letter.ts'
import type { Matter } from './matter.ts'
import { openObjection } from './objection.ts'
import type { Measure } from './sender.ts'
import { harassmentOf } from './thread.ts'
import type { Instant } from './time.ts'

/** What the policy asks before a suspension, and how far it was done. */
export type Ladder = {
  readonly decided: boolean
  readonly explained: boolean
  readonly warned: boolean
  /** Severity 3: explanation and warning may be left out without a reason. */
  readonly maySkip: boolean
}

/** How far the policy's steps (explain, warn, then stop) have been gone with this sender. */
export function ladderOf(m: Matter): Ladder {
  const decision = harassmentOf(m.thread)
  return {
    decided: decision !== null,
    explained: m.letters.some(({ kind, state }) => kind === 'reply' && state === 'sent'),
    warned: m.sender.measures.some(({ kind, state }) => kind === 'warning' && state === 'in_force'),
    maySkip: decision?.severity === 3,
  }
}

/** Whether the two reviewers' word, an explanation and a warning were there or are excused. */
export function isSkipped(words: string): boolean {
  return words.trim() !== ''
}

/** What still has to happen with a measure, in the order in which the policy asks for it. */
export const asks = [
  'explain',
  'warn',
  'identity',
  'confirm',
  'notice',
  'told',
  'objection',
  'review',
  'lifting_notice',
  'answer_notice',
] as const

export type Ask = (typeof asks)[number]

/** What the policy still asks for; empty where nothing waits for anybody. */
export function stillAsked(
  m: Matter,
  measure: Measure,
  given: { readonly at: Instant; readonly proven: boolean },
): Ask[] {
  const waits = (kind: Letter['kind']) =>
    m.letters.some(
      (one) =>
        one.measureId === measure.id && one.kind === kind && one.state === 'awaiting_approval',
    )
  return [
    ...(measure.state === 'proposed' ? askedBefore(m, measure, given.proven) : []),
    ...(measure.state === 'confirmed' ? (['notice'] as const) : []),
    ...(measure.state === 'not_announced' ? (['told'] as const) : []),
    ...(measure.state === 'in_force' ? askedDuring(measure, given.at) : []),
    ...(waits('lifting') ? (['lifting_notice'] as const) : []),
    ...(waits('objection') ? (['answer_notice'] as const) : []),
  ]
}

function askedBefore(m: Matter, measure: Measure, proven: boolean): Ask[] {
  const { explained, warned, maySkip } = ladderOf(m)
  const explain = !explained && !maySkip && !isSkipped(measure.skipExplanation)
  const wantsWarning = measure.kind === 'suspension' && measure.renews === null
  const warn = wantsWarning && !warned && !maySkip && !isSkipped(measure.skipWarning)
  return [
    ...(explain ? (['explain'] as const) : []),
    ...(warn ? (['warn'] as const) : []),
    ...(proven ? [] : (['identity'] as const)),
    'confirm',
  ]
}

function askedDuring(measure: Measure, at: Instant): Ask[] {
  if (measure.kind !== 'suspension') return []
  const { reviewAt, endsAt } = measure
  const due = reviewAt !== null && at >= reviewAt && endsAt !== null && at < endsAt
  return [
    ...(openObjection(measure) ? (['objection'] as const) : []),
    ...(due ? (['review'] as const) : []),
  ]
}
