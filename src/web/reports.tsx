import type { FC } from 'hono/jsx'
import { BarList } from './bar-chart.tsx'
import { csvOf } from './csv.ts'
import { download } from './download.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Empty, Tabs } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import {
  type Asked,
  type Cell,
  periods,
  type Table,
  tableNames,
  tablesFor,
} from './report-tables.ts'
import type { Routes } from './routes.ts'
import { mailboxesOf } from './view.ts'

export function reportRoutes(routes: Routes): void {
  routes.get('/reports', 'see_reports', reportsPage)
  for (const name of tableNames) {
    routes.get(`/reports/${name}.csv`, 'see_reports', async (c) => {
      const tables = await tablesFor(c, await askedIn(c))
      const table = tables.find((one) => one.name === name)
      if (!table) throw new Missing()
      const rows = [table.head, ...table.rows.map((row) => row.map(bare))]
      return download(c, Buffer.from(csvOf(rows)), `mamori-${name}.csv`)
    })
  }
}

/** The period and mailbox in the address; what is not known, or not in reach, is left aside. */
async function askedIn(c: Ctx): Promise<Asked> {
  const days = periods.find((one) => String(one) === c.req.query('days')) ?? 30
  const asked = c.req.query('mailbox') ?? ''
  const known = (await mailboxesOf(c, 'see_reports')).some(({ id }) => id === asked)
  return { days, mailboxId: known ? asked : '' }
}

async function reportsPage(c: Ctx): Promise<Response> {
  const { text, language } = c.var
  const asked = await askedIn(c)
  const mailboxes = await mailboxesOf(c, 'see_reports')
  const tables = await tablesFor(c, asked)
  const query = (days: number, mailboxId: string) =>
    `?days=${days}${mailboxId === '' ? '' : `&mailbox=${mailboxId}`}`
  const all = [{ id: '', label: text.allMailboxes }].concat(
    mailboxes.map(({ id, department }) => ({ id, label: inLanguage(department, language) })),
  )
  return page(
    c,
    text.reports.title,
    <section class='reports'>
      <h1>{text.reports.title}</h1>
      <p class='help'>{text.reports.lead}</p>
      <Tabs
        label={text.reports.period}
        tabs={periods.map((days) => ({
          href: `/reports${query(days, asked.mailboxId)}`,
          label: text.reports.lastDays(days),
          current: days === asked.days,
        }))}
      />
      {mailboxes.length > 1 && (
        <Tabs
          label={text.reports.mailbox}
          tabs={all.map(({ id, label }) => ({
            href: `/reports${query(asked.days, id)}`,
            label,
            current: id === asked.mailboxId,
          }))}
        />
      )}
      <div class='report-cards'>
        {tables.map((table) => (
          <Report c={c} table={table} query={query(asked.days, asked.mailboxId)} />
        ))}
      </div>
      <p class='help'>
        <a href='/rules'>{text.reports.rules}</a> <a href='/care'>{text.reports.team}</a>
      </p>
    </section>,
  )
}

const Report: FC<{ c: Ctx; table: Table; query: string }> = ({ c, table, query }) => {
  const { reports: text } = c.var.text
  const { name, title, lead, head, rows } = table
  return (
    <section class='card' aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{title}</h2>
      <p class='help'>{lead}</p>
      {rows.length === 0 ? (
        <Empty>{text.none}</Empty>
      ) : (
        <>
          {name === 'volume' && <ByCategory c={c} table={table} />}
          <table class='figures wide'>
            <thead>
              <tr>
                {head.map((words) => (
                  <th scope='col'>{words}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {row.map((cell, at) => (
                    <td data-label={head[at]}>{shown(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <a href={`/reports/${name}.csv${query}`}>{text.csv}</a>
        </>
      )}
    </section>
  )
}

/** All mailboxes together, a bar for each category that was seen. */
const ByCategory: FC<{ c: Ctx; table: Table }> = ({ c, table: { head, rows } }) => {
  const bars = head.slice(2).map((label, at) => ({
    label,
    value: rows.reduce((sum, row) => sum + Number(row[at + 2] ?? 0), 0),
  }))
  if (bars.length === 0) return null
  const most = Math.max(...bars.map(({ value }) => value))
  return <BarList bars={bars} label={c.var.text.reports.chart(most)} />
}

function shown(cell: Cell): string | number {
  return typeof cell === 'object' ? cell.shown : cell
}

function bare(cell: Cell): string | number {
  return typeof cell === 'object' ? cell.value : cell
}
