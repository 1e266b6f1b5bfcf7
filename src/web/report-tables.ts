import { categories } from '../domain/category.ts'
import {
  type Agreement,
  agreementOnCategory,
  agreementOnVerdict,
  type Pair,
  pairsLeast,
  percentile,
} from '../domain/report.ts'
import { daysAfter } from '../domain/time.ts'
import type { ReviewTold } from '../store/reports.ts'
import type { Ctx } from './env.ts'
import { inLanguage } from './parts/chips.tsx'
import { mailboxesOf, viewOf } from './view.ts'

export const tableNames = ['volume', 'waiting', 'agreement', 'measures'] as const
export type TableName = (typeof tableNames)[number]

/** A cell as people read it, with the bare number for a file. */
export type Cell = string | number | { readonly shown: string; readonly value: number }

/** Figures of one kind, as the page shows them and a file holds them. */
export type Table = {
  readonly name: TableName
  readonly title: string
  readonly lead: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

export const periods = [7, 30, 90, 365] as const

/** What was asked for: how many days back, and of which mailbox in reach (empty for all). */
export type Asked = { readonly days: number; readonly mailboxId: string }

/** All tables of a period, of what is in the person's reach. */
export async function tablesFor(c: Ctx, { days, mailboxId }: Asked): Promise<readonly Table[]> {
  const { house } = c.var
  const { reports } = viewOf(c, 'see_reports')
  const since = daysAfter(house.now(), -days)
  const period = { since, mailboxId: mailboxId === '' ? null : mailboxId }
  const reviews = await reports.reviews(period)
  return [
    await volumeTable(c, await reports.volume(period)),
    waitingTable(c, reviews),
    agreementTable(c, pairsIn(reviews)),
    measureTable(c, await reports.measures(period)),
  ]
}

type ReportsOf = ReturnType<typeof viewOf>['reports']

async function volumeTable(
  c: Ctx,
  volumes: Awaited<ReturnType<ReportsOf['volume']>>,
): Promise<Table> {
  const { text, language } = c.var
  const names = new Map(
    (await mailboxesOf(c, 'see_reports')).map((one) => [
      one.id,
      inLanguage(one.department, language),
    ]),
  )
  const seen = categories.filter((code) => volumes.some((one) => one.categories.has(code)))
  return {
    name: 'volume',
    title: text.reports.volume,
    lead: text.reports.volumeLead,
    head: [text.reports.mailbox, text.reports.threads, ...seen.map((code) => text.category[code])],
    rows: volumes.map((one) => [
      names.get(one.mailboxId) ?? '',
      one.threads,
      ...seen.map((code) => one.categories.get(code) ?? 0),
    ]),
  }
}

function waitingTable(c: Ctx, reviews: readonly ReviewTold[]): Table {
  const { reports: text } = c.var.text
  const rows = ([1, 2] as const).flatMap((place): Cell[][] => {
    const waited = reviews.filter((one) => one.place === place).map((one) => one.waitedSeconds)
    const [half, ninety] = [percentile(waited, 0.5), percentile(waited, 0.9)]
    if (half === null || ninety === null) return []
    return [[text.person(place), waited.length, span(c, half), span(c, ninety)]]
  })
  const head = [c.var.text.review, text.reviews, text.median, text.ninety]
  return { name: 'waiting', title: text.waiting, lead: text.waitingLead, head, rows }
}

/** A time in words; in a file, minutes. */
function span(c: Ctx, seconds: number): Cell {
  const { reports: text } = c.var.text
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return { shown: text.minutes(minutes), value: minutes }
  const hours = Math.round(minutes / 60)
  const shown = hours < 48 ? text.hours(hours) : text.daysLong(Math.round(hours / 24))
  return { shown, value: minutes }
}

/** The two reviews of each revision that has both. */
function pairsIn(reviews: readonly ReviewTold[]): Pair[] {
  const together = Map.groupBy(reviews, ({ threadId, revision }) => `${threadId} ${revision}`)
  return [...together.values()].flatMap((both) => {
    const first = both.find(({ place }) => place === 1)
    const second = both.find(({ place }) => place === 2)
    return first && second ? [{ first: first.verdict, second: second.verdict }] : []
  })
}

function agreementTable(c: Ctx, pairs: readonly Pair[]): Table {
  const { text } = c.var
  const named = ({ first, second }: Pair, code: (typeof categories)[number]) =>
    [first, second].some((one) => one.kind === 'harassment' && one.categories.includes(code))
  const lines: [string, Agreement][] = [
    [text.reports.verdict, agreementOnVerdict(pairs)],
    ...categories
      .filter((code) => pairs.some((pair) => named(pair, code)))
      .map((code): [string, Agreement] => [text.category[code], agreementOnCategory(pairs, code)]),
  ]
  const { title, lead } = { title: text.reports.agreement, lead: text.reports.agreementLead }
  const head = [text.reports.about, text.reports.pairs, text.reports.share, text.reports.kappa]
  const rows = pairs.length === 0 ? [] : lines.map(([name, one]) => [name, ...told(c, one)])
  return { name: 'agreement', title, lead, head, rows }
}

function told(c: Ctx, { pairs, share, kappa }: Agreement): Cell[] {
  const { reports: text } = c.var.text
  if (pairs < pairsLeast) return [pairs, text.tooFew(pairsLeast), '']
  const percent = { shown: `${Math.round(share * 100)}%`, value: Number(share.toFixed(3)) }
  return [pairs, percent, kappa === null ? text.noKappa : Number(kappa.toFixed(2))]
}

function measureTable(c: Ctx, counts: Awaited<ReturnType<ReportsOf['measures']>>): Table {
  const { text } = c.var
  const { measures: title, measuresLead: lead, kind, state } = text.reports
  return {
    ...{ name: 'measures', title, lead, head: [kind, state, text.reports.threads] },
    rows: counts.map((one) => [text.measureKind[one.kind], text.measureState[one.state], one.n]),
  }
}
