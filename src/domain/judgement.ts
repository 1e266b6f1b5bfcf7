import type { Category, Flag, Severity } from './category.ts'

/** What the rules say of a thread as it stands. */
export type Assessed = {
  readonly severity: Severity
  readonly categories: readonly Category[]
  readonly flags: readonly Flag[]
}

/** What the rules say of a thread, in one line: other rules may say something else meanwhile. */
export function judgementOf(assessed: Assessed | null): string {
  if (!assessed) return ''
  const { severity, categories, flags } = assessed
  const said = flags.filter((flag) => flag !== 'unverified_sender')
  return [severity, [...categories].sort(), [...said].sort()].join(';')
}
