import { type Evidence, type Exchange, type Fact, factText } from '../domain/assessment.ts'
import type { Features } from './card.ts'
import type { Measured } from './counted.ts'
import { type FactName, measure } from './facts.ts'
import { occurrences, type Scanned, scan, spansOf } from './match.ts'
import type { Rule, RuleSet } from './rules.ts'

/** What one rule found in a thread. */
export type Finding = {
  readonly rule: Rule
  readonly evidence: readonly Evidence[]
  /** Places where it holds; facts alone count as one. */
  readonly times: number
}

/** Everything that rules, signs and facts found in a thread, before anything is weighed. */
export type Observed = {
  /** The customer's mails. */
  readonly theirs: readonly Scanned[]
  readonly findings: readonly Finding[]
  readonly facts: ReadonlyMap<FactName, Measured>
  readonly features: Features
}

/** Evidence shown of one rule; the reviewer needs examples, not every repetition. */
const evidenceMax = 8

/** Applies every rule and sign to a thread: only the customer's own new words count. */
export function observe(exchange: Exchange, ruleSet: RuleSet): Observed {
  const mails = scan(exchange, ruleSet)
  const theirs = mails.filter(({ mail }) => mail.message.dir === 'in')
  if (theirs.length === 0) return nothing
  const facts = measure(mails, exchange.history)
  const findings = ruleSet.rules.flatMap((rule) => {
    const found = apply(rule, theirs, facts)
    return found ? [found] : []
  })
  return { theirs, findings, facts, features: featuresOf(theirs, findings, facts, ruleSet) }
}

const nothing: Observed = { theirs: [], findings: [], facts: new Map(), features: new Map() }

/** Said twice, a thing weighs half as much again; said ten times, no more than that. */
function strengthOf(times: number): number {
  return times > 1 ? 1.5 : 1
}

/** A count beyond this says nothing new. */
const countMax = 15

function featuresOf(
  theirs: readonly Scanned[],
  findings: readonly Finding[],
  facts: ReadonlyMap<FactName, Measured>,
  { parts }: RuleSet,
): Features {
  const features = new Map<string, number>()
  for (const { rule, times } of findings) features.set(`rule:${rule.id}`, strengthOf(times))
  for (const { name, says } of parts) {
    if (says === null) continue
    const times = theirs.reduce((sum, { spoken }) => sum + (spoken.get(name)?.length ?? 0), 0)
    if (times > 0) features.set(`sign:${name}`, strengthOf(times))
  }
  for (const [name, { value }] of facts)
    if (value > 0) features.set(`fact:${name}`, Math.log1p(Math.min(value, countMax)))
  return features
}

function apply(
  rule: Rule,
  theirs: readonly Scanned[],
  facts: ReadonlyMap<string, Measured>,
): Finding | null {
  const measured = factsFor(rule, facts)
  if (measured === null) return null
  if (rule.when.length === 0) {
    const cancelled = theirs.some(({ spoken }) => rule.unless.some((name) => spoken.has(name)))
    return cancelled ? null : { rule, evidence: measured, times: 1 }
  }
  const places = occurrences(rule, theirs)
  if (places.length === 0) return null
  const spans = places.flatMap((place) => spansOf(rule, place)).slice(0, evidenceMax)
  const sentences = new Set(places.map(({ mail, hits }) => `${mail.index}:${hits[0]?.sentence}`))
  return { rule, evidence: [...spans, ...measured], times: sentences.size }
}

/** The facts a rule asks for, in words; null where one is out of bounds. */
function factsFor(rule: Rule, facts: ReadonlyMap<string, Measured>): Fact[] | null {
  const found: Fact[] = []
  for (const [name, { min, max }] of rule.facts) {
    const fact = facts.get(name as FactName)
    if (!fact || fact.value < min || fact.value > max) return null
    if (min > 0) {
      const text = factText(fact.words)
      found.push({ kind: 'fact', rule: rule.id, why: rule.why, message: fact.message, text })
    }
  }
  return found
}
