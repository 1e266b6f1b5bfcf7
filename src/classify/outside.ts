import type { PastIncident } from '../domain/assessment.ts'
import { counted, figure, type Measured, outgoing, says } from './counted.ts'
import type { Scanned } from './match.ts'

/** How long a call goes on being time that somebody was held. */
const callDays = 30

/** A count of mails, with the confirmed incidents since the first of our mails that says one of the parts. */
export function withIncidents(
  theirs: readonly Scanned[],
  mails: readonly Scanned[],
  parts: readonly string[],
  incidents: readonly PastIncident[],
  words: { readonly en: string; readonly ja: string },
): Measured {
  const ours = outgoing(mails).find((mail) => says(mail, parts))
  const since = incidents.filter(({ at }) => ours && Date.parse(at) >= ours.mail.at)
  const { value, message, words: said } = counted(theirs, words.en, words.ja)
  if (since.length === 0) return { value, message, words: said }
  return {
    value: value + since.length,
    message,
    words: {
      ja: `${said.ja}(ほかに電話・来訪など${since.length}件)`,
      en: `${said.en} (and ${since.length} by phone or in person)`,
    },
  }
}

/** The longer of what the mails tell and what calls of the last weeks took together, in hours. */
export function withCalls(
  told: Measured,
  mails: readonly Scanned[],
  incidents: readonly PastIncident[],
): Measured {
  const newest = Math.max(...mails.map(({ mail }) => mail.at))
  const recent = incidents.filter(({ at }) => newest - Date.parse(at) <= callDays * 86_400_000)
  const minutes = recent.reduce((sum, one) => sum + (one.minutes ?? 0), 0)
  const hours = Math.round(minutes / 60)
  if (hours <= told.value) return told
  return figure(hours, '# hour(s) on the phone in 30 days', '30日間に#時間の電話', told.message)
}
