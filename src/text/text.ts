import type { CalendarTime } from '../domain/mail.ts'
import type { Language } from '../domain/person.ts'
import type { Periods } from '../domain/retention.ts'
import { fullTime, zone } from './clock.ts'
import { en } from './en.ts'
import { ja, type Text } from './ja.ts'

export { dayText, fullTime } from './clock.ts'
export type { Text } from './ja.ts'

const catalogues: Record<Language, Text> = { ja, en }

/** The sentences of a language. */
export function textFor(language: Language): Text {
  return catalogues[language]
}

/** A person's own setting, else the cookie, else what the browser asks for, else Japanese. */
export function chooseLanguage(
  own: Language | undefined,
  cookie: string | undefined,
  acceptLanguage: string | undefined,
): Language {
  if (own) return own
  if (cookie === 'ja' || cookie === 'en') return cookie
  const first = acceptLanguage
    ?.split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((tag) => tag === 'ja' || tag === 'en')
  return first === 'en' ? 'en' : 'ja'
}

/** For how long what is kept, a sentence each. */
export function periodLines(periods: Periods, { retention: { period } }: Text): string[] {
  const { unconfirmedDays, clearedDays, confirmedYears, mailDays } = periods
  return [
    period.unconfirmed(unconfirmedDays),
    period.cleared(clearedDays),
    period.confirmed(confirmedYears),
    mailDays === null ? period.mailKept : period.mail(mailDays),
  ]
}

const sinceThen = {
  ja: new Intl.RelativeTimeFormat('ja', { numeric: 'auto', style: 'short' }),
  en: new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' }),
}

/** How long ago, in one short word: 3分前. */
export function ago(at: string, now: string, language: Language): string {
  const minutes = Math.round((Date.parse(at) - Date.parse(now)) / 60_000)
  const relative = sinceThen[language]
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
  if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour')
  return relative.format(Math.round(minutes / 1440), 'day')
}

type SpanWords = Pick<Text['mail'], 'until' | 'inZone'>

/** From when to when an event is: its own zone is named where it is another than ours. */
export function calendarSpan(
  starts: CalendarTime,
  ends: CalendarTime | null,
  language: Language,
  words: SpanWords,
): string {
  const start = calendarTime(starts, language, words)
  if (!ends) return start
  const sameDay = ends.day === starts.day && ends.zone === starts.zone && starts.zone !== 'UTC'
  if (sameDay && ends.time === starts.time) return start
  return words.until(start, sameDay ? ends.time : calendarTime(ends, language, words))
}

/** Windows calls our zone otherwise. */
const ownZones = ['', zone, 'Tokyo Standard Time', 'Japan']

function calendarTime(at: CalendarTime, language: Language, { inZone }: SpanWords): string {
  const instant = new Date(`${at.day}T${at.time || '00:00'}Z`)
  if (Number.isNaN(instant.getTime())) return `${at.day} ${at.time}`
  if (at.zone === 'UTC' && at.time !== '') return fullTime(instant.toISOString(), language)
  const day = instant.toLocaleDateString(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'UTC',
    year: 'numeric',
    month: language === 'ja' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
  })
  if (at.time === '') return day
  const time = `${day} ${at.time}`
  return ownZones.includes(at.zone) ? time : inZone(time, at.zone)
}
