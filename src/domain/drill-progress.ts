import { dayOf } from './business-day.ts'
import { type Category, categories } from './category.ts'
import { type DrillCase, differenceOf, isExact } from './drill.ts'
import type { Agreement } from './drill-event.ts'

/** How many answers, and how they agree with what was decided. */
export type Tally = Agreement & { readonly answered: number }

export type Progress = Tally & {
  /** By what was decided; only what was asked. */
  readonly byCategory: readonly (Tally & { readonly code: Category | 'ordinary' })[]
  /** Months of the calendar in Japan (`2026-11`), oldest first. */
  readonly byMonth: readonly (Tally & { readonly month: string })[]
}

/** What a person's answers come to. */
export function progressOf(answers: readonly DrillCase[]): Progress {
  const groups = [...categories, 'ordinary' as const].map((code) => ({
    code,
    ...tallyOf(answers.filter((one) => isOf(one, code))),
  }))
  const months = Map.groupBy(answers, ({ answeredAt }) => dayOf(answeredAt ?? '').slice(0, 7))
  return {
    ...tallyOf(answers),
    byCategory: groups.filter(({ answered }) => answered > 0),
    byMonth: [...months].map(([month, some]) => ({ month, ...tallyOf(some) })),
  }
}

function isOf({ expected }: DrillCase, code: Category | 'ordinary'): boolean {
  if (code === 'ordinary') return expected?.outcome === 'ordinary'
  return expected?.categories.includes(code) ?? false
}

/** How many of these cases were answered, and how. */
export function tallyOf(answers: readonly DrillCase[]): Tally {
  const differences = answers.flatMap(({ answer, expected }) =>
    answer && expected ? [differenceOf(answer, expected)] : [],
  )
  return {
    answered: differences.length,
    agreed: differences.filter(({ outcome }) => !outcome).length,
    exact: differences.filter(isExact).length,
  }
}
