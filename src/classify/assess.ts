import type {
  AssessedCategory,
  AssessedFlag,
  Assessment,
  Evidence,
  Exchange,
} from '../domain/assessment.ts'
import { type Category, categories, type Flag, flags, type Severity } from '../domain/category.ts'
import { answerOf } from './card.ts'
import { evidenceAgainst, evidenceFor, evidenceOfListed } from './explain.ts'
import { illegible } from './legible.ts'
import { type Finding, type Observed, observe } from './observe.ts'
import type { RuleSet } from './rules.ts'

/**
 * Applies the rules to a thread: only the customer's own new words count. Pure, and the same for
 * the same thread and rules. It never decides.
 */
export function assess(exchange: Exchange, rules: RuleSet): Assessment {
  return weigh(observe(exchange, rules), rules)
}

/** The assessment that follows from what was found. */
export function weigh(observed: Observed, rules: RuleSet): Assessment {
  const listed = listedBy(observed, rules)
  const codes = listed.map(({ code }) => code)
  const severity = severityOf(codes, observed, rules)
  return {
    ruleSet: rules.version,
    categories: listed.map(({ code, score }, place): AssessedCategory => {
      const own = place === worstOf(listed) ? severity : ownSeverity(code, observed, severity)
      return { code, score, severity: own, evidence: evidenceOfListed(code, observed, rules) }
    }),
    severity,
    flags: flags.flatMap((code): AssessedFlag[] => {
      const evidence = evidenceOfFlag(code, observed, rules)
      return evidence.length > 0 ? [{ code, evidence }] : []
    }),
    against: evidenceAgainst(codes, observed, rules),
  }
}

/** How likely any harassment is, 0 to 1: by the card, or without one the highest score. */
export function chanceOfAny(observed: Observed, rules: RuleSet): number {
  const scores = categories.map((code) => scoreOf(code, observed, rules))
  return answerOf(rules.card, 'any', observed.features) ?? Math.max(...scores)
}

type Scored = { readonly code: Category; readonly score: number }

/** Chance of any harassment at all from which categories are listed, and of a grave one. */
const anyMin = 0.66
const graveOpens = 0.3

/**
 * The categories over their threshold. The card is asked first whether this is harassment at all,
 * which it knows better than the kind; where it is, the likeliest kind is always named.
 */
function listedBy(observed: Observed, rules: RuleSet): Scored[] {
  const scores = categories.map((code) => ({ code, score: scoreOf(code, observed, rules) }))
  const over = scores.filter(({ code, score }) => score >= (rules.thresholds.get(code) ?? 1))
  const any = answerOf(rules.card, 'any', observed.features)
  if (any === null) return over
  const alone = aloneOf(observed, rules)
  // Later rules against it take from the whole what they take from the likeliest kind.
  const kept = keptOf(likeliest(observed, rules), observed, rules)
  const grave = (answerOf(rules.card, 'severity_3', observed.features) ?? 0) * kept
  if (Math.max(any * kept, alone) < anyMin && grave < graveOpens) return []
  const top = scores[worstOf(scores)]
  return scores.flatMap((one): Scored[] => {
    if (one === top) {
      return [{ ...one, score: thousandths(Math.max(one.score, any * kept, grave, alone)) }]
    }
    return over.includes(one) ? [one] : []
  })
}

/** How sure the rules make us that count by their own weight, less what speaks against their kind. */
function aloneOf(observed: Observed, rules: RuleSet): number {
  const left = observed.findings.reduce((doubt, found) => {
    const { speaks, weight } = found.rule
    if (speaks.kind !== 'category' || !standsAlone(found, rules)) return doubt
    return doubt * (1 - weight * keptOf(speaks.code, observed, rules))
  }, 1)
  return 1 - left
}

/** The kind that the card holds for the likeliest, whatever later rules say against it. */
function likeliest({ features }: Observed, { card }: RuleSet): Category {
  const chances = categories.map((code) => ({ code, score: answerOf(card, code, features) ?? 0 }))
  return chances[worstOf(chances)]?.code ?? categories[0]
}

