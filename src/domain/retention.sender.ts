import { type Periods, yearsAfter } from './retention.ts'
import type { ErasedUnder } from './retention-event.ts'
import { daysAfter, type Instant } from './time.ts'

/** What is written down of a sender beside mail: a note, an incident, an answer kept with a measure. */
export type TextOfSender = {
  readonly what: 'note' | 'incident' | 'answer'
  readonly id: string
  /** Whose of an identity it is. */
  readonly senderId: string
  readonly at: Instant
  /** Somebody still has to judge it, or its measure still holds. */
  readonly open: boolean
  /** It has a picture. */
  readonly picture: boolean
}

/** What has to be known of everybody who is one, to say how long that is kept. */
export type KeptOfSender = {
  readonly members: readonly string[]
  readonly texts: readonly TextOfSender[]
  /** Members that still have a name. */
  readonly named: readonly string[]
  /** Mail of theirs still has its content. */
  readonly mail: boolean
  /** The newest thing of theirs in which harassment was found. */
  readonly lastAct: Instant | null
  readonly held: boolean
  /** A measure is in force or on its way, or a letter is. */
  readonly underWay: boolean
}

/** What is to go of a sender: rows that lose their words, and whose names. */
export type SenderDue = {
  readonly rule: ErasedUnder
  readonly texts: readonly TextOfSender[]
  readonly named: readonly string[]
  readonly blocked: 'hold' | 'measure' | null
}

/**
 * What is due by now of what was written down of a sender, if anything: the same periods as for mail,
 * from the last act where harassment was found, else from when it was written. Names go with the last
 * of everything.
 */
export function senderDueOf(kept: KeptOfSender, periods: Periods, now: Instant): SenderDue | null {
  const { lastAct } = kept
  const rule = lastAct === null ? 'mail' : 'confirmed'
  const ends = (at: Instant): Instant | null => {
    if (lastAct !== null) return yearsAfter(at > lastAct ? at : lastAct, periods.confirmedYears)
    return periods.mailDays === null ? null : daysAfter(at, periods.mailDays)
  }
  const isDue = ({ at, open }: TextOfSender) => {
    const end = ends(at)
    return end !== null && end <= now && !(open && rule === 'mail')
  }
  return dueIn(kept, rule, isDue)
}

/** The same where they asked for it: everything that was there when two people agreed. */
export function senderDueOnRequest(kept: KeptOfSender, decidedAt: Instant): SenderDue | null {
  // An answer that muted mail still gets goes with its measure.
  return dueIn(
    kept,
    'request',
    ({ at, what, open }) => at <= decidedAt && !(what === 'answer' && open),
  )
}

function dueIn(
  { texts: all, named, mail, held, underWay }: KeptOfSender,
  rule: ErasedUnder,
  isDue: (text: TextOfSender) => boolean,
): SenderDue | null {
  const texts = all.filter(isDue)
  const isLast = !mail && texts.length === all.length
  const names = isLast ? named : []
  if (texts.length === 0 && names.length === 0) return null
  const blocked = held ? 'hold' : underWay && rule !== 'request' ? 'measure' : null
  return { rule, texts, named: names, blocked }
}
