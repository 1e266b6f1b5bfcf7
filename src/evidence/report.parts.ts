import { type Category, categories } from '../domain/category.ts'
import type { Checkpoint } from '../domain/checkpoint.ts'
import type { Decision } from '../domain/decision.ts'
import type { Text } from '../text/text.ts'
import type { Contents } from './contents.ts'
import type { Quotes } from './documents.ts'
import { type Markup, markup } from './markup.ts'
import type { Hidden, Named } from './report.ts'
import { fact, tableOf } from './sheet.ts'

/** The catalogue, and how times and staff are put into its words. */
export type Wording = {
  readonly text: Text
  readonly time: (at: string) => string
  readonly staff: (id: string | null) => string
}

type Span = { readonly n: number; readonly first: string; readonly last: string }

/** Who it is about, by their names and addresses, and how much they wrote. */
export function who({ text, time }: Wording, { sender }: Contents, span: Span | null): Markup {
  const { report } = text.casePackage
  const names = [...new Set(sender.members.map(({ name }) => name).filter(Boolean))]
  const joined = sender.members.length - 1
  return markup`<h2>${report.who}</h2>
<table class="facts">
${fact(report.name, names.join(' / ') || text.unknownSender)}
${fact(report.addresses, [...sender.addresses, ...sender.labels].join(', '))}
${fact(report.mails, span ? report.span(span.n, time(span.first), time(span.last)) : report.noMails)}
</table>
${joined > 0 ? markup`<p class="help">${report.joined(joined)}</p>` : ''}`
}

/** That people are hidden, so that nobody takes the package for the whole. */
export function maskedNote({ text }: Wording, { people, mails }: Hidden): Markup {
  if (people === 0) return markup``
  return markup`<p>${text.casePackage.masked.note(people, mails.size)}</p>`
}

type Act = {
  readonly at: string
  readonly words: string
  readonly by: string
  readonly more: string
}

/** What was found and done, the oldest first. */
export function timeline(words: Wording, contents: Contents): Markup {
  const { report } = words.text.casePackage
  const acts = [
    ...decisionActs(words, contents),
    ...incidentActs(words, contents),
    ...measureActs(words, contents),
    ...letterActs(words, contents),
  ].toSorted((a, b) => (a.at < b.at ? -1 : 1))
  if (acts.length === 0) return markup`<h2>${report.timeline}</h2><p>${report.nothing}</p>`
  const rows = acts.map(
    ({ at, words: said, by, more }) =>
      markup`<tr><td class="when">${words.time(at)}</td><td>${said}${more && markup`<br><span class="help">${more}</span>`}</td><td>${by}</td></tr>`,
  )
  return markup`<h2>${report.timeline}</h2>
${tableOf([report.date, report.timeline, report.by], rows)}`
}

function decisionActs({ text, staff }: Wording, { threads }: Contents): Act[] {
  const { report } = text.casePackage
  return threads.flatMap(({ decisions }) =>
    decisions.map((one) => {
      const { at, how, outcome, severity, firstReviewer, secondReviewer, settledBy } = one
      const found = [
        report.how[how],
        ...one.categories.map((code) => text.category[code]),
        ...(outcome === 'harassment' ? [`${report.severity}: ${text.severity[severity]}`] : []),
        one.reason,
      ]
      const by = [firstReviewer, secondReviewer, ...(settledBy ? [settledBy] : [])].map(staff)
      return {
        ...{ at, words: report.decided(report.outcome[outcome]), by: by.join(', ') },
        more: found.filter(Boolean).join(' · '),
      }
    }),
  )
}

function incidentActs({ text, staff }: Wording, { incidents }: Contents): Act[] {
  const { report } = text.casePackage
  return incidents.map(({ incident, account }) => ({
    at: incident.occurredAt,
    words: report.incident(text.senders.kind[incident.kind]),
    by: staff(incident.recordedBy),
    more: account,
  }))
}

function measureActs({ text, staff }: Wording, contents: Contents): Act[] {
  const { report } = text.casePackage
  return contents.measures.flatMap((one) => {
    const name = text.measureKind[one.kind]
    const { proposedAt, announcedAt, endsAt, proposer, confirmer, reason, state } = one
    return [
      { at: proposedAt, words: report.proposed(name), by: staff(proposer), more: reason },
      ...(announcedAt
        ? [{ at: announcedAt, words: report.announced(name), by: staff(confirmer), more: '' }]
        : []),
      ...(endsAt
        ? [{ at: endsAt, words: report.ends(name, text.measureState[state]), by: '', more: '' }]
        : []),
    ]
  })
}

function letterActs({ text, staff }: Wording, { letters }: Contents): Act[] {
  const { report } = text.casePackage
  return letters.map(({ kind, state, author, approver, sentAt, writtenAt, subject, answer }) => ({
    at: sentAt ?? writtenAt,
    words: report.letter(text.letterKind[kind], text.letterState[state]),
    by: [author, approver]
      .filter((id) => id !== null)
      .map(staff)
      .join(', '),
    more: [subject, answer].filter(Boolean).join(' · '),
  }))
}

