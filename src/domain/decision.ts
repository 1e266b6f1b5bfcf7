import type { Category, Severity } from './category.ts'
import type { Comparison, Review, Verdict } from './review.ts'

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

type Both = readonly [Review, Review]

/** What two agreeing reviews decide. */
export function agreedDecision(
  id: string,
  [first, second]: Both,
  { outcome, needsReply, categories, severity }: Extract<Comparison, { kind: 'agreed' }>,
): Decision {
  return {
    id,
    revision: second.revision,
    how: 'agreed',
    outcome,
    needsReply,
    categories,
    severity,
    reviewers: [first.reviewer, second.reviewer],
    settledBy: null,
    reason: '',
  }
}

/** What a supervisor decides where two reviews differ. */
export function settledDecision(
  id: string,
  [first, second]: Both,
  verdict: Exclude<Verdict, { kind: 'unsure' }>,
  settledBy: string,
  reason: string,
): Decision {
  const harassment = verdict.kind === 'harassment'
  return {
    id,
    revision: second.revision,
    how: 'settled',
    outcome: verdict.kind,
    needsReply: harassment ? false : verdict.needsReply,
    categories: harassment ? verdict.categories : [],
    severity: harassment ? verdict.severity : 0,
    reviewers: [first.reviewer, second.reviewer],
    settledBy,
    reason,
  }
}
