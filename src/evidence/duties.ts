import { beginningOf, dayAfter } from '../domain/business-day.ts'
import {
  type Duty,
  type DutyGroup,
  type DutyState,
  dutyGroups,
  dutyStates,
  type Finding,
  findingsOf,
  peopleStep,
} from '../domain/duties.ts'
import type { DutyFacts, Figure, FigureKey } from '../domain/duty-facts.ts'
import type { DutyPeriod } from '../domain/duty-period.ts'
import type { Language } from '../domain/person.ts'
import { measuredMost } from '../store/duties.ts'
import { fullDay } from '../text/days.ts'
import { fullTime, type Text, textFor } from '../text/text.ts'
import { type Markup, markup } from './markup.ts'
import { fact, sheet, tableOf } from './sheet.ts'

/** What a report of duties is made of: the same gives the same report. */
export type DutyReportOf = {
  readonly facts: DutyFacts
  readonly period: DutyPeriod
  readonly company: string
  readonly language: Language
  /** Where the log stood. */
  readonly state: { readonly seq: number; readonly hash: string; readonly at: string | null }
}

/** A duty as page, HTML and PDF say it: one source, so that none says what the others do not. */
export type DutyEntry = {
  readonly duty: Duty
  readonly state: DutyState
  readonly words: string
  readonly title: string
  readonly law: string
  readonly rule: string
  readonly cannot: string
  readonly figures: readonly (readonly [label: string, value: string])[]
}

export type DutySheet = {
  readonly title: string
  readonly company: string
  readonly stretch: string
  readonly asOf: string
  readonly notes: readonly string[]
  /** How many duties are in which state. */
  readonly tally: readonly (readonly [DutyState, string])[]
  readonly groups: readonly {
    readonly group: DutyGroup
    readonly title: string
    readonly entries: readonly DutyEntry[]
  }[]
}

/** The report in words. */
export function sheetOf({ facts, period, company, language, state }: DutyReportOf): DutySheet {
  const text = textFor(language)
  const { duties } = text
  const findings = findingsOf(facts)
  const all = Object.values(findings)
  const day = (at: string) => fullDay(at, language)
  const at = state.at === null ? '' : fullTime(state.at, language)
  return {
    ...{ title: duties.title, company, stretch: duties.stretch(day(period.from), day(period.to)) },
    asOf: duties.asOf(state.seq.toLocaleString('en'), at, state.hash.slice(0, 16)),
    notes: [duties.lead, `${duties.privacyNote(peopleStep)} ${duties.medianNote(measuredMost)}`],
    tally: dutyStates.map((one) => [
      one,
      duties.tally(duties.state[one], all.filter((finding) => finding.state === one).length),
    ]),
    groups: (Object.keys(dutyGroups) as DutyGroup[]).map((group) => ({
      ...{ group, title: duties.group[group] },
      entries: dutyGroups[group].map((duty) => entryOf(findings[duty], text, language)),
    })),
  }
}

function entryOf({ duty, state, figures }: Finding, text: Text, language: Language): DutyEntry {
  const { duties } = text
  return {
    ...{ duty, state, words: duties.state[state], ...duties.duty[duty] },
    figures: figures.map(([key, figure]: readonly [FigureKey, Figure]) => [
      duties.figure[key],
      shownAs(figure, text, language),
    ]),
  }
}

function shownAs(figure: Figure, { duties: { value } }: Text, language: Language): string {
  switch (figure.is) {
    case 'count':
      return value.count(figure.n)
    case 'staff':
      return value.staff(figure.n)
    case 'people':
      return figure.n < peopleStep ? value.fewPeople(peopleStep) : value.people(figure.n)
    case 'share':
      return figure.of === 0 ? value.nothing : value.share(figure.n, figure.of)
    case 'days':
    case 'hours':
      return figure.n === null ? value.nothing : value[figure.is](figure.n)
    case 'day':
      return figure.at === null ? value.nothing : fullTime(figure.at, language)
    case 'span': {
      const { over } = figure
      if (over === null) return value.noSpan
      return [over.from, over.to].map((day) => fullDay(day, language)).join(' – ')
    }
    case 'yes':
      return figure.yes ? value.yes : value.no
    case 'withheld':
      return value.withheld
    case 'words':
      return figure.words ?? value.unset
  }
}

/** The same as one file without a script or anything from elsewhere; its PDF is drawn from it. */
export function dutyReport(given: DutyReportOf): Markup {
  const { language } = given
  const { duties } = textFor(language)
  const made = sheetOf(given)
  const rows = made.groups.flatMap(({ entries }) =>
    entries.map(({ title, words }) => markup`<tr><td>${title}</td><td>${words}</td></tr>`),
  )
  const body = markup`<p>${made.company}</p>
<p>${duties.period}: ${made.stretch}</p>
<p class="help">${made.asOf}</p>
${made.notes.map((note) => markup`<p class="help">${note}</p>`)}
<h2>${duties.overview}</h2>
<p>${made.tally.map(([, words]) => words).join(' · ')}</p>
${tableOf([duties.head.duty, duties.head.state], rows)}
${made.groups.map(({ title, entries }) => markup`<h2>${title}</h2>${entries.map((one) => entryMarkup(one, duties))}`)}`
  return sheet(language, made.title, body)
}

function entryMarkup(entry: DutyEntry, words: Text['duties']): Markup {
  const rows = [
    ...entry.figures,
    [words.rule, entry.rule] as const,
    [words.cannot, entry.cannot] as const,
  ].map(([name, value]) => fact(name, value))
  return markup`<h3>${entry.title}: ${entry.words}</h3>
<p>${entry.law}</p>
<table class="facts">${rows}</table>`
}

/** The instant that a report's PDF is dated by: the end of its period. */
export function dateOf({ to }: DutyPeriod): string {
  return beginningOf(dayAfter(to, 1))
}
