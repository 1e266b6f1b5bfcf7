import type { ErasedUnder, HeldThing, LapsedUnder } from './retention-event.ts'
import { daysAfter, type Instant } from './time.ts'

/** For how long what is kept, by the policy file. */
export type Periods = {
  /** Days after the last mail in which a finding that nobody confirmed lapses. */
  readonly unconfirmedDays: number
  /** Days after two people cleared it. */
  readonly clearedDays: number
  /** Years after the last act of a sender of whom harassment was found. */
  readonly confirmedYears: number
  /** Days after the last mail of a thread in which nothing was found; null: kept. */
  readonly mailDays: number | null
}

/** What has to be known of a thread to say how long it is kept. */
export type Kept = {
  readonly threadId: string
  readonly lastAt: Instant
  readonly erasedAt: Instant | null
  /** Its content was erased, and no mail came since. */
  readonly erased: boolean
  /** The rules say something of it, and that has not lapsed. */
  readonly flagged: boolean
  /** Harassment was decided on it, on whichever revision. */
  readonly confirmed: boolean
  /** When two people, or a supervisor, found it ordinary as it lies there now. */
  readonly clearedAt: Instant | null
  /** The newest mail in any thread of the sender in which harassment was found. */
  readonly lastAct: Instant | null
  readonly held: HeldThing | null
  /** A measure against the sender is in force, or on its way. */
  readonly measure: boolean
  /** It waits in the queue for somebody. */
  readonly waits: boolean
  /** A letter of it is not finished, or on its way. */
  readonly letter: boolean
}

/** The instant up to which each kind of period reaches; null where there is none. */
export type Reaches = {
  readonly unconfirmed: Instant
  readonly cleared: Instant
  readonly confirmed: Instant
  readonly mail: Instant | null
}

/** What is younger than these cannot be due. A year counts as 365 days here: none is shorter. */
export function reachesOf(periods: Periods, now: Instant): Reaches {
  const { unconfirmedDays, clearedDays, confirmedYears, mailDays } = periods
  return {
    unconfirmed: daysAfter(now, -unconfirmedDays),
    cleared: daysAfter(now, -clearedDays),
    confirmed: daysAfter(now, -confirmedYears * 365),
    mail: mailDays === null ? null : daysAfter(now, -mailDays),
  }
}

export type Blocked = 'hold' | 'measure' | 'open'

/** What is to happen to a thread, since when, and what stands in its way. */
export type Due = {
  readonly threadId: string
  readonly since: Instant
  readonly blocked: Blocked | null
} & (
  | { readonly act: 'lapse'; readonly rule: LapsedUnder }
  | { readonly act: 'erase'; readonly rule: ErasedUnder }
)

/** What is due of that thread by now, if anything: content that goes takes its finding along. */
export function dueOf(kept: Kept, periods: Periods, now: Instant): Due | null {
  return erasureOf(kept, periods, now) ?? lapseOf(kept, periods, now)
}

function erasureOf(kept: Kept, periods: Periods, now: Instant): Due | null {
  const { threadId, lastAt, erased, confirmed } = kept
  if (erased) return null
  const { mailDays, confirmedYears } = periods
  const due = (rule: ErasedUnder, since: Instant): Due | null =>
    since > now
      ? null
      : { threadId, act: 'erase', rule, since, blocked: erasureBlocked(kept, rule) }
  if (confirmed) return due('confirmed', yearsAfter(kept.lastAct ?? lastAt, confirmedYears))
  return mailDays === null ? null : due('mail', daysAfter(lastAt, mailDays))
}

/** What was confirmed years ago and led to no measure still waits for one: that keeps nothing. */
function erasureBlocked({ held, measure, waits, letter }: Kept, rule: ErasedUnder): Blocked | null {
  if (held !== null) return 'hold'
  if (measure) return 'measure'
  return letter || (waits && rule === 'mail') ? 'open' : null
}

/** Also of a thread that still waits: a guess that nobody takes up is not kept against anybody. */
function lapseOf(kept: Kept, periods: Periods, now: Instant): Due | null {
  const { threadId, lastAt, clearedAt } = kept
  if (!kept.flagged || kept.confirmed) return null
  const rule = clearedAt === null ? 'unconfirmed' : 'cleared'
  const since =
    clearedAt === null
      ? daysAfter(lastAt, periods.unconfirmedDays)
      : daysAfter(clearedAt, periods.clearedDays)
  if (since > now) return null
  return { threadId, act: 'lapse', rule, since, blocked: kept.held === null ? null : 'hold' }
}

/** The same day so many years later; the last of February after a leap day. */
export function yearsAfter(at: Instant, years: number): Instant {
  const date = new Date(at)
  const month = date.getUTCMonth()
  date.setUTCFullYear(date.getUTCFullYear() + years)
  if (date.getUTCMonth() !== month) date.setUTCDate(0)
  return date.toISOString()
}
