import { type Evidence, factText } from '../domain/assessment.ts'
import type { Category } from '../domain/category.ts'
import { type Question, sharesOf } from './card.ts'
import type { FactName } from './facts.ts'
import { spansOfSign } from './match.ts'
import type { Observed } from './observe.ts'
import type { Part, RuleSet } from './rules.ts'

/** Signs shown of one category beside its rules: the strongest. */
const signsMax = 5
/** Log-odds below which a sign is not worth a reviewer's look; more where rules say enough. */
const shareMin = 0.3
const shareMinBesideRules = 0.8

/** Why a category is listed: its rules first, then the signs and facts that carried it. */
export function evidenceFor(code: Question, observed: Observed, rules: RuleSet): Evidence[] {
  const ofRules = observed.findings
    .filter(({ rule: { speaks } }) => speaks.kind === 'category' && speaks.code === code)
    .flatMap(({ evidence }) => evidence)
  const carried = sharesOf(rules.card, code, observed.features).filter(({ share }) => share > 0)
  const least = ofRules.length > 0 ? shareMinBesideRules : shareMin
  const strong = carried.filter(({ share }) => share >= least)
  const chosen = strong.length > 0 || ofRules.length > 0 ? strong : carried.slice(0, 1)
  const ofSigns = chosen
    .filter(({ name }) => !name.startsWith('rule:'))
    .slice(0, signsMax)
    .flatMap(({ name }) => evidenceOf(name, observed, rules))
  return [...ofRules, ...ofSigns]
}

/**
 * The same for a category that is listed: never empty. Where nothing of its own can be shown, it is
 * what made the thread harassment at all, or grave, the strongest first.
 */
export function evidenceOfListed(
  code: Category,
  observed: Observed,
  rules: RuleSet,
): readonly Evidence[] {
  const own = evidenceFor(code, observed, rules)
  if (own.length > 0) return own
  const questions = [code, 'any', 'severity_3'] as const
  for (const question of questions) {
    for (const { name, share } of sharesOf(rules.card, question, observed.features)) {
      const shown = share > 0 ? evidenceOf(name, observed, rules) : []
      if (shown.length > 0) return shown
    }
  }
  return observed.findings.flatMap(({ evidence }) => evidence).slice(0, signsMax)
}

/** What spoke against the categories listed: rules that lower them, and signs of good conduct. */
export function evidenceAgainst(
  codes: readonly Category[],
  observed: Observed,
  rules: RuleSet,
): Evidence[] {
  const ofRules = observed.findings
    .filter(({ rule }) => rule.speaks.kind === 'against')
    .flatMap(({ evidence }) => evidence)
  const signs = codes.flatMap((code) =>
    sharesOf(rules.card, code, observed.features).filter(
      ({ name, share }) => share <= -shareMin && name.startsWith('sign:'),
    ),
  )
  const names = [...new Set(signs.map(({ name }) => name))].slice(0, signsMax)
  return [...ofRules, ...names.flatMap((name) => evidenceOf(name, observed, rules))]
}

function evidenceOf(feature: string, observed: Observed, rules: RuleSet): readonly Evidence[] {
  const { theirs, facts, findings } = observed
  const [kind, name = ''] = feature.split(':')
  if (kind === 'rule') return findings.find(({ rule }) => rule.id === name)?.evidence ?? []
  if (kind === 'fact') {
    const fact = facts.get(name as FactName)
    if (!fact) return []
    const text = factText(fact.words)
    return [{ kind: 'fact', rule: feature, why: fact.words, message: fact.message, text }]
  }
  const sign = rules.parts.find((part): part is Part => part.name === name)
  return sign?.says ? spansOfSign(name, sign.says, theirs) : []
}
