/** A UTC instant, ISO 8601 with milliseconds; sorts as text. */
export type Instant = string

/** The instant a number of days later. */
export function daysAfter(at: Instant, days: number): Instant {
  return new Date(Date.parse(at) + days * 86_400_000).toISOString()
}

/** The instant a number of hours later. */
export function hoursAfter(at: Instant, hours: number): Instant {
  return new Date(Date.parse(at) + hours * 3_600_000).toISOString()
}
