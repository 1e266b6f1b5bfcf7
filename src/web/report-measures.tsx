import { type SuspensionStep, suspensionSteps } from '../store/reports.ts'
import { scaleOf } from './chart-scale.ts'
import { type Asking, placeCell, type Table } from './report-tables.ts'
import { StackChart } from './stack-chart.tsx'

/** What happened to suspensions, each step over time in a chart of its own. */
export async function suspensionsReport(asking: Asking): Promise<Table> {
  const { c, reports, period, places } = asking
  const { reports: text } = c.var.text
  const counted = await reports.suspensions(period)
  const nOf = (step: SuspensionStep, at: number) =>
    counted.find((one) => one.step === step && one.place === at)?.n ?? 0
  const { suspensions: title, suspensionsLead: lead, suspensionsEmpty: empty } = text
  const head = [text.period, ...suspensionSteps.map((step) => text.step[step])]
  if (counted.length === 0) return { title, lead, empty, head, rows: [] }
  const most = Math.max(...counted.map(({ n }) => n))
  const rows = places.map((_, at) => [
    placeCell(asking, at),
    ...suspensionSteps.map((step) => nOf(step, at)),
  ])
  const charts = suspensionSteps.map((step) => {
    const label = text.step[step]
    const values = places.map((_, at) => nOf(step, at))
    const total = values.reduce((sum, n) => sum + n, 0)
    const highest = Math.max(...values)
    const when = places[values.indexOf(highest)]?.whole ?? ''
    return (
      <div class='chart-of'>
        <h3>
          {label} <span class='value'>{total}</span>
        </h3>
        <StackChart
          id={`chart-${step.replaceAll('_', '-')}`}
          title={`${title}: ${label}`}
          description={text.overTime(total, highest, when)}
          places={places}
          series={[{ label, tone: 0, values }]}
          scale={scaleOf(most, 2)}
          height={96}
          figure={String}
          partWords={(place, _, at) => text.inChart(place.whole, label, values[at] ?? 0)}
        />
      </div>
    )
  })
  return { title, lead, empty, head, rows, chart: <div class='chart-grid'>{charts}</div> }
}

/** Measures by what has become of them. */
export async function measuresReport({ c, reports, period }: Asking): Promise<Table> {
  const { text } = c.var
  const { measures: title, measuresLead: lead, measuresEmpty: empty, kind, state } = text.reports
  const counts = await reports.measures(period)
  return {
    ...{ title, lead, empty, head: [kind, state, text.reports.threads] },
    rows: counts.map((one) => [text.measureKind[one.kind], text.measureState[one.state], one.n]),
  }
}
