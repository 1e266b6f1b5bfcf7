import type { Category, Severity } from './category.ts'

/** How a decision came about: two agreeing reviews, or a supervisor after a dispute. */
export type Decision = {
  readonly id: string
  readonly revision: number
  readonly how: 'agreed' | 'settled'
  readonly outcome: 'ordinary' | 'harassment'
  readonly needsReply: boolean
  readonly categories: readonly Category[]
  readonly severity: Severity
  readonly reviewers: readonly [string, string]
  readonly settledBy: string | null
  readonly reason: string
}
