import type { FC } from 'hono/jsx'
import { percentile } from '../domain/report.ts'
import { together } from '../store/reports.ts'
import { timeScaleOf } from './chart-scale.ts'
import { Legend } from './chart-tones.tsx'
import type { Ctx } from './env.ts'
import { type Asking, type Cell, placeCell, type Table } from './report-tables.ts'
import { type Series, StackChart } from './stack-chart.tsx'

/** The time within which half and nine tenths of some reviews were given; null of none. */
type Told = { readonly n: number; readonly half: number | null; readonly ninety: number | null }

type Person = {
  readonly name: string
  readonly whole: Told
  readonly byPlace: readonly Told[]
}

/** How long the first and the second person took, over time. */
export async function waitingReport(asking: Asking): Promise<Table> {
  const { reports: text } = asking.c.var.text
  const waits = await asking.reports.waits(asking.period)
  const people = ([1, 2] as const).map((person): Person => {
    const byPlace = waits.map((one) => one[person])
    return {
      name: text.person(person),
      whole: toldOf(together(byPlace)),
      byPlace: byPlace.map(toldOf),
    }
  })
  const head = [
    text.period,
    ...people.flatMap(({ name }) => [
      text.reviewsOf(name),
      text.medianOf(name),
      text.ninetyOf(name),
    ]),
  ]
  const { waiting: title, waitingLead: lead, waitingEmpty: empty } = text
  const rows = [
    [
      { shown: text.whole, value: text.whole },
      ...people.flatMap(({ whole }) => cells(asking, whole)),
    ],
    ...asking.places.map((_, at) => [
      placeCell(asking, at),
      ...people.flatMap(({ byPlace }) => cells(asking, byPlace[at])),
    ]),
  ]
  if (people.every(({ whole }) => whole.n === 0)) return { title, lead, empty, head, rows: [] }
  return { title, lead, empty, head, rows, chart: <Charts asking={asking} people={people} /> }
}

function toldOf(sorted: Float64Array): Told {
  return { n: sorted.length, half: percentile(sorted, 0.5), ninety: percentile(sorted, 0.9) }
}

function cells({ c }: Asking, waits: Told | undefined): Cell[] {
  const time = (seconds: number | null | undefined): Cell =>
    seconds === null || seconds === undefined
      ? { shown: c.var.text.reports.noReviews, value: '' }
      : { shown: spanOf(c, seconds), value: Math.round(seconds / 60) }
  return [waits?.n ?? 0, time(waits?.half), time(waits?.ninety)]
}

/** A time in words; in a file, minutes. */
function spanOf(c: Ctx, seconds: number): string {
  const { reports: text } = c.var.text
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return text.minutes(minutes)
  const hours = Math.round(minutes / 60)
  return hours < 48 ? text.hours(hours) : text.daysLong(Math.round(hours / 24))
}

/** A round time at the axis. */
function tickOf({ var: { text } }: Ctx, seconds: number): string {
  if (seconds === 0) return '0'
  const hours = seconds / 3600
  if (hours < 1) return text.reports.minutesShort(seconds / 60)
  return hours < 24 ? text.reports.hoursShort(hours) : text.reports.daysShort(hours / 24)
}

const Charts: FC<{ asking: Asking; people: readonly Person[] }> = ({ asking, people }) => {
  const { c, places } = asking
  const { reports: text } = c.var.text
  return (
    <>
      {people.map(({ name, whole, byPlace }, at) => (
        <div class='chart-of'>
          <h3>{name}</h3>
          <p>{wholeWords(c, whole)}</p>
          <StackChart
            id={`chart-waiting-${at + 1}`}
            title={`${text.waiting}: ${name}`}
            description={wholeWords(c, whole)}
            places={places}
            series={seriesOf(c, byPlace)}
            scale={timeScaleOf(Math.max(...byPlace.map((one) => one.ninety ?? 0)))}
            height={150}
            figure={(seconds) => tickOf(c, seconds)}
            partWords={(place, { label, tone }, n) => {
              const waits = byPlace[n]
              const value = (tone === 0 ? waits?.half : waits?.ninety) ?? 0
              return text.inChart(place.whole, label, spanOf(c, value))
            }}
          />
        </div>
      ))}
      <Legend names={seriesOf(c, [])} />
    </>
  )
}

/** From the foot to the median, and from there on to nine tenths. */
function seriesOf({ var: { text } }: Ctx, byPlace: readonly Told[]): Series[] {
  const values = byPlace.map(({ half, ninety }) => ({ half: half ?? 0, ninety: ninety ?? 0 }))
  return [
    { label: text.reports.medianTo, tone: 0, values: values.map(({ half }) => half) },
    {
      label: text.reports.ninetyTo,
      tone: 1,
      values: values.map(({ half, ninety }) => ninety - half),
    },
  ]
}

function wholeWords(c: Ctx, { n, half, ninety }: Told): string {
  const { reports: text } = c.var.text
  if (half === null || ninety === null) return text.nobodyReviewed
  return text.waitedWhole(n, spanOf(c, half), spanOf(c, ninety))
}
