import type {
  AssessedCategory,
  AssessedFlag,
  Assessment,
  Evidence,
  Exchange,
  Fact,
} from '../domain/assessment.ts'
import { type Category, categories, flags, type Severity } from '../domain/category.ts'
import { type FactName, type Measured, measure } from './facts.ts'
import { occurrences, type Scanned, scan, spansOf } from './match.ts'
import type { Rule, RuleSet } from './rules.ts'

/** What one rule found in a thread. */
export type Finding = {
  readonly rule: Rule
  readonly evidence: readonly Evidence[]
  /** Places where it holds; facts alone count as one. */
  readonly times: number
}

/** Evidence shown of one rule; the reviewer needs examples, not every repetition. */
const evidenceMax = 8

/**
 * Applies the rules to a thread: only the customer's own new words count. Pure, and the same for
 * the same thread and rules. It never decides.
 */
export function assess(exchange: Exchange, rules: RuleSet): Assessment {
  const findings = findingsOf(exchange, rules)
  const against = findings.filter(({ rule }) => rule.speaks.kind === 'against')
  const listed = categories.flatMap((code) => categoryOf(code, findings, against, rules))
  return {
    ruleSet: rules.version,
    categories: listed,
    severity: highest(listed.map(({ severity }) => severity)),
    flags: flags.flatMap((code): AssessedFlag[] => {
      const said = findings.filter(
        ({ rule: { speaks } }) => speaks.kind === 'flag' && speaks.code === code,
      )
      return said.length > 0 ? [{ code, evidence: said.flatMap(({ evidence }) => evidence) }] : []
    }),
    against: against.flatMap(({ evidence }) => evidence),
  }
}

/** Every rule that holds, with what it saw: the trace behind an assessment. */
export function findingsOf(exchange: Exchange, ruleSet: RuleSet): Finding[] {
  const mails = scan(exchange, ruleSet)
  const theirs = mails.filter(({ mail }) => mail.message.dir === 'in')
  if (theirs.length === 0) return []
  const facts = measure(mails, exchange.history)
  return ruleSet.rules.flatMap((rule) => {
    const found = apply(rule, theirs, facts)
    return found ? [found] : []
  })
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
      const text = `${fact.words.ja} / ${fact.words.en}`
      found.push({ kind: 'fact', rule: rule.id, why: rule.why, message: fact.message, text })
    }
  }
  return found
}

function categoryOf(
  code: Category,
  findings: readonly Finding[],
  against: readonly Finding[],
  { thresholds }: RuleSet,
): AssessedCategory[] {
  const said = findings.filter(
    ({ rule: { speaks } }) => speaks.kind === 'category' && speaks.code === code,
  )
  if (said.length === 0) return []
  const doubt = said.reduce((rest, { rule }) => rest * (1 - rule.weight), 1)
  const kept = against
    .filter(({ rule: { speaks } }) => speaks.kind === 'against' && speaks.lowers.includes(code))
    .reduce((share, { rule }) => share * (1 - rule.weight), 1)
  const score = Math.round((1 - doubt) * kept * 1000) / 1000
  if (score < (thresholds.get(code) ?? 1)) return []
  const severity = highest(said.map(severityOf))
  return [{ code, score, severity, evidence: said.flatMap(({ evidence }) => evidence) }]
}

function severityOf({ rule, times }: Finding): Severity {
  return times >= 2 ? highest([rule.severity, rule.severityRepeated]) : rule.severity
}

function highest(severities: readonly Severity[]): Severity {
  return severities.reduce<Severity>((most, one) => (one > most ? one : most), 0)
}
