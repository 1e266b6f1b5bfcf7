import { casesMin, proportionOf } from '../domain/proportion.ts'
import type { RuleFired } from '../store/reports.ts'
import { inLanguage } from './parts/chips.tsx'
import { type Asking, type Cell, percentCell, type Table } from './report-tables.ts'
import { type ScaleRow, ScaleRows } from './scale-rows.tsx'

/** So many rules stand in the page; a house has hundreds. */
const drawn = 20

type Told = RuleFired & { readonly name: string; readonly href: string | undefined }

/** How far people's decisions confirm what each rule spoke for, those that spoke most first. */
export async function rulesReport({ c, reports, period }: Asking): Promise<Table> {
  const { house, language, text } = c.var
  const { rulesTitle: title, rulesLead: lead, rulesEmpty: empty, ...words } = text.reports
  const sources = new Map(
    house.rulebook.current().written.map(({ id, source }) => [id, source] as const),
  )
  const fired = (await reports.rules(period)).map((one): Told => {
    const source = sources.get(one.rule)
    // A rule that is in force no more has no page.
    if (!source) return { ...one, name: one.rule, href: undefined }
    return { ...one, name: inLanguage(source.why, language), href: `/rules/${one.rule}` }
  })
  const sorted = fired.toSorted((a, b) => b.fired - a.fired || (a.rule < b.rule ? -1 : 1))
  const enough = sorted.filter(({ judged }) => judged >= casesMin)
  const head = [
    ...[words.rule, words.ruleId, words.fired, words.judged, words.upheld],
    ...[words.upheldShare, words.from, words.to],
  ]
  if (enough.length === 0) return { title, lead, empty, head, rows: [] }
  const listed = Math.min(drawn, enough.length)
  const chart = (
    <>
      {sorted.length > listed && <p class='help'>{words.rulesMost(listed, sorted.length)}</p>}
      <ScaleRows
        rows={enough.slice(0, listed).map((one) => rowOf(one, words))}
        from={0}
        to={1}
        marks={[0, 0.5, 1].map((at) => ({ at, label: `${at * 100}%` }))}
        description={lead}
      />
    </>
  )
  const few = sorted.filter(({ judged }) => judged < casesMin)
  const rows = [...enough, ...few].map((one) => cells(one, words))
  return { title, lead, empty, head, rows, listed, chart }
}

type Words = Pick<Asking['c']['var']['text']['reports'], 'precision' | 'fewCases'>

function rowOf({ name, href, upheld, judged }: Told, words: Words): ScaleRow {
  const { share, low, high } = proportionOf(upheld, judged)
  const [percent = 0, from = 0, to = 0] = [share, low, high].map((one) => Math.round(one * 100))
  const said = words.precision(percent, from, to, judged)
  return { label: name, ...(href && { href }), words: said, at: share, low, high }
}

function cells({ name, rule, fired, judged, upheld }: Told, words: Words): Cell[] {
  const counted = [name, rule, fired, judged, upheld]
  if (judged < casesMin) return [...counted, words.fewCases(casesMin), '', '']
  const { share, low, high } = proportionOf(upheld, judged)
  return [...counted, percentCell(share), percentCell(low), percentCell(high)]
}
