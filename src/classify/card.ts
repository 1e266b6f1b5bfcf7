import { type Category, categories } from '../domain/category.ts'

/**
 * How much each thing that was found speaks for one answer, in log-odds: 0.7 doubles the odds, a
 * negative weight speaks against. Names read `rule:threat.harm`, `sign:night_road`, `fact:mails`.
 */
export type Weights = { readonly base: number; readonly of: ReadonlyMap<string, number> }

/** What may be asked of a card: each category, whether any holds, the steps of severity, danger to life. */
export const questions = [...categories, 'any', 'severity_2', 'severity_3', 'self_harm'] as const

export type Question = (typeof questions)[number]

/** The weights of every question, fitted from labelled threads and kept in `policy/weights.yaml`. */
export type Card = {
  readonly weights: ReadonlyMap<Question, Weights>
  /** Ids of the rules that were there when it was fitted; later ones count by their own weight. */
  readonly rules: ReadonlySet<string>
}

/** No weights: each rule counts by its own. */
export const emptyCard: Card = { weights: new Map(), rules: new Set() }

/** What was found in a thread, by name, with its strength: 1 once, more where it is repeated. */
export type Features = ReadonlyMap<string, number>

/** The share of one question's answer that one feature carries, in log-odds. */
export type Share = { readonly name: string; readonly share: number }

/** The probability by the card, 0 to 1; null where the card has no answer to that question. */
export function answerOf(card: Card, question: Question, features: Features): number | null {
  const weights = card.weights.get(question)
  return weights ? chanceOf(logOddsOf(weights, features)) : null
}

export function logOddsOf({ base, of }: Weights, features: Features): number {
  let sum = base
  for (const [name, strength] of features) sum += (of.get(name) ?? 0) * strength
  return sum
}

export function chanceOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

/** What speaks for (or against) an answer, the strongest first. */
export function sharesOf(card: Card, question: Question, features: Features): Share[] {
  const weights = card.weights.get(question)
  if (!weights) return []
  return [...features]
    .map(([name, strength]) => ({ name, share: (weights.of.get(name) ?? 0) * strength }))
    .filter(({ share }) => share !== 0)
    .toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share))
}

/** Whether a question is about a category. */
export function isAboutCategory(question: Question): question is Category {
  return (categories as readonly string[]).includes(question)
}
