/** A day of the calendar on the clocks of the house: `2026-11-26`. */
export type Day = string

/** What a chart over time has a place for: days, weeks from Monday, months. */
export type Unit = 'day' | 'week' | 'month'

/** Whole days, weeks or months one after the other, each by its first day; the last goes on today. */
export type Stretch = { readonly unit: Unit; readonly first: readonly Day[]; readonly end: Day }

/** How many days back people look. */
export const periods = [7, 30, 90, 365] as const

/** Up to so many days are shown one by one, and up to so many week by week. */
const daysOneByOne = 31
const daysByWeek = 120

const dayMs = 86_400_000

/**
 * The last days up to today, in whole units: the first of them is the one in which the first day
 * lies, so that no place of a chart holds less than its name says.
 */
export function stretchOf(today: Day, days: number): Stretch {
  const unit = days <= daysOneByOne ? 'day' : days <= daysByWeek ? 'week' : 'month'
  const first: Day[] = []
  let day = beginOf(later(today, 1 - days), unit)
  while (day <= today) {
    first.push(day)
    day = next(day, unit)
  }
  return { unit, first, end: later(today, 1) }
}

/** The day so many days later. */
export function later(day: Day, days: number): Day {
  return dayOf(timeOf(day) + days * dayMs)
}

function beginOf(day: Day, unit: Unit): Day {
  if (unit === 'day') return day
  if (unit === 'month') return `${day.slice(0, 7)}-01`
  const afterMonday = (new Date(timeOf(day)).getUTCDay() + 6) % 7
  return later(day, -afterMonday)
}

function next(day: Day, unit: Unit): Day {
  if (unit === 'month') return beginOf(later(day, 31), unit)
  return later(day, unit === 'week' ? 7 : 1)
}

function timeOf(day: Day): number {
  return Date.parse(`${day}T00:00Z`)
}

function dayOf(time: number): Day {
  return new Date(time).toISOString().slice(0, 10)
}
