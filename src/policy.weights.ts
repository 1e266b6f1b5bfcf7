import { type Card, type Question, questions, type Weights } from './classify/card.ts'
import type { RuleSet } from './classify/rules.ts'
import type { WeightsFile } from './policy.files.ts'

/** The card of a `weights.yaml`; a weight for something that does not exist is a mistake. */
export function cardOf(
  file: WeightsFile,
  { rules, parts }: Pick<RuleSet, 'rules' | 'parts'>,
  mistakes: string[],
): Card {
  const ids = new Set(rules.map(({ id }) => id))
  const signs = new Set(parts.filter(({ says }) => says !== null).map(({ name }) => name))
  const weights = new Map<Question, Weights>()
  for (const question of questions) {
    const source = file.weights[question]
    if (!source) continue
    const missing = [
      ...Object.keys(source.rules).filter((id) => !ids.has(id)),
      ...Object.keys(source.signs).filter((name) => !signs.has(name)),
    ]
    for (const name of missing)
      mistakes.push(
        `weights.yaml, ${question}: weighs ${name}, which is no rule and no sign; run npm run fit`,
      )
    weights.set(question, { base: source.base, of: weightsOf(source) })
  }
  return { weights, rules: new Set(file.rules) }
}

function weightsOf({
  rules,
  signs,
  facts,
}: NonNullable<WeightsFile['weights'][Question]>): ReadonlyMap<string, number> {
  return new Map([
    ...prefixed('rule', rules),
    ...prefixed('sign', signs),
    ...prefixed('fact', facts),
  ])
}

function prefixed(kind: string, weights: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(weights).map(([name, weight]) => [`${kind}:${name}`, weight])
}