function worstOf(scores: readonly Scored[]): number {
  return scores.reduce((most, { score }, at) => (score > (scores[most]?.score ?? 0) ? at : most), 0)
}

function evidenceOfFlag(flag: Flag, observed: Observed, rules: RuleSet): readonly Evidence[] {
  if (flag === 'illegible') return illegible(observed.theirs.map(({ mail }) => mail))
  const said = observed.findings
    .filter(({ rule: { speaks } }) => speaks.kind === 'flag' && speaks.code === flag)
    .flatMap(({ evidence }) => evidence)
  return said.length > 0 || flag !== 'self_harm' ? said : despairBySigns(observed, rules)
}

/** Chance from which signs together raise the flag: here a false alarm costs far less than a miss. */
const despairMin = 0.12

function despairBySigns(observed: Observed, rules: RuleSet): readonly Evidence[] {
  const chance = answerOf(rules.card, 'self_harm', observed.features)
  if (chance === null || chance < despairMin) return []
  return evidenceFor('self_harm', observed, rules)
}

/**
 * The card's answer; a rule that it does not know yet counts by its own weight, and so do all rules
 * where there is no card.
 */
function scoreOf(code: Category, observed: Observed, rules: RuleSet): number {
  const alone = observed.findings.filter((found) => standsAlone(found, rules))
  const doubt = 1 - (answerOf(rules.card, code, observed.features) ?? 0)
  const left = leftBy(
    alone.filter(({ rule: { speaks } }) => speaks.kind === 'category' && speaks.code === code),
  )
  return thousandths((1 - doubt * left) * keptOf(code, observed, rules))
}

/**
 * What is left of a category after the rules against it: the card knows those that it was fitted
 * with, later ones take their own weight.
 */
function keptOf(code: Category, { findings }: Observed, rules: RuleSet): number {
  const { card } = rules
  const isFitted = card.weights.has(code)
  return leftBy(
    findings.filter((found) => {
      const { speaks, id } = found.rule
      if (speaks.kind !== 'against' || !speaks.lowers.includes(code)) return false
      return isFitted ? !card.rules.has(id) : standsAlone(found, rules)
    }),
  )
}

/** Whether a rule counts by its own weight: it is plain, or came after the weights were fitted. */
function standsAlone({ rule }: Finding, { card }: RuleSet): boolean {
  return rule.decisive || !card.rules.has(rule.id)
}

/** What is left of a doubt after findings that each take their weight from it. */
function leftBy(findings: readonly Finding[]): number {
  return findings.reduce((left, { rule }) => left * (1 - rule.weight), 1)
}

function thousandths(share: number): number {
  return Math.round(share * 1000) / 1000
}

/** Chances from which a thread counts as clear (2) and as criminal or urgent (3). */
const clearMin = 0.5
const graveMin = 0.15

function severityOf(listed: readonly Category[], observed: Observed, { card }: RuleSet): Severity {
  if (listed.length === 0) return 0
  const grave = answerOf(card, 'severity_3', observed.features)
  const clear = answerOf(card, 'severity_2', observed.features)
  if (grave === null || clear === null)
    return highest(listed.map((code) => byRules(code, observed)))
  const plain = highest(
    observed.findings.filter(({ rule }) => rule.decisive).map(({ rule }) => rule.severity),
  )
  if (grave >= graveMin || plain === 3) return 3
  return clear >= clearMin ? 2 : 1
}

/** A category's own severity by its rules, within what the whole thread was given. */
function ownSeverity(code: Category, observed: Observed, most: Severity): Severity {
  const own = byRules(code, observed)
  return own === 0 || own > most ? most : own
}

function byRules(code: Category, { findings }: Observed): Severity {
  return highest(
    findings
      .filter(({ rule: { speaks } }) => speaks.kind === 'category' && speaks.code === code)
      .map(({ rule, times }) =>
        times >= 2 ? highest([rule.severity, rule.severityRepeated]) : rule.severity,
      ),
  )
}

function highest(severities: readonly Severity[]): Severity {
  return severities.reduce<Severity>((most, one) => (one > most ? one : most), 0)
}
