import { daysAfter, type Instant } from './time.ts'

/** Days of a calendar in Japan, each by the instant at which it begins there. */
export type Period = { readonly first: Instant; readonly last: Instant }

const written = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[日月年]?$/

/**
 * A date as people write it, 2026-11-25, 2026/11/25, 2026年11月25日, or a month or year of it, in
 * any width; null where the calendar has no such date. Days are those of Asia/Tokyo, which has kept
 * UTC+9 without summer time since 1952.
 */
export function periodOf(text: string): Period | null {
  const [whole, year, month, day] = written.exec(text.normalize('NFKC')) ?? []
  if (whole === undefined || year === undefined) return null
  const first = dayIn(year, month ?? '1', day ?? '1')
  if (first === null) return null
  if (day !== undefined) return { first, last: first }
  const [y, m] = [Number(year), Number(month ?? 12)]
  const last = dayIn(year, String(m), String(new Date(Date.UTC(y, m, 0)).getUTCDate()))
  return last === null ? null : { first, last }
}

/** When the day after a day begins. */
export function dayAfter(day: Instant): Instant {
  return daysAfter(day, 1)
}

function dayIn(year: string, month: string, day: string): Instant | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const noon = new Date(Date.UTC(y, m - 1, d, 12))
  if (y < 1900 || noon.getUTCMonth() !== m - 1 || noon.getUTCDate() !== d) return null
  return new Date(Date.UTC(y, m - 1, d, -9)).toISOString()
}
