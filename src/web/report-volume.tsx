import { categories } from '../domain/category.ts'
import { scaleOf } from './chart-scale.ts'
import { Legend, tonesMost } from './chart-tones.tsx'
import {
  type Asking,
  type Cell,
  categoriesIn,
  deskOf,
  placeCell,
  sumOf,
  type Table,
} from './report-tables.ts'
import { type Series, StackChart } from './stack-chart.tsx'

/** Threads over time by the categories that the rules see in them. */
export async function categoriesReport(asking: Asking): Promise<Table> {
  const { text } = asking.c.var
  const rows = await asking.seen()
  const series = categoriesIn(rows).map((code) => ({
    label: text.category[code],
    tone: categories.indexOf(code),
    values: valuesOf(
      asking,
      rows.filter(({ category }) => category === code),
    ),
  }))
  const { categories: title, categoriesLead: lead, categoriesEmpty: empty } = text.reports
  return { title, lead, empty, ...overTime(asking, 'categories', title, series) }
}

/** Threads over time by mailbox; where there are more than can be told apart, the rest as one. */
export async function mailboxesReport(asking: Asking): Promise<Table> {
  const { reports: text } = asking.c.var.text
  const rows = await asking.volume()
  const byMailbox = [...Map.groupBy(rows, ({ mailboxId }) => mailboxId)].toSorted(
    ([, some], [, others]) => sumOf(others) - sumOf(some),
  )
  const isMany = byMailbox.length > tonesMost
  const named = isMany ? byMailbox.slice(0, tonesMost - 1) : byMailbox
  const rest = byMailbox.slice(named.length).flatMap(([, some]) => some)
  const series = [
    ...named.map(([id, some]) => ({ label: deskOf(asking, id), some })),
    ...(isMany ? [{ label: text.otherMailboxes, some: rest }] : []),
  ].map(({ label, some }, tone) => ({ label, tone, values: valuesOf(asking, some) }))
  const { mailboxes: title, mailboxesLead: lead, mailboxesEmpty: empty } = text
  return { title, lead, empty, ...overTime(asking, 'mailboxes', title, series) }
}

/** Mailboxes with the categories seen in each. */
export async function volumeReport(asking: Asking): Promise<Table> {
  const { text } = asking.c.var
  const counted = await asking.volume()
  const seen = await asking.seen()
  const codes = categoriesIn(seen)
  const { volume: title, volumeLead: lead, mailboxesEmpty: empty } = text.reports
  const head = [
    text.reports.mailbox,
    text.reports.threads,
    ...codes.map((code) => text.category[code]),
  ]
  if (counted.length === 0) return { title, lead, empty, head, rows: [] }
  const rows = asking.mailboxes.map(({ id }) => [
    deskOf(asking, id),
    sumOf(counted.filter(({ mailboxId }) => mailboxId === id)),
    ...codes.map((code) =>
      sumOf(seen.filter((one) => one.mailboxId === id && one.category === code)),
    ),
  ])
  return { title, lead, empty, head, rows }
}

/** The figures of one series for each place; where nothing was, zero. */
function valuesOf(
  { places }: Asking,
  rows: readonly { readonly place: number; readonly n: number }[],
): number[] {
  return places.map((_, at) => sumOf(rows.filter(({ place }) => place === at)))
}

/** A chart of series with its table; no rows where nothing was in the whole period. */
function overTime(
  asking: Asking,
  id: string,
  title: string,
  series: readonly Series[],
): Pick<Table, 'head' | 'rows' | 'chart'> {
  const { c, places } = asking
  const { reports: text } = c.var.text
  const head = [text.period, ...series.map(({ label }) => label)]
  if (series.length === 0) return { head, rows: [] }
  const totals = places.map((_, at) => series.reduce((sum, one) => sum + (one.values[at] ?? 0), 0))
  const total = totals.reduce((sum, n) => sum + n, 0)
  const most = Math.max(...totals)
  const when = places[totals.indexOf(most)]?.whole ?? ''
  const rows = places.map((_, at): Cell[] => [
    placeCell(asking, at),
    ...series.map(({ values }) => values[at] ?? 0),
  ])
  const chart = (
    <>
      <StackChart
        id={`chart-${id}`}
        title={title}
        description={text.overTime(total, most, when)}
        places={places}
        series={series}
        scale={scaleOf(most)}
        figure={String}
        partWords={(place, one, at) => text.inChart(place.whole, one.label, one.values[at] ?? 0)}
      />
      <Legend
        names={series.map(({ label, tone, values }) => ({
          ...{ label, tone },
          total: values.reduce((sum, n) => sum + n, 0),
        }))}
      />
    </>
  )
  return { head, rows, chart }
}
