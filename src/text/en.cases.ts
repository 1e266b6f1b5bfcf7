import type { CasesText } from './ja.cases.ts'

const some = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

/** What the pages on cases say in English. */
export const enCases: CasesText = {
  title: 'Cases',
  lead: 'Senders of whom two people, or a supervisor, found customer harassment.',
  empty: 'Nobody was found to harass. A sender stands here once that is decided.',
  newest: 'Back to the newest',
  older: 'Earlier cases',
  found: (threads, incidents) =>
    [threads > 0 ? some(threads, 'thread') : '', incidents > 0 ? some(incidents, 'incident') : '']
      .filter((part) => part !== '')
      .join(', '),
  measure: (kind, state, n) => `${kind}: ${state}${n > 1 ? `, and ${n - 1} more` : ''}`,
  noMeasure: 'No measure yet',
  of: (name) => `Case of ${name}`,
  sender: 'To the sender',
  caseLead:
    'What was found and done, the oldest first, without a word of the customer’s. It can be printed.',
  timeline: 'Course of events',
  nothing: 'There is no decision and no measure in the mailboxes that you see.',
  decided: 'Found to be customer harassment',
  incident: (kind) => `Incident (${kind})`,
  proposed: (name) => `${name} proposed`,
  announced: (name) => `${name} announced`,
  ends: (name, state) => `${name} ends (now: ${state})`,
}
