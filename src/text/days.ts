import { type Day, type Stretch, stretchOf, type Unit } from '../domain/calendar.ts'
import type { Language } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import { instantOf, localOf } from './months.ts'

/** A place of a chart over time: in full for tables, and short for the axis. */
export type DayWords = { readonly whole: string; readonly short: string }

const formats = {
  ja: {
    day: formatOf('ja-JP', { month: 'long', day: 'numeric', weekday: 'short' }),
    date: formatOf('ja-JP', { month: 'long', day: 'numeric' }),
    month: formatOf('ja-JP', { year: 'numeric', month: 'long' }),
    shortDay: formatOf('ja-JP', { month: 'numeric', day: 'numeric' }),
    shortMonth: formatOf('ja-JP', { month: 'long' }),
    full: formatOf('ja-JP', { year: 'numeric', month: 'long', day: 'numeric' }),
  },
  en: {
    day: formatOf('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }),
    date: formatOf('en-GB', { day: 'numeric', month: 'short' }),
    month: formatOf('en-GB', { month: 'short', year: 'numeric' }),
    shortDay: formatOf('en-GB', { day: 'numeric', month: 'short' }),
    shortMonth: formatOf('en-GB', { month: 'short' }),
    full: formatOf('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }),
  },
} as const

/** The last days on our clocks, with the instants that their places begin at. */
export function stretchUpTo(now: Instant, days: number): Stretch & { starts: readonly Instant[] } {
  const stretch = stretchOf(localOf(new Date(now)).slice(0, 10), days)
  return { ...stretch, starts: stretch.first.map((day) => instantOf(`${day}T00:00`) ?? now) }
}

/** A day, the week that it begins, or the month that it lies in. */
export function dayWords(day: Day, unit: Unit, language: Language): DayWords {
  const say = (name: keyof (typeof formats)['ja']) => wordsOf(formats[language][name], day)
  switch (unit) {
    case 'day':
      return { whole: say('day'), short: say('shortDay') }
    case 'week':
      return {
        whole: language === 'ja' ? `${say('date')}の週` : `Week of ${say('date')}`,
        short: say('shortDay'),
      }
    case 'month':
      return { whole: say('month'), short: say('shortMonth') }
  }
}

/** A day with its year. */
export function fullDay(day: Day, language: Language): string {
  return wordsOf(formats[language].full, day)
}

function wordsOf(format: Intl.DateTimeFormat, day: Day): string {
  return format.format(Date.parse(`${day}T00:00Z`))
}

/** A day of the calendar has no zone: it is written as of UTC. */
function formatOf(locale: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...parts })
}
