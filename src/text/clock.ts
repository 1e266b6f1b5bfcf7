import type { Language } from '../domain/person.ts'

/** The zone that times are shown in. */
export const zone = 'Asia/Tokyo'

/** A date with its time, in full: 2026年11月23日(月) 14:05. */
export function fullTime(at: string, language: Language): string {
  return new Date(at).toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: language === 'ja' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
}

/** A day of the calendar (`2026-11-26`): 2026年11月26日(木). */
export function dayText(day: string, language: Language): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'UTC',
    year: 'numeric',
    month: language === 'ja' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
  })
}

/** The time of day: 14:03. */
export function clockTime(at: string): string {
  const time = { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false } as const
  return new Date(at).toLocaleTimeString('ja-JP', time)
}
