/** A UTC instant, ISO 8601 with milliseconds; sorts as text. */
export type Instant = string

/** The instant a number of days later. */
export function daysAfter(at: Instant, days: number): Instant {
  return new Date(Date.parse(at) + days * 86_400_000).toISOString()
}
