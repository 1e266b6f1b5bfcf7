import type { DisclosedPart } from '../domain/disclosure-event.ts'
import type { Role } from '../domain/person.ts'
import { periodLines, type Text } from '../text/text.ts'
import type { Told } from './disclosure.report.ts'
import type { OwnLetter } from './disclosure.ts'
import { type Markup, markup } from './markup.ts'
import { tableOf } from './sheet.ts'

/** What two people decided not to tell, each with its ground. */
export function withheld({ text, record }: Told): Markup {
  const { report, part, ground } = text.disclosure
  const rows = record.request.withheld.map(
    (one) => markup`<tr><td>${part[one.part]}</td><td>${ground[one.ground]}</td></tr>`,
  )
  if (rows.length === 0) return markup``
  return markup`<h2>${report.withheld}</h2><p class="help">${report.withheldLead}</p>
<table><tbody>${rows}</tbody></table>`
}

type Section = {
  readonly title: string
  readonly lead?: string
  /** The part that it belongs to, where that can be withheld. */
  readonly part?: DisclosedPart
  readonly heads: readonly string[]
  readonly rows: readonly Markup[]
}

/** A heading with its table; where there is nothing, or it is withheld, that is said. */
function section({ text, record }: Told, { title, lead, part, heads, rows }: Section): Markup {
  const { report } = text.disclosure
  const isWithheld = record.request.withheld.some((one) => one.part === part)
  const head = markup`<h2>${title}</h2>`
  if (isWithheld) return markup`${head}<p>${report.withheldHere}</p>`
  if (rows.length === 0) return markup`${head}<p>${report.none}</p>`
  return markup`${head}${lead ? markup`<p class="help">${lead}</p>` : ''}
${tableOf(heads, rows)}`
}

export function letters(told: Told, sent: readonly OwnLetter[]): Markup {
  const { text, time } = told
  const { report } = text.disclosure
  const rows = sent.map(
    ({ kind, state, subject, sentAt, file }) =>
      markup`<tr><td class="when">${sentAt ? time(sentAt) : text.letterState[state]}</td><td>${text.letterKind[kind]}</td><td>${subject}</td><td>${file ? markup`<code>${file}</code>` : report.absent}</td></tr>`,
  )
  const heads = [report.date, report.kind, report.subject, report.file]
  return section(told, { title: report.letters, part: 'letters', heads, rows })
}

export function notes(told: Told): Markup {
  const { text, record, time } = told
  const { report } = text.disclosure
  const rows = record.notes.map(
    ({ at, by, text: words }) =>
      markup`<tr><td class="when">${time(at)}</td><td class="words">${words}</td><td>${writer(text, by)}</td></tr>`,
  )
  const heads = [report.date, report.what, report.by]
  return section(told, { title: report.notes, lead: report.notesLead, part: 'notes', heads, rows })
}

function writer(text: Text, roles: readonly Role[]): string {
  const { staff } = text.disclosure.report
  return roles.map((role) => text.role[role]).join('・') || staff
}

export function incidents(told: Told): Markup {
  const { text, record, time } = told
  const { report } = text.disclosure
  const rows = record.incidents.map((one) => {
    const facts = [
      text.senders.kind[one.kind],
      one.minutes === null ? '' : report.minutes(one.minutes),
      one.isRecorded ? report.recorded : '',
      one.postUrl,
      one.picture ?? '',
      one.decision ? foundWords(text, one.decision) : '',
    ]
    return markup`<tr><td class="when">${time(one.occurredAt)}</td><td class="words">${one.account || report.absent}</td><td>${facts.filter(Boolean).join(' · ')}</td></tr>`
  })
  const heads = [report.date, report.what, report.kind]
  return section(told, { title: report.incidents, part: 'incidents', heads, rows })
}

type Found = {
  readonly outcome: keyof Text['casePackage']['report']['outcome']
  readonly categories: readonly (keyof Text['category'])[]
  readonly severity: keyof Text['severity']
}

function foundWords(text: Text, { outcome, categories, severity }: Found): string {
  const name = text.casePackage.report.outcome[outcome]
  if (outcome === 'ordinary') return name
  const codes = categories.map((code) => text.category[code])
  return [name, ...codes, `${text.disclosure.report.severity}: ${text.severity[severity]}`].join(
    ' · ',
  )
}

export function decisions(told: Told): Markup {
  const { text, record, time } = told
  const { report } = text.disclosure
  const rows = record.decisions.map(
    (one) =>
      markup`<tr><td class="when">${time(one.at)}</td><td>${foundWords(text, one)}</td></tr>`,
  )
  const heads = [report.date, report.what]
  const lead = report.findingsLead
  return section(told, { title: report.findings, lead, part: 'findings', heads, rows })
}

export function assessments(told: Told): Markup {
  const { text, record, time } = told
  const { report } = text.disclosure
  const rows = record.assessments.map(({ lastAt, severity, categories, flags }) => {
    const words = [
      ...categories.map((code) => text.category[code]),
      ...flags.map((code) => text.flag[code]),
      severity > 0 ? `${report.severity}: ${text.severity[severity]}` : '',
    ]
    return markup`<tr><td class="when">${time(lastAt)}</td><td>${words.filter(Boolean).join(' · ')}</td></tr>`
  })
  const heads = [report.date, report.what]
  const lead = report.assessmentsLead
  return section(told, { title: report.assessments, lead, part: 'findings', heads, rows })
}

export function measures(told: Told): Markup {
  const { text, record, day } = told
  const { report } = text.disclosure
  const rows = record.measures.map(({ kind, state, announcedAt, endsAt, objections }) => {
    const said = objections.map(
      ({ receivedAt, note }) =>
        markup`<br><span class="help">${report.objection(day(receivedAt))} ${note}</span>`,
    )
    return markup`<tr><td class="when">${announcedAt ? day(announcedAt) : ''}</td><td>${text.measureKind[kind]}: ${text.measureState[state]}${said}</td><td class="when">${endsAt ? day(endsAt) : ''}</td></tr>`
  })
  const heads = [report.date, report.what, report.until]
  const lead = report.measuresLead
  return section(told, { title: report.measures, lead, part: 'measures', heads, rows })
}

/** When a copy of the record left the house. */
export function recipients(told: Told): Markup {
  const { text, record, day } = told
  const { report } = text.disclosure
  const rows = record.exported.map(
    ({ at }) => markup`<tr><td class="when">${day(at)}</td><td>${report.exported}</td></tr>`,
  )
  const heads = [report.date, report.what]
  return section(told, { title: report.recipients, lead: report.recipientsLead, heads, rows })
}

export function periods({ text, record }: Told): Markup {
  const lines = periodLines(record.periods, text)
  return markup`<h2>${text.disclosure.report.periods}</h2>
${lines.map((one) => markup`<p>${text.steps.notice.bullet(one)}</p>`)}`
}

/** What is kept from being erased: that it is, not why. */
export function held({ text, record, day }: Told): Markup {
  const { report } = text.disclosure
  if (record.held.length === 0) return markup``
  const rows = record.held.map(
    ({ what, since }) =>
      markup`<tr><td class="when">${day(since)}</td><td>${report.held[what]}</td></tr>`,
  )
  return markup`<h2>${report.holds}</h2><p class="help">${report.holdsLead}</p>
<table><tbody>${rows}</tbody></table>`
}
