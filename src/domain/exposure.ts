import type { Severity } from './category.ts'
import { daysAfter, type Instant } from './time.ts'

/** One opened passage, as far as it weighs on somebody (閲覧負荷). */
export type Opening = { readonly severity: Severity; readonly at: Instant }

/** What an opening weighs when it is new, by the severity of its passage. */
const weights: Readonly<Record<Severity, number>> = { 0: 1, 1: 1, 2: 2, 3: 4 }

/** Openings older than so many half-lives weigh less than a sixteenth, and are not asked for. */
const halvings = 4

/** Burdens from which on a person should be told, kindly; about three grave passages, and nine. */
const noticeable = 12
const heavy = 36

const dayMs = 86_400_000

/** From when on openings count, seen from that instant. */
export function burdenSince(now: Instant, halfLifeDays: number): Instant {
  return daysAfter(now, -halvings * halfLifeDays)
}

/** How much what somebody opened weighs on them now: weights that halve with each half-life. */
export function burdenOf(openings: readonly Opening[], now: Instant, halfLifeDays: number): number {
  return openings.reduce((sum, { severity, at }) => {
    const days = Math.max(0, Date.parse(now) - Date.parse(at)) / dayMs
    return sum + weights[severity] * 0.5 ** (days / halfLifeDays)
  }, 0)
}

export type BurdenLevel = 'none' | 'light' | 'noticeable' | 'heavy'

/** A burden in a word: a person is told how it stands, not compared with others. */
export function levelOf(burden: number): BurdenLevel {
  if (burden < 0.5) return 'none'
  if (burden < noticeable) return 'light'
  return burden < heavy ? 'noticeable' : 'heavy'
}
