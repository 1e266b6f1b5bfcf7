import type { Instant } from '../domain/time.ts'

/** Years that have terms of their own; what claims to be older or newer counts as these. */
const yearMin = 1970
const yearMax = 2049

const mark = '\ue006'
const hourMs = 3_600_000

/** Decade, year and month of a mail in Japan, by which a search for a period passes by the rest. */
export function timeTerms(sentAt: Instant): string[] {
  const { year, month } = monthOf(sentAt)
  return [decadeTerm(year), yearTerm(year), monthTerm(year, month)]
}

/**
 * Terms of which every mail of the period has one, and few others: whole decades, else years, else
 * months. A period that ends before it begins has its last month.
 */
export function termsWithin(from: Instant | null, to: Instant | null): string[] {
  const first = from === null ? { year: yearMin, month: 1 } : monthOf(from)
  const last = to === null ? { year: yearMax, month: 12 } : monthOf(to)
  const terms: string[] = []
  for (let year = first.year; year <= last.year; ) {
    const decade = year % 10 === 0 && isWhole(year, first, last) && isWhole(year + 9, first, last)
    if (decade) terms.push(decadeTerm(year))
    else terms.push(...yearOrMonths(year, first, last))
    year += decade ? 10 : 1
  }
  return terms.length > 0 ? terms : [monthTerm(last.year, last.month)]
}

type Month = { readonly year: number; readonly month: number }

function isWhole(year: number, first: Month, last: Month): boolean {
  const begun = year > first.year || (year === first.year && first.month === 1)
  return begun && (year < last.year || (year === last.year && last.month === 12))
}

function yearOrMonths(year: number, first: Month, last: Month): string[] {
  if (isWhole(year, first, last)) return [yearTerm(year)]
  const begin = year === first.year ? first.month : 1
  const end = year === last.year ? last.month : 12
  return Array.from({ length: Math.max(0, end - begin + 1) }, (_, n) => monthTerm(year, begin + n))
}

function monthOf(at: Instant): Month {
  // Asia/Tokyo is nine hours ahead of UTC all year round.
  const there = new Date(Date.parse(at) + 9 * hourMs)
  const year = there.getUTCFullYear()
  if (year < yearMin) return { year: yearMin, month: 1 }
  return year > yearMax ? { year: yearMax, month: 12 } : { year, month: there.getUTCMonth() + 1 }
}

function decadeTerm(year: number): string {
  return `${mark}d${Math.floor(year / 10)}`
}

function yearTerm(year: number): string {
  return `${mark}y${year}`
}

function monthTerm(year: number, month: number): string {
  return `${mark}m${year}${String(month).padStart(2, '0')}`
}
