import type { Exchange } from '../domain/assessment.ts'
import { type Category, categories, isCategory, type Severity } from '../domain/category.ts'
import { chanceOfAny, weigh } from './assess.ts'
import { type Share as FeatureShare, sharesOf } from './card.ts'
import { type CurvePoint, curveOf } from './evaluate.curve.ts'
import { type Observed, observe } from './observe.ts'
import type { RuleSet } from './rules.ts'

/** A thread with what people said of it. `accept` holds labels that are not wrong either. */
export type LabelledThread = Exchange & {
  readonly labels: readonly string[]
  readonly accept?: readonly string[]
  readonly severity: number
  readonly kind: string
  readonly lang?: string
}

export type CategoryFigures = {
  readonly code: Category
  readonly found: number
  readonly missed: number
  readonly wrong: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export type Share = { readonly hits: number; readonly of: number; readonly share: number }

export type WrongThread = {
  readonly id: string
  readonly kind: string
  readonly missed: readonly Category[]
  readonly wrong: readonly Category[]
  readonly severity: { readonly labelled: number; readonly found: Severity }
  /** What carried each category that was missed or wrongly listed, the strongest first. */
  readonly trace: readonly { readonly code: Category; readonly carried: readonly FeatureShare[] }[]
}

export type Figures = {
  readonly threads: number
  readonly categories: readonly CategoryFigures[]
  readonly macroF1: number
  /** Threads without labels on which any category was listed. */
  readonly falseAlarms: Share
  readonly falseAlarmsHard: Share
  /** Of the threads labelled 3: found with severity 3, and found at all. */
  readonly severity3: Share
  readonly severity3Found: Share
  readonly selfHarm: Share
  /** Shares of threads judged without fault, by kind, language and number of mails. */
  readonly slices: readonly (Share & { readonly name: string })[]
  /** For each labelled category, how often each category was listed. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly wrong: readonly WrongThread[]
  /** False alarms against recall as the bound for any harassment moves from 0 to 1. */
  readonly curve: readonly CurvePoint[]
}

/** A labelled thread with what the rules said of it. */
export type Judged = {
  readonly thread: LabelledThread
  readonly labels: readonly Category[]
  readonly found: readonly Category[]
  readonly severity: Severity
  readonly selfHarm: boolean
  readonly chance: number
  readonly carried: (code: Category) => readonly FeatureShare[]
}

/** How good the rules are on labelled threads. A category without a label in the set counts as 1. */
export function evaluate(threads: readonly LabelledThread[], rules: RuleSet): Figures {
  return figuresFor(threads.map((thread) => judge(thread, rules)))
}

/** What stray lines raise: for each thing expected, lines, lines with any alarm, lines with that one. */
export type PoolFigures = ReadonlyMap<
  string,
  { readonly lines: number; readonly alarms: number; readonly right: number }
>

export function poolFigures(lines: readonly LabelledThread[], rules: RuleSet): PoolFigures {
  const judged = lines.map((line) => judge(line, rules))
  const groups = Map.groupBy(judged, ({ labels }) => labels[0] ?? 'none')
  return new Map(
    [...groups].map(([expected, all]) => [
      expected,
      {
        lines: all.length,
        alarms: all.filter(({ found }) => found.length > 0).length,
        right: all.filter(({ found, labels }) => labels.some((code) => found.includes(code)))
          .length,
      },
    ]),
  )
}

export function figuresFor(judged: readonly Judged[]): Figures {
  const figures = categories.map((code) => figuresOf(code, judged))
  const none = judged.filter(({ labels }) => labels.length === 0)
  const hard = none.filter(({ thread }) => thread.kind.startsWith('hardneg'))
  const grave = judged.filter(({ thread }) => thread.severity === 3)
  const despair = judged.filter(({ thread }) => thread.kind.includes('self_harm'))
  return {
    threads: judged.length,
    categories: figures,
    macroF1: figures.reduce((sum, { f1 }) => sum + f1, 0) / figures.length,
    falseAlarms: shareOf(none, isAlarm),
    falseAlarmsHard: shareOf(hard, isAlarm),
    severity3: shareOf(grave, ({ severity }) => severity === 3),
    severity3Found: shareOf(grave, ({ found }) => found.length > 0),
    selfHarm: shareOf(despair, ({ selfHarm }) => selfHarm),
    slices: slicesOf(judged),
    confusion: confusionOf(judged),
    wrong: judged.filter((one) => !isRight(one)).map(wrongOf),
    curve: curveOf(judged.map(({ labels, chance }) => ({ harmful: labels.length > 0, chance }))),
  }
}

export function judge(thread: LabelledThread, rules: RuleSet): Judged {
  const observed = observe(thread, rules)
  const { categories: listed, severity, flags } = weigh(observed, rules)
  return {
    thread,
    labels: thread.labels.filter(isCategory),
    found: listed.map(({ code }) => code),
    severity,
    selfHarm: flags.some(({ code }) => code === 'self_harm'),
    chance: chanceOfAny(observed, rules),
    carried: (code) => carriedBy(code, observed, rules),
  }
}

/** Things shown in a trace; the rest weighs little. */
const traceMax = 8

/** The card's shares, or without a card the rules that spoke for the category. */
function carriedBy(code: Category, observed: Observed, rules: RuleSet): FeatureShare[] {
  const shares = sharesOf(rules.card, code, observed.features)
  if (shares.length > 0) return shares.slice(0, traceMax)
  return observed.findings
    .filter(({ rule: { speaks } }) => speaks.kind === 'category' && speaks.code === code)
    .map(({ rule }) => ({ name: `rule:${rule.id}`, share: rule.weight }))
}

function isAlarm({ thread, found }: Judged): boolean {
  return found.some((code) => !thread.accept?.includes(code))
}

function missedIn({ labels, found }: Judged): Category[] {
  return labels.filter((code) => !found.includes(code))
}

function wrongIn({ thread, labels, found }: Judged): Category[] {
  return found.filter((code) => !labels.includes(code) && !thread.accept?.includes(code))
}

function isRight(one: Judged): boolean {
  return missedIn(one).length === 0 && wrongIn(one).length === 0
}

function figuresOf(code: Category, judged: readonly Judged[]): CategoryFigures {
  const found = judged.filter((one) => one.labels.includes(code) && one.found.includes(code)).length
  const missed = judged.filter((one) => missedIn(one).includes(code)).length
  const wrong = judged.filter((one) => wrongIn(one).includes(code)).length
  const precision = ratio(found, found + wrong)
  const recall = ratio(found, found + missed)
  const f1 = ratio(2 * found, 2 * found + wrong + missed)
  return { code, found, missed, wrong, precision, recall, f1 }
}

function shareOf(judged: readonly Judged[], test: (one: Judged) => boolean): Share {
  const hits = judged.filter(test).length
  return { hits, of: judged.length, share: judged.length === 0 ? 0 : hits / judged.length }
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}

function slicesOf(judged: readonly Judged[]): (Share & { name: string })[] {
  const slices = Map.groupBy(
    judged.flatMap((one) => sliceNames(one).map((name) => ({ name, one }))),
    ({ name }) => name,
  )
  return [...slices].map(([name, members]) => ({
    name,
    ...shareOf(
      members.map(({ one }) => one),
      isRight,
    ),
  }))
}

function sliceNames({ thread }: Judged): string[] {
  const { kind, lang, messages } = thread
  const answered = messages.some(({ dir }) => dir === 'out')
  return [
    `kind ${kind.split(':', 1)[0]}`,
    ...(lang ? [`language ${lang}`] : []),
    messages.length === 1 ? 'one mail' : 'several mails',
    answered ? 'with our replies' : 'without our replies',
  ]
}

function confusionOf(judged: readonly Judged[]): Record<string, Record<string, number>> {
  const table: Record<string, Record<string, number>> = {}
  for (const { labels, found } of judged) {
    for (const label of labels.length > 0 ? labels : ['none']) {
      const row = table[label] ?? {}
      table[label] = row
      for (const code of found.length > 0 ? found : ['none']) row[code] = (row[code] ?? 0) + 1
    }
  }
  return table
}

function wrongOf(one: Judged): WrongThread {
  const { thread, severity, carried } = one
  const missed = missedIn(one)
  const wrong = wrongIn(one)
  return {
    id: thread.id,
    kind: thread.kind,
    missed,
    wrong,
    severity: { labelled: thread.severity, found: severity },
    trace: [...missed, ...wrong].map((code) => ({ code, carried: carried(code) })),
  }
}
