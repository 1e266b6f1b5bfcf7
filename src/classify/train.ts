import {
  type Card,
  type Features,
  isAboutCategory,
  type Question,
  questions,
  type Weights,
} from './card.ts'
import { type Figures, figuresFor, type Judged, judge, type LabelledThread } from './evaluate.ts'
import { fit, type Sample } from './fit.ts'
import { observe } from './observe.ts'
import type { Rule, RuleSet } from './rules.ts'

/** A labelled thread, what was found in it, and whose hand it comes from. */
export type Seen = {
  readonly thread: LabelledThread
  readonly features: Features
  readonly author: string
  /** How much it counts in fitting: 1 for a thread, less for a stray line. */
  readonly weight: number
}

/** How strongly weights are held back; chosen by cross-validation over authors. */
const held = { ridge: 1.5, lasso: 0.5 }

export function see(thread: LabelledThread, author: string, rules: RuleSet, weight = 1): Seen {
  return { thread, author, weight, features: observe(thread, rules).features }
}

/** Fits the weights of every question from labelled threads. */
export function fitCard(seen: readonly Seen[], rules: readonly Rule[]): Card {
  const weights = questions.map((question): [Question, Weights] => [
    question,
    fit(samplesFor(question, seen), { ...held, prior: priorFor(question, rules) }),
  ])
  return { weights: new Map(weights), rules: new Set(rules.map(({ id }) => id)) }
}

/**
 * Judges every thread by weights fitted without its author's other threads, as a new customer's
 * mail would be judged; `partOf` names the part that a thread is held out with, `always` is in every
 * fit and judged in none.
 */
export function crossValidate(
  seen: readonly Seen[],
  always: readonly Seen[],
  rules: RuleSet,
  partOf: (one: Seen, place: number) => string,
): Figures {
  const parts = Map.groupBy(seen.entries(), ([place, one]) => partOf(one, place))
  const judged = [...parts.values()].flatMap((entries): Judged[] => {
    const out = new Set(entries.map(([, one]) => one))
    const others = seen.filter((one) => !out.has(one))
    const card = fitCard([...others, ...always], rules.rules)
    return [...out].map(({ thread }) => judge(thread, { ...rules, card }))
  })
  return figuresFor(judged)
}

function samplesFor(question: Question, seen: readonly Seen[]): Sample[] {
  return seen.flatMap(({ thread, features, weight }): Sample[] => {
    const yes = answered(question, thread)
    return yes === null ? [] : [{ features, yes, weight }]
  })
}

/** What people said; null where the thread has nothing to say on the question. */
function answered(question: Question, thread: LabelledThread): boolean | null {
  const { labels, accept = [], severity, kind } = thread
  const harmful = labels.length > 0
  if (isAboutCategory(question))
    return labels.includes(question) || (accept.includes(question) ? null : false)
  if (question === 'any') return harmful || (accept.length > 0 ? null : false)
  if (question === 'self_harm') return kind.startsWith('self_harm')
  if (isUngraded(thread)) return null
  if (question === 'severity_3') return severity === 3
  return harmful ? severity >= 2 : null
}

/** Harassment whose severity nobody has said. */
function isUngraded({ labels, severity }: LabelledThread): boolean {
  return labels.length > 0 && severity === 0
}

/** Log-odds that a rule which makes us wholly sure starts with, before any thread was seen. */
const sureOdds = 1

/** Every rule starts from the weight that its author gave it, for what it was written for. */
function priorFor(question: Question, rules: readonly Rule[]): ReadonlyMap<string, number> {
  return new Map(
    rules
      .filter((rule) => speaksFor(rule, question))
      .map(({ id, weight }) => [`rule:${id}`, weight * sureOdds]),
  )
}

function speaksFor({ speaks, severity }: Rule, question: Question): boolean {
  if (speaks.kind === 'flag') return speaks.code === question
  if (speaks.kind !== 'category') return false
  if (question === 'severity_3') return severity === 3
  return question === 'any' || speaks.code === question
}
