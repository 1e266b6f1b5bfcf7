import { type Category, categories } from './category.ts'
import type { Decision } from './decision.ts'
import type { Agreement, DrillEvent } from './drill-event.ts'
import { type Refusal, type RefusalReason, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** What can be learned: one category beside ordinary mail that looks like it, or all of them. */
export const packs = ['mixed', ...categories] as const
export type Pack = (typeof packs)[number]

/** A decision on mail, or a training case of the product's own. Never a word of either. */
export type CaseRef =
  | { readonly kind: 'mail'; readonly threadId: string; readonly decisionId: string }
  | { readonly kind: 'own'; readonly code: string }

/** What was decided. */
export type Expected = Pick<Decision, 'outcome' | 'categories' | 'severity'>

/** A review in short. */
export type DrillAnswer = Expected & {
  readonly elements: {
    readonly superiorPosition: boolean
    readonly improperConduct: boolean
    readonly harmToWorkEnvironment: boolean
  }
}

export type CaseState = 'open' | 'answered' | 'left_out'

export type DrillCase = {
  readonly id: string
  readonly drillId: string
  /** From 1. */
  readonly place: number
  readonly ref: CaseRef
  readonly state: CaseState
  readonly answer: DrillAnswer | null
  /** What was decided, as it stood when it was answered: codes, which outlive the mail. */
  readonly expected: Expected | null
  readonly answeredAt: Instant | null
}

export type Drill = Agreement & {
  readonly id: string
  readonly pack: Pack
  readonly personId: string
  readonly startedBy: string
  readonly startedAt: Instant
  readonly policyVersion: string
  readonly cases: number
  /** Cases that are no longer open, and those of them that were answered. */
  readonly passed: number
  readonly answered: number
  readonly state: 'open' | 'done'
  readonly endedAt: Instant | null
}

/** Of fewer cases agreement says little, and is shown to nobody but the person. */
export const agreementLeast = 10

/** How an answer differs from what was decided. */
export type Difference = {
  readonly outcome: boolean
  readonly missed: readonly Category[]
  readonly added: readonly Category[]
  /** Above 0 the answer was graver. */
  readonly severity: number
}

export function differenceOf(answer: Expected, expected: Expected): Difference {
  return {
    outcome: answer.outcome !== expected.outcome,
    missed: expected.categories.filter((code) => !answer.categories.includes(code)),
    added: answer.categories.filter((code) => !expected.categories.includes(code)),
    severity: answer.severity - expected.severity,
  }
}

/** Whether nothing differs. */
export function isExact({ outcome, missed, added, severity }: Difference): boolean {
  return !outcome && missed.length === 0 && added.length === 0 && severity === 0
}

/** Starts a drill with the cases chosen. */
export function startDrill(
  drill: Pick<Drill, 'id' | 'pack' | 'personId' | 'policyVersion'>,
  cases: { readonly count: number; readonly sha256: string },
  by: string,
  at: Instant,
): Step | Refusal {
  if (cases.count === 0) return refuse('drill_no_cases')
  const { id: drillId, pack, personId, policyVersion } = drill
  const about = { drillId, pack, personId, policyVersion }
  const what = { cases: cases.count, casesSha256: cases.sha256 }
  return step({ kind: 'drill_started', at, by, ...about, ...what })
}

/** Answers a case; with the last one the drill is a record. */
export function answerCase(
  drill: Drill,
  one: DrillCase,
  given: { readonly answer: DrillAnswer; readonly expected: Expected; readonly sha256: string },
  by: string,
  at: Instant,
): Step | Refusal {
  if (drill.personId !== by) return refuse('not_allowed')
  if (one.state !== 'open') return refuse('drill_answered_already')
  const missing = flawOf(given.answer)
  if (missing) return refuse(missing)
  const said = { place: one.place, answerSha256: given.sha256 }
  const event = { kind: 'drill_answered', at, by, drillId: drill.id, ...said } as const
  const next = afterAnswer(drill, differenceOf(given.answer, given.expected))
  return step(event, ...endOf(next, by, at))
}

/** Goes on past a case whose mail is no longer there. */
export function leaveOut(drill: Drill, one: DrillCase, by: string, at: Instant): Step | Refusal {
  if (drill.personId !== by) return refuse('not_allowed')
  if (one.state !== 'open') return refuse('drill_answered_already')
  const event = {
    kind: 'drill_case_left_out',
    at,
    by,
    drillId: drill.id,
    place: one.place,
  } as const
  return step(event, ...endOf(afterLeavingOut(drill), by, at))
}

/** The drill with one more answer. */
export function afterAnswer(drill: Drill, difference: Difference): Drill {
  return {
    ...drill,
    passed: drill.passed + 1,
    answered: drill.answered + 1,
    agreed: drill.agreed + (difference.outcome ? 0 : 1),
    exact: drill.exact + (isExact(difference) ? 1 : 0),
  }
}

export function afterLeavingOut(drill: Drill): Drill {
  return { ...drill, passed: drill.passed + 1 }
}

/** The drill once all its cases are past. */
export function ended(drill: Drill, at: Instant): Drill {
  return drill.passed < drill.cases ? drill : { ...drill, state: 'done', endedAt: at }
}

function endOf(drill: Drill, by: string, at: Instant): (DrillEvent & Stamp)[] {
  if (drill.passed < drill.cases || drill.answered === 0) return []
  const { id: drillId, personId, pack, answered: cases, policyVersion } = drill
  const about = { drillId, personId, pack, cases, policyVersion }
  return [{ kind: 'drill_completed', at, by, ...about, agreement: agreementOf(drill) }]
}

type Stamp = { readonly at: Instant; readonly by: string }

/** What others than the person may know of it. */
export function agreementOf({
  answered,
  agreed,
  exact,
}: Agreement & Pick<Drill, 'answered'>): Agreement | null {
  return answered < agreementLeast ? null : { agreed, exact }
}

function flawOf({ outcome, categories: codes, severity, elements }: DrillAnswer) {
  if (outcome === 'ordinary') return null
  const { superiorPosition, improperConduct, harmToWorkEnvironment } = elements
  const missing: [boolean, RefusalReason][] = [
    [codes.length === 0, 'category_missing'],
    [severity === 0, 'severity_missing'],
    [!superiorPosition || !improperConduct || !harmToWorkEnvironment, 'drill_element_missing'],
  ]
  return missing.find(([isMissing]) => isMissing)?.[1] ?? null
}
