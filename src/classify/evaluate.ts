import type { Exchange } from '../domain/assessment.ts'
import { type Category, categories, isCategory, type Severity } from '../domain/category.ts'
import { assess } from './assess.ts'
import { observe } from './observe.ts'
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
  readonly rules: readonly string[]
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
}

/** A labelled thread with what the rules said of it. */
export type Judged = {
  readonly thread: LabelledThread
  readonly labels: readonly Category[]
  readonly found: readonly Category[]
  readonly severity: Severity
  readonly selfHarm: boolean
  readonly rules: readonly string[]
}

/** How good the rules are on labelled threads. A category without a label in the set counts as 1. */
export function evaluate(threads: readonly LabelledThread[], rules: RuleSet): Figures {
  return figuresFor(threads.map((thread) => judge(thread, rules)))
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
  }
}

export function judge(thread: LabelledThread, rules: RuleSet): Judged {
  const { categories: listed, severity, flags } = assess(thread, rules)
  return {
    thread,
    labels: thread.labels.filter(isCategory),
    found: listed.map(({ code }) => code),
    severity,
    selfHarm: flags.some(({ code }) => code === 'self_harm'),
    rules: observe(thread, rules).findings.map(({ rule }) => rule.id),
  }
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
  const { thread, severity, rules } = one
  return {
    id: thread.id,
    kind: thread.kind,
    missed: missedIn(one),
    wrong: wrongIn(one),
    severity: { labelled: thread.severity, found: severity },
    rules,
  }
}
