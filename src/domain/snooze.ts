import { isUrgent, type Matter, queueRankOf, rankOutside } from './matter.ts'
import { may, type Person } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { whyNotHandle } from './target.ts'
import { daysAfter, hoursAfter, type Instant } from './time.ts'

/** Longer than that nobody means "later". */
export const snoozeDaysMax = 90

/**
 * Takes a thread out of the queue until an instant (あとで). Never an urgent one; what waits for a
 * supervisor only by a supervisor. It comes back by itself, or at once with new mail.
 */
export function snooze(matter: Matter, until: Instant, who: Person, at: Instant): Step | Refusal {
  const { thread } = matter
  const barred = whyNotHandle(who, 'snooze', thread)
  if (barred) return barred
  if (thread.disputed && !may(who, 'settle', thread.mailboxId)) return refuse('not_allowed')
  if (queueRankOf(matter) >= rankOutside) return refuse('not_in_queue')
  if (isUrgent(thread)) return refuse('urgent_waits_not')
  const sane = until > at && until <= daysAfter(at, snoozeDaysMax)
  if (!sane) return refuse('snooze_date_wrong')
  return step({ kind: 'thread_snoozed', at, by: who.id, threadId: thread.id, until })
}

/** Brings it back before its time. */
export function wake({ thread }: Matter, who: Person, at: Instant): Step | Refusal {
  const barred = whyNotHandle(who, 'snooze', thread)
  if (barred) return barred
  if (thread.snoozed === null) return step()
  return step({ kind: 'thread_woken', at, by: who.id, threadId: thread.id })
}

export const snoozePresets = ['tomorrow', 'monday', 'week'] as const
export type SnoozePreset = (typeof snoozePresets)[number]

/** Japan's clock, which knows no summer time; work begins at nine. */
const zoneHours = 9
const morningHours = 9

/** The morning that a preset means. */
export function presetInstant(preset: SnoozePreset, now: Instant): Instant {
  switch (preset) {
    case 'tomorrow':
      return morningOf(dayIn(now, 1))
    case 'monday': {
      const weekday = new Date(hoursAfter(now, zoneHours)).getUTCDay()
      return morningOf(dayIn(now, (8 - weekday) % 7 || 7))
    }
    case 'week':
      return morningOf(dayIn(now, 7))
  }
}

/** Nine in the morning of a day (`2026-11-30`) in Japan; null where that is no day. */
export function morningOn(day: string): Instant | null {
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`))
  return valid ? morningOf(day) : null
}

/** The day in Japan so many days from now. */
function dayIn(now: Instant, days: number): string {
  return daysAfter(hoursAfter(now, zoneHours), days).slice(0, 10)
}

function morningOf(day: string): Instant {
  return hoursAfter(`${day}T00:00:00.000Z`, morningHours - zoneHours)
}
