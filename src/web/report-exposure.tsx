import { teamLeast } from '../domain/report.ts'
import { BarList } from './bar-chart.tsx'
import { inLanguage } from './parts/chips.tsx'
import type { Asking, Cell, Table } from './report-tables.ts'

/** What was opened at each desk, where enough people opened something; never a person's figure. */
export async function exposureReport({ c, reports, period, mailboxes }: Asking): Promise<Table> {
  const { text, language } = c.var
  const { exposure: title, exposureLead, exposureEmpty: empty, ...words } = text.reports
  const counted = await reports.exposures(period)
  const desks = mailboxes.map(({ id, department }) => {
    const found = counted.find(({ mailboxId }) => mailboxId === id)
    const told = found && found.people >= teamLeast ? found : null
    return { label: inLanguage(department, language), told }
  })
  const rows = desks.map(({ label, told }): Cell[] => {
    // Nobody, one and two look alike: who opened nothing is a figure as well.
    if (!told) return [label, words.tooFewPeople(teamLeast), '', '']
    return [label, told.opened, told.people, Number((told.opened / told.people).toFixed(1))]
  })
  const bars = desks.flatMap(({ label, told }) => (told ? [{ label, value: told.opened }] : []))
  const most = Math.max(0, ...bars.map(({ value }) => value))
  const chart =
    bars.length === 0 ? (
      <p>{words.exposureWithheld(teamLeast)}</p>
    ) : (
      <BarList bars={bars} label={words.exposureChart(most)} />
    )
  const head = [words.mailbox, words.opened, words.people, words.each]
  return { title, lead: exposureLead(teamLeast), empty, head, rows, chart }
}
