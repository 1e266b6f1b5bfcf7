import {
  type Card,
  type Features,
  isAboutCategory,
  type Question,
  questions,
  type Weights,
} from './card.ts'
import { type Figures, figuresFor, type Judged, judge, type LabelledThread } from './evaluate.ts'
import { type FitOptions, fit, type Sample } from './fit.ts'
import { observe } from './observe.ts'
import type { Rule, RuleSet } from './rules.ts'

/** A labelled thread, what was found in it, and whose hand it comes from. */
export type Seen = {
  readonly thread: LabelledThread
  readonly features: Features
  readonly author: string
}

/** How strongly weights are held back; chosen by cross-validation over authors. */
const held = { ridge: 1.5, lasso: 0.5 }

export function see(thread: LabelledThread, author: string, rules: RuleSet): Seen {
  return { thread, author, features: observe(thread, rules).features }
}

/** Fits the weights of every question from labelled threads. */
export function fitCard(seen: readonly Seen[], rules: readonly Rule[]): Card {
  const weights = questions.map((question): [Question, Weights] => [
    question,
    fit(samplesFor(question, seen), { ...held, ...limitsFor(question, rules) }),
  ])
  return { weights: new Map(weights), rules: new Set(rules.map(({ id }) => id)) }
}

/**
 * Judges every thread by weights fitted without its author's other threads, as a new customer's
 * mail would be judged; `partOf` names the part that a thread is held out with.
 */
export function crossValidate(
  seen: readonly Seen[],
  rules: RuleSet,
  partOf: (one: Seen, place: number) => string,
): Figures {
  const parts = Map.groupBy(seen, (one) => partOf(one, seen.indexOf(one)))
  const judged = [...parts.values()].flatMap((held): Judged[] => {
    const out = new Set(held)
    const card = fitCard(
      seen.filter((one) => !out.has(one)),
      rules.rules,
    )
    return held.map(({ thread }) => judge(thread, { ...rules, card }))
  })
  return figuresFor(judged)
}

function samplesFor(question: Question, seen: readonly Seen[]): Sample[] {
  return seen.flatMap(({ thread, features }): Sample[] => {
    const yes = answered(question, thread)
    return yes === null ? [] : [{ features, yes }]
  })
}

/** What people said; null where the thread has nothing to say on the question. */
function answered(question: Question, thread: LabelledThread): boolean | null {
  const { labels, accept, severity, kind } = thread
  if (isAboutCategory(question)) {
    if (labels.includes(question)) return true
    return accept?.includes(question) ? null : false
  }
  if (question === 'any') return labels.length > 0 || (accept?.length ? null : false)
  if (question === 'severity_3') return isUngraded(thread) ? null : severity === 3
  if (question === 'severity_2') return labels.length === 0 || isUngraded(thread) ? null : severity >= 2
  return kind.startsWith('self_harm')
}

/** Harassment whose severity nobody has said. */
function isUngraded({ labels, severity }: LabelledThread): boolean {
  return labels.length > 0 && severity === 0
}

/** A rule may not be fitted to speak against what it was written for. */
function limitsFor(question: Question, rules: readonly Rule[]): Pick<FitOptions, 'notBelowZero'> {
  const own = new Set(
    rules.filter(({ speaks }) => speaksFor(speaks, question)).map(({ id }) => `rule:${id}`),
  )
  return { notBelowZero: (name) => own.has(name) }
}

function speaksFor(speaks: Rule['speaks'], question: Question): boolean {
  if (speaks.kind === 'category') return speaks.code === question
  return speaks.kind === 'flag' && speaks.code === question
}