/** What was found, by category: the words, when, and in which file they stand. */
export function conduct(
  words: Wording,
  contents: Contents,
  quotes: Quotes,
  named: ReadonlyMap<string, Named>,
): Markup {
  const { text } = words
  const { report } = text.casePackage
  const found = new Set([
    ...contents.threads.flatMap(({ decisions }) => decisions.flatMap(harassing)),
    ...contents.incidents.flatMap(({ incident }) =>
      incident.decision ? harassing(incident.decision) : [],
    ),
  ])
  const parts = categories
    .filter((code) => found.has(code))
    .map((code) => {
      const { shown, beyond } = quotes.get(code) ?? { shown: [], beyond: 0 }
      const rows = [
        ...shown.map(({ messageId, words: said }) => quoteRow(words, named.get(messageId), said)),
        ...accounts(words, contents, code),
      ]
      return markup`<h3>${text.category[code]}</h3>
${rows.length === 0 ? markup`<p class="help">${report.noWords}</p>` : quoteTable(words, rows)}
${beyond > 0 ? markup`<p class="help">${report.more(beyond)}</p>` : ''}`
    })
  const body = parts.length > 0 ? parts : [markup`<p>${report.conductNone}</p>`]
  return markup`<h2>${report.conduct}</h2><p class="help">${report.conductLead}</p>${body}
${elements(words, contents)}`
}

function harassing({
  outcome,
  categories: codes,
}: Pick<Decision, 'outcome' | 'categories'>): readonly Category[] {
  return outcome === 'harassment' ? codes : []
}

function quoteTable({ text }: Wording, rows: readonly Markup[]): Markup {
  const { date, words, where } = text.casePackage.report
  return tableOf([date, words, where], rows)
}

function quoteRow({ time }: Wording, mail: Named | undefined, said: string): Markup {
  return markup`<tr><td class="when">${mail ? time(mail.at) : ''}</td><td class="words">${said}</td><td><code>${mail?.file ?? ''}</code></td></tr>`
}

/** What members of staff wrote down of calls and visits that were found to be of that category. */
function accounts({ text, time }: Wording, { incidents }: Contents, code: Category): Markup[] {
  return incidents.flatMap(({ incident, account }) => {
    if (!incident.decision || !harassing(incident.decision).includes(code)) return []
    const kind = text.senders.kind[incident.kind]
    return [
      markup`<tr><td class="when">${time(incident.occurredAt)}</td><td class="words">${account}</td><td>${kind}</td></tr>`,
    ]
  })
}

/** The policy's three elements as each reviewer answered them. */
function elements({ text, time, staff }: Wording, { threads, incidents }: Contents): Markup {
  const { report } = text.casePackage
  const reviews = [
    ...threads.flatMap((thread) => thread.reviews),
    ...incidents.flatMap(({ incident }) =>
      incident.reviews.map((one) => ({ ...one, at: incident.occurredAt })),
    ),
  ]
  const { superiorPosition, improperConduct, harmToWorkEnvironment } = report.elements
  const heads = [superiorPosition, improperConduct, harmToWorkEnvironment, report.reason]
  const rows = reviews.flatMap(({ verdict, at, reviewer, reason }) => {
    if (verdict.kind !== 'harassment') return []
    const said = (holds: boolean) => (holds ? report.yes : report.no)
    const { elements: found } = verdict
    const cells = [
      said(found.superiorPosition),
      found.improperConduct.why,
      said(found.harmToWorkEnvironment),
      reason,
    ]
    return [
      markup`<tr><td class="when">${time(at)}</td><td>${staff(reviewer)}</td>${cells.map((cell, place) => markup`<td data-label="${heads[place] ?? ''}">${cell}</td>`)}</tr>`,
    ]
  })
  if (rows.length === 0) return markup``
  return markup`<h2>${report.reviews}</h2>
${tableOf([report.date, report.by, ...heads], rows)}`
}

/** Warnings and suspensions with their reasons, and what was said against them. */
export function measures({ text, time }: Wording, contents: Contents): Markup {
  const { report } = text.casePackage
  const rows = contents.measures.map((one) => {
    const said = one.objections.map(
      ({ receivedAt, note, reason }) =>
        markup`<br><span class="help">${report.objection}: ${time(receivedAt)} ${note} ${reason}</span>`,
    )
    const state = `${text.measureKind[one.kind]}: ${text.measureState[one.state]}`
    const until = one.endsAt ? time(one.endsAt) : ''
    return markup`<tr><td class="when">${time(one.proposedAt)}</td><td>${state}</td><td>${one.reason}${said}</td><td class="when" data-label="${report.until}">${until}</td></tr>`
  })
  const heads = [report.date, report.measures, report.reason, report.until]
  return markup`<h2>${report.measures}</h2>
${rows.length === 0 ? markup`<p>${report.measuresNone}</p>` : tableOf(heads, rows)}`
}

/** How far the chain goes, and who signed that. */
export function custody({ text, time }: Wording, checkpoint: Checkpoint): Markup {
  const { report } = text.casePackage
  const code = (name: string, value: string) => fact(name, markup`<code>${value}</code>`)
  return markup`<h2>${report.custody}</h2><p class="help">${report.custodyLead}</p>
<table class="facts">
${fact(report.checkpointAt, time(checkpoint.at))}
${fact(report.events, String(checkpoint.events))}
${code(report.head, checkpoint.head)}
${code(report.list, checkpoint.listSha256)}
${code(report.key, checkpoint.publicKey)}
</table>
<p>${report.check}</p>`
}
