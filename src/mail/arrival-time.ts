import { firstValue, type HeaderField, headerFields } from './header.ts'

/** E-mail with dates of four digits is as old as that. */
const earliest = Date.UTC(1990, 0)

/**
 * When a mail from an archive came in: by the Received that its last server put on top, else by
 * what the archive says, else by its Date. Null where none of them can be true.
 */
export function arrivalTimeOf(raw: Buffer, deliveredAt: Date | null, now: Date): Date | null {
  const fields = headerFields(raw)
  const all = [receivedIn(fields), deliveredAt, dateOf(firstValue(fields, 'date'))]
  return all.find((one) => one !== null && isPossible(one, now)) ?? null
}

function isPossible(at: Date, now: Date): boolean {
  return at.getTime() >= earliest && at.getTime() <= now.getTime()
}

/** RFC 5321 section 4.4: the date stands behind the last semicolon. */
function receivedIn(fields: readonly HeaderField[]): Date | null {
  const value = firstValue(fields, 'received')
  return dateOf(value.slice(value.lastIndexOf(';') + 1))
}

function dateOf(text: string): Date | null {
  const date = new Date(text.slice(0, 100))
  return Number.isNaN(date.getTime()) ? null : date
}
