import type { Instant } from './time.ts'

export const objectionWays = ['mail', 'phone', 'letter', 'visit', 'other'] as const

/** How an objection came in: by mail, or told to somebody who wrote it down. */
export type ObjectionWay = (typeof objectionWays)[number]

/** What became of a suspension that was looked at again. */
export const reviewOutcomes = ['keep', 'shorten', 'lift'] as const
export type ReviewOutcome = (typeof reviewOutcomes)[number]

/** A sender's objection to a suspension (異議の申し出). */
export type Objection = {
  readonly id: string
  readonly way: ObjectionWay
  readonly receivedAt: Instant
  /** The mail, or null where it came otherwise. */
  readonly messageId: string | null
  /** Who wrote it down, and what the sender said in their words; the mail speaks for itself. */
  readonly recordedBy: string | null
  readonly note: string
  /** Null while it waits for a supervisor. */
  readonly outcome: ReviewOutcome | null
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  readonly reason: string
}

/** The objection that waits for a supervisor: one at a time, later mail only adds to it. */
export function openObjection({
  objections,
}: {
  readonly objections: readonly Objection[]
}): Objection | null {
  return objections.find(({ outcome }) => outcome === null) ?? null
}
