import type { Assessment } from './assessment.ts'
import type { Category, Flag, Severity } from './category.ts'
import type { Decision } from './decision.ts'

/** What the rules say of something, as far as a change of rules can change it. */
export type Said = {
  readonly categories: readonly Category[]
  readonly severity: Severity
  readonly flags: readonly Flag[]
}

/** What people said of a thread. */
export type Held = Pick<Decision, 'outcome' | 'categories' | 'severity'>

/** How other rules would speak: what comes, what goes, and whether people would agree. */
export type Effect = {
  readonly gained: readonly Category[]
  readonly lost: readonly Category[]
  readonly flagsGained: readonly Flag[]
  readonly flagsLost: readonly Flag[]
  readonly severity: readonly [Severity, Severity]
  /** Nearer to what people decided, farther from it, or neither. */
  readonly agreement: 'nearer' | 'farther' | 'neither'
}

export function saidBy({ categories, severity, flags }: Assessment): Said {
  return {
    categories: categories.map(({ code }) => code),
    severity,
    flags: flags.map(({ code }) => code),
  }
}

/** The difference between two judgements, seen from a decision; null where there is none. */
export function effectOf(before: Said, after: Said, held: Held | null): Effect | null {
  const gained = without(after.categories, before.categories)
  const lost = without(before.categories, after.categories)
  const flagsGained = without(after.flags, before.flags)
  const flagsLost = without(before.flags, after.flags)
  const moved = gained.length + lost.length + flagsGained.length + flagsLost.length
  if (moved === 0 && before.severity === after.severity) return null
  const severity = [before.severity, after.severity] as const
  const agreement = held ? agreementOf(before, after, held) : 'neither'
  return { gained, lost, flagsGained, flagsLost, severity, agreement }
}

function agreementOf(before: Said, after: Said, held: Held): Effect['agreement'] {
  const change = faultsOf(after, held) - faultsOf(before, held)
  if (change === 0) return 'neither'
  return change < 0 ? 'nearer' : 'farther'
}

/** Categories seen wrongly or missed, and steps of severity away; flags nobody decides on. */
function faultsOf({ categories, severity }: Said, held: Held): number {
  const decided = held.outcome === 'harassment' ? held.categories : []
  const grade = held.outcome === 'harassment' ? held.severity : 0
  const wrong = without(categories, decided).length + without(decided, categories).length
  return wrong + Math.abs(severity - grade)
}

function without<T>(all: readonly T[], some: readonly T[]): T[] {
  return all.filter((one) => !some.includes(one))
}
