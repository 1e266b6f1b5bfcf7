import { hoursAfter, type Instant } from './time.ts'

/** A day of the calendar in Japan: `2026-11-26`. */
export type Day = string

/** Japan's clock, which knows no summer time. */
const zoneHours = 9
const dayMs = 86_400_000

/** Whether a text is a day of the calendar, in a century that people are at work in. */
export function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false
  const time = timeOf(text)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text)
}

/** The day that an instant lies in, in Japan. */
export function dayOf(at: Instant): Day {
  return hoursAfter(at, zoneHours).slice(0, 10)
}

/** The hour on Japan's clocks, 0 to 23. */
export function hourOf(at: Instant): number {
  return new Date(hoursAfter(at, zoneHours)).getUTCHours()
}

/** When a day begins in Japan. */
export function beginningOf(day: Day): Instant {
  return hoursAfter(`${day}T00:00:00.000Z`, -zoneHours)
}

/** How many days lie between two days. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((timeOf(to) - timeOf(from)) / dayMs)
}

/** A day so many later, or earlier. */
export function dayAfter(day: Day, days: number): Day {
  return new Date(timeOf(day) + days * dayMs).toISOString().slice(0, 10)
}

/** The same day of the next month, or its last one. */
export function monthAfter(day: Day): Day {
  const [year, month, date] = partsOf(day)
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Whether people are at work: no weekend, no holiday, not the turn of the year (12/29 to 1/3). */
export function isBusinessDay(day: Day): boolean {
  const weekday = weekdayOf(day)
  const turn = day.slice(5) >= '12-29' || day.slice(5) <= '01-03'
  return weekday !== 0 && weekday !== 6 && !turn && !isHoliday(day)
}

/** The day itself, or the next one on which people are at work. */
export function businessDayFrom(day: Day): Day {
  return isBusinessDay(day) ? day : businessDayFrom(dayAfter(day, 1))
}

/** So many days of work later. */
export function businessDaysAfter(day: Day, days: number): Day {
  if (days === 0) return businessDayFrom(day)
  return businessDaysAfter(businessDayFrom(dayAfter(day, 1)), days - 1)
}

/**
 * Whether the law of national holidays (国民の祝日に関する法律, as of 2022) makes it one: named ones,
 * the day that stands in for a Sunday, and a day between two holidays.
 */
export function isHoliday(day: Day): boolean {
  return isNamed(day) || standsIn(day) || isBetween(day)
}

const fixed = [
  '01-01',
  '02-11',
  '02-23',
  '04-29',
  '05-03',
  '05-04',
  '05-05',
  '08-11',
  '11-03',
  '11-23',
]

/** Mondays: of which month, and the how-many-eth. */
const mondays: readonly (readonly [number, number])[] = [
  [1, 2],
  [7, 3],
  [9, 3],
  [10, 2],
]

function isNamed(day: Day): boolean {
  const [year, month, date] = partsOf(day)
  if (fixed.includes(day.slice(5))) return true
  const nth = Math.ceil(date / 7)
  if (weekdayOf(day) === 1 && mondays.some(([m, n]) => m === month && n === nth)) return true
  return (month === 3 && date === equinox(year, 20.8431)) || isAutumn(year, month, date)
}

function isAutumn(year: number, month: number, date: number): boolean {
  return month === 9 && date === equinox(year, 23.2488)
}

/** The day of an equinox by the usual formula; it holds from 1980 to 2099. */
function equinox(year: number, base: number): number {
  const years = year - 1980
  return Math.floor(base + 0.242194 * years - Math.floor(years / 4))
}

/** The first day after a holiday on a Sunday that is none itself. */
function standsIn(day: Day): boolean {
  if (isNamed(day)) return false
  for (let before = dayAfter(day, -1); isNamed(before); before = dayAfter(before, -1)) {
    if (weekdayOf(before) === 0) return true
  }
  return false
}

function isBetween(day: Day): boolean {
  return isNamed(dayAfter(day, -1)) && isNamed(dayAfter(day, 1))
}

function weekdayOf(day: Day): number {
  return new Date(timeOf(day)).getUTCDay()
}

function timeOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`)
}

function partsOf(day: Day): [number, number, number] {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return [year, month, date]
}
