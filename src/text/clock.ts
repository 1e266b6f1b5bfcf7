import type { Language } from '../domain/person.ts'

/** The zone that times are shown in. */
export const zone = 'Asia/Tokyo'

const date = { year: 'numeric', day: 'numeric', weekday: 'short' } as const
const time = { timeZone: zone, hour: '2-digit', minute: '2-digit' } as const

// Each takes longer to make than a hundred times to use: a list has hundreds of times in it.
const full = {
  ja: new Intl.DateTimeFormat('ja-JP', { ...date, month: 'long', ...time }),
  en: new Intl.DateTimeFormat('en-GB', { ...date, month: 'short', ...time }),
}
const days = {
  ja: new Intl.DateTimeFormat('ja-JP', { ...date, month: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { ...date, month: 'short', timeZone: 'UTC' }),
}
const clock = new Intl.DateTimeFormat('ja-JP', { ...time, hour12: false })

/** A date with its time, in full: 2026年11月23日(月) 14:05. */
export function fullTime(at: string, language: Language): string {
  return full[language].format(new Date(at))
}

/** A day of the calendar (`2026-11-26`): 2026年11月26日(木). */
export function dayText(day: string, language: Language): string {
  return days[language].format(new Date(`${day}T00:00:00Z`))
}

/** The time of day: 14:03. */
export function clockTime(at: string): string {
  return clock.format(new Date(at))
}
