import type { Language } from '../domain/person.ts'
import { zone } from './clock.ts'

/** Swedes write the date as ISO 8601 does; to make a format takes far longer than to use it. */
const local = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})

/** A month of the calendar: when it began, and how it is called. */
export type Month = { readonly begins: string; readonly label: string }

/** The last months up to the one that an instant lies in, the oldest first, in our zone. */
export function monthsUpTo(now: string, count: number, language: Language): Month[] {
  const [year = 0, month = 0] = localOf(new Date(now)).split('-').map(Number)
  return Array.from({ length: count }, (_, n) => {
    const first = new Date(Date.UTC(year, month - count + n, 1))
    const day = first.toISOString().slice(0, 10)
    return {
      begins: instantOf(`${day}T00:00`) ?? first.toISOString(),
      label: labelOf(first, language),
    }
  })
}

/** The instant of a date and time on our clocks (`2026-11-26T14:05`); null where it is none. */
export function instantOf(local: string): string | null {
  const time = Date.parse(`${local}Z`)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) || Number.isNaN(time)) return null
  const shown = Date.parse(`${localOf(new Date(time))}Z`)
  return new Date(time - (shown - time)).toISOString()
}

/** An instant as our clocks show it: `2026-11-26T14:05`. */
export function localOf(at: Date): string {
  return local.format(at).replace(' ', 'T')
}

function labelOf(first: Date, language: Language): string {
  return first.toLocaleDateString(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'UTC',
    year: 'numeric',
    month: language === 'ja' ? 'long' : 'short',
  })
}
