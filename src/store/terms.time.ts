import type { Instant } from '../domain/time.ts'

/** Years that have terms of their own; what claims to be older or newer counts as these. */
const yearMin = 1970
const yearMax = 2100

const mark = '\ue006'
const hourMs = 3_600_000

/** The year and the month of a mail in Japan, by which a search for a period passes by the rest. */
export function timeTerms(sentAt: Instant): string[] {
  const { year, month } = monthOf(sentAt)
  return [yearTerm(year), monthTerm(year, month)]
}

/**
 * Terms of which every mail of the period has one, and few others: whole years, else months. A
 * period that ends before it begins has its last month.
 */
export function termsWithin(from: Instant | null, to: Instant | null): string[] {
  const first = from === null ? { year: yearMin, month: 1 } : monthOf(from)
  const last = to === null ? { year: yearMax, month: 12 } : monthOf(to)
  const terms: string[] = []
  for (let year = first.year; year <= last.year; year += 1) {
    const [begin, end] = [
      year === first.year ? first.month : 1,
      year === last.year ? last.month : 12,
    ]
    if (begin === 1 && end === 12) terms.push(yearTerm(year))
    else for (let month = begin; month <= end; month += 1) terms.push(monthTerm(year, month))
  }
  return terms.length > 0 ? terms : [monthTerm(last.year, last.month)]
}

function monthOf(at: Instant): { year: number; month: number } {
  // Asia/Tokyo is nine hours ahead of UTC all year round.
  const there = new Date(Date.parse(at) + 9 * hourMs)
  const year = there.getUTCFullYear()
  if (year < yearMin) return { year: yearMin, month: 1 }
  return year > yearMax ? { year: yearMax, month: 12 } : { year, month: there.getUTCMonth() + 1 }
}

function yearTerm(year: number): string {
  return `${mark}y${year}`
}

function monthTerm(year: number, month: number): string {
  return `${mark}m${year}${String(month).padStart(2, '0')}`
}
