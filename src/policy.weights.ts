import { type Card, type Question, questions, type Weights } from './classify/card.ts'
import type { Part } from './classify/rules.ts'
import type { WrittenRule } from './policy.changes.ts'
import type { PolicyDocument } from './policy.documents.ts'
import type { WeightsFile } from './policy.files.ts'

/**
 * The card of a `weights.yaml`. A weight for something that does not exist is a mistake. A rule that
 * people changed has no fitted weight any more: it counts by its own, like a new one.
 */
export function cardOf(
  { name, content, lineOf }: PolicyDocument<WeightsFile>,
  written: readonly WrittenRule[],
  parts: readonly Part[],
  mistakes: string[],
): Card {
  const ids = new Set(written.map(({ id }) => id))
  const signs = new Set(parts.filter(({ says }) => says !== null).map((part) => part.name))
  const changed = new Set(written.filter(hasOtherWords).map(({ id }) => id))
  const weights = new Map<Question, Weights>()
  for (const question of questions) {
    const source = content.weights[question]
    if (!source) continue
    const missing = [
      ...Object.keys(source.rules).flatMap((id) => (ids.has(id) ? [] : [['rules', id]])),
      ...Object.keys(source.signs).flatMap((sign) => (signs.has(sign) ? [] : [['signs', sign]])),
    ]
    for (const [kind = '', what = ''] of missing) {
      const line = lineOf(['weights', question, kind, what])
      mistakes.push(
        `${name}, line ${line}: ${question} weighs ${what}, which is no rule and no sign; run npm run fit`,
      )
    }
    const of = [...weightsOf(source)].filter(([feature]) => !changed.has(feature.slice(5)))
    weights.set(question, { base: source.base, of: new Map(of) })
  }
  return { weights, rules: new Set(content.rules.filter((id) => !changed.has(id))) }
}

function hasOtherWords({ overlay }: WrittenRule): boolean {
  return overlay !== null && (overlay.weight !== null || overlay.text !== null)
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
