import { type Day, dayAfter } from './business-day.ts'

/** Days back from today that people look over at once. */
export const dutyDays = [30, 90, 365] as const

/** Whole days in Japan, both of them in it. */
export type DutyPeriod = { readonly from: Day; readonly to: Day }

/** A report covers at most so many days: five years, as long as confirmed records are kept. */
const daysMost = 5 * 366

/** The year of duty that a day lies in: from the first of October, as the law began on one. */
export function dutyYear(today: Day): DutyPeriod {
  const begins = `${today.slice(0, 4)}-10-01`
  const from = begins <= today ? begins : `${Number(today.slice(0, 4)) - 1}-10-01`
  return { from, to: today }
}

/** The last days up to today. */
export function lastDays(today: Day, days: number): DutyPeriod {
  return { from: dayAfter(today, 1 - days), to: today }
}

/** Days that somebody chose, up to today; null where they are none, or in the wrong order. */
export function chosenDays(from: Day, to: Day, today: Day): DutyPeriod | null {
  const last = to > today ? today : to
  if (from > last) return null
  const earliest = dayAfter(last, -daysMost)
  return { from: from < earliest ? earliest : from, to: last }
}

/** The whole months in a period; null where it holds none. */
export function wholeMonths({ from, to }: DutyPeriod): DutyPeriod | null {
  const first = from.endsWith('-01') ? from : firstOfNext(from)
  const next = firstOfNext(to)
  const last = dayAfter(next, -1) === to ? to : dayAfter(`${to.slice(0, 7)}-01`, -1)
  return first <= last ? { from: first, to: last } : null
}

function firstOfNext(day: Day): Day {
  return `${dayAfter(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`
}
