import type { Bilingual } from '../domain/assessment.ts'
import { dayOf } from '../domain/business-day.ts'
import type { Checkpoint } from '../domain/checkpoint.ts'
import type { Language } from '../domain/person.ts'
import { dayText, fullTime, type Text, textFor } from '../text/text.ts'
import type { PersonRecord } from './disclosure.record.ts'
import {
  assessments,
  decisions,
  held,
  incidents,
  letters,
  measures,
  notes,
  periods,
  recipients,
  withheld,
} from './disclosure.report.parts.ts'
import type { OwnScope } from './disclosure.scope.ts'
import type { OwnLetter } from './disclosure.ts'
import type { mailLines } from './mails.ts'
import { type Markup, markup } from './markup.ts'
import { fact, sheet, tableOf } from './sheet.ts'

export type PersonReportOf = {
  readonly record: PersonRecord
  readonly letters: readonly OwnLetter[]
  readonly lines: ReturnType<typeof mailLines>
  readonly checkpoint: Checkpoint
  readonly language: Language
  readonly company: Bilingual
}

/** The catalogue, and how times and days are put into its words. */
export type Told = {
  readonly text: Text
  readonly record: PersonRecord
  readonly time: (at: string) => string
  readonly day: (at: string) => string
}

/**
 * The report to a person on what is kept on them: what, since when, for what, for how long, and what
 * they are not told, by which ground. One file without a script or anything from elsewhere.
 */
export async function reportForPerson(own: OwnScope, given: PersonReportOf): Promise<Markup> {
  const { record, language, checkpoint } = given
  const text = textFor(language)
  const day = (at: string) => dayText(dayOf(at), language)
  const told: Told = { text, record, time: (at) => fullTime(at, language), day }
  const { report } = text.disclosure
  const title = report.title(nameOf(record, text))
  const company = given.company[language]
  const body = markup`<p>${report.lead(company)}</p>
${answered(told, language)}
${withheld(told)}
<h2>${report.purposes}</h2>
${report.purposeList.map((one) => markup`<p>${text.steps.notice.bullet(one)}</p>`)}
${person(told)}
${await mails(own, told, given.lines)}
${letters(told, given.letters)}
${notes(told)}
${incidents(told)}
${decisions(told)}
${assessments(told)}
${measures(told)}
${recipients(told)}
${periods(told)}
${held(told)}
<h2>${report.left}</h2><p>${report.leftLead}</p>
${signed(told, checkpoint)}`
  return sheet(language, title, body)
}

function nameOf({ person: { members, addresses, labels } }: PersonRecord, text: Text): string {
  const name = members.find((one) => one.name !== '')?.name
  return name ?? addresses[0] ?? labels[0] ?? text.unknownSender
}

function answered({ text, record, day }: Told, language: Language): Markup {
  const { report, state } = text.disclosure
  const { receivedOn, identityCheck, answeredAt, outcome, answer } = record.request
  return markup`<h2>${report.request}</h2>
<table class="facts">
${fact(report.receivedOn, dayText(receivedOn, language))}
${fact(report.identityCheck, identityCheck)}
${fact(report.answeredAt, answeredAt ? day(answeredAt) : '')}
${fact(report.outcome, state[outcome])}
${answer ? fact(report.explanation, answer) : ''}
</table>`
}

function person({ text, record }: Told): Markup {
  const { report } = text.disclosure
  const { members, addresses, labels } = record.person
  const names = [...new Set(members.map(({ name }) => name).filter(Boolean))]
  const joined = members.length - 1
  return markup`<h2>${report.person}</h2>
<table class="facts">
${fact(report.name, names.join(' / ') || text.unknownSender)}
${fact(report.addresses, [...addresses, ...labels].join(', '))}
</table>
${joined > 0 ? markup`<p class="help">${report.joined(joined)}</p>` : ''}`
}

/** Rows of a table that people read to its end; the whole list is beside it. */
const mailsListed = 300

async function mails(
  own: OwnScope,
  { text, record, time }: Told,
  lines: ReturnType<typeof mailLines>,
): Promise<Markup> {
  const { report } = text.disclosure
  const isWithheld = record.request.withheld.some(({ part }) => part === 'mails')
  const head = markup`<h2>${report.mails}</h2>`
  if (isWithheld) return markup`${head}<p>${report.withheldHere}</p>`
  const rows: Markup[] = []
  const total = own.mails.length
  for await (const { direction, receivedAt, subject, file } of lines) {
    if (rows.length === mailsListed) break
    const place = file === null ? report.absent : markup`<code>${file}</code>`
    rows.push(
      markup`<tr><td class="when">${time(receivedAt)}</td><td>${report.direction[direction]}</td><td>${subject}</td><td>${place}</td></tr>`,
    )
  }
  const heads = [report.date, report.kind, report.subject, report.file]
  const body = rows.length === 0 ? markup`<p>${report.none}</p>` : tableOf(heads, rows)
  return markup`${head}<p class="help">${report.mailsLead}</p>${body}
${total > mailsListed ? markup`<p>${report.more(total - mailsListed)}</p>` : ''}
${record.mailsOfOthers > 0 ? markup`<p>${report.others(record.mailsOfOthers)}</p>` : ''}`
}

function signed({ text, time }: Told, { at, publicKey }: Checkpoint): Markup {
  const { report } = text.disclosure
  return markup`<h2>${report.check}</h2><p class="help">${report.checkLead}</p>
<table class="facts">
${fact(report.signedAt, time(at))}
${fact(report.key, markup`<code>${publicKey}</code>`)}
</table>`
}
