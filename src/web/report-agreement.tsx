import { categories } from '../domain/category.ts'
import {
  type Agreement,
  agreementLevel,
  agreementOnCategory,
  agreementOnVerdict,
  names,
  pairsLeast,
} from '../domain/report.ts'
import type { Ctx } from './env.ts'
import { type Asking, type Cell, percentCell, type Table } from './report-tables.ts'
import { type ScaleRow, ScaleRows } from './scale-rows.tsx'

/** How far the first and the second person agree, on the verdict and on each category. */
export async function agreementReport({ c, reports, period }: Asking): Promise<Table> {
  const { text } = c.var
  const pairs = await reports.pairs(period)
  const named = categories.filter((code) =>
    pairs.some(({ first, second }) => names(first, code) || names(second, code)),
  )
  const lines: [string, Agreement][] = [
    [text.reports.verdict, agreementOnVerdict(pairs)],
    ...named.map((code): [string, Agreement] => [
      text.category[code],
      agreementOnCategory(pairs, code),
    ]),
  ]
  const { agreement: title, agreementLead: lead, agreementEmpty: empty, ...words } = text.reports
  const head = [words.about, words.pairs, words.share, words.kappa, words.inWords]
  if (pairs.length === 0) return { title, lead, empty, head, rows: [] }
  const rows = lines.map(([name, one]) => [name, ...cells(c, one)])
  const chart = (
    <ScaleRows
      rows={lines.map(([label, one]) => rowOf(c, label, one))}
      from={-1}
      to={1}
      marks={[-1, 0, 1].map((at) => ({ at, label: String(at).replace('-', '−') }))}
      description={words.kappaScale}
    />
  )
  return { title, lead, empty, head, rows, chart }
}

function cells({ var: { text } }: Ctx, { pairs, share, kappa }: Agreement): Cell[] {
  const { reports: words } = text
  if (pairs < pairsLeast) return [pairs, words.tooFew(pairsLeast), '', '']
  if (kappa === null) return [pairs, percentCell(share), '', words.noKappa]
  const level = words.level[agreementLevel(kappa)]
  return [pairs, percentCell(share), Number(kappa.toFixed(2)), level]
}

function rowOf({ var: { text } }: Ctx, label: string, one: Agreement): ScaleRow {
  const { reports: words } = text
  const { pairs, kappa } = one
  if (pairs < pairsLeast) return { label, at: null, words: words.tooFew(pairsLeast) }
  if (kappa === null) return { label, at: null, words: words.noKappa }
  const level = words.level[agreementLevel(kappa)]
  return { label, at: kappa, words: `κ ${kappa.toFixed(2).replace('-', '−')} · ${level}` }
}
