import type { FC } from 'hono/jsx'
import { later, periods } from '../domain/calendar.ts'
import { may } from '../domain/person.ts'
import { fullDay } from '../text/days.ts'
import { Tones } from './chart-tones.tsx'
import { csvOf } from './csv.ts'
import { download } from './download.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Empty, Tabs } from './parts/fields.tsx'
import { Figures } from './parts/figures.tsx'
import { agreementReport } from './report-agreement.tsx'
import { exposureReport } from './report-exposure.tsx'
import { measuresReport, suspensionsReport } from './report-measures.tsx'
import { rulesReport } from './report-rules.tsx'
import { type Asked, type Asking, askingFor, type Cell, type Table } from './report-tables.ts'
import { categoriesReport, mailboxesReport, volumeReport } from './report-volume.tsx'
import { waitingReport } from './report-waiting.tsx'
import type { Routes } from './routes.ts'
import { mailboxesOf } from './view.ts'

type Kind = {
  readonly name: string
  readonly action: 'see_reports' | 'see_team_load'
  readonly make: (asking: Asking) => Promise<Table>
}

/** The reports in their order, with who may see each. */
const kinds: readonly Kind[] = [
  { name: 'categories', action: 'see_reports', make: categoriesReport },
  { name: 'mailboxes', action: 'see_reports', make: mailboxesReport },
  { name: 'volume', action: 'see_reports', make: volumeReport },
  { name: 'waiting', action: 'see_reports', make: waitingReport },
  { name: 'agreement', action: 'see_reports', make: agreementReport },
  { name: 'rules', action: 'see_reports', make: rulesReport },
  { name: 'suspensions', action: 'see_reports', make: suspensionsReport },
  { name: 'measures', action: 'see_reports', make: measuresReport },
  { name: 'exposure', action: 'see_team_load', make: exposureReport },
]

export function reportRoutes(routes: Routes): void {
  routes.get('/reports', 'see_reports', reportsPage)
  for (const { name, action, make } of kinds) {
    routes.get(`/reports/${name}.csv`, action, async (c) => {
      const { head, rows } = await make(await askingFor(c, await askedIn(c), action))
      const bytes = Buffer.from(csvOf([head, ...rows.map((row) => row.map(bare))]))
      return download(c, bytes, `mamori-${name}.csv`)
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
  const { text, language, account } = c.var
  const asked = await askedIn(c)
  const here = await askingFor(c, asked)
  const ofTeams = await askingFor(c, asked, 'see_team_load')
  const tables: [Kind, Table][] = []
  for (const kind of kinds) {
    if (!may(account, kind.action)) continue
    tables.push([kind, await kind.make(kind.action === 'see_reports' ? here : ofTeams)])
  }
  const { stretch } = here
  const day = (at: string) => fullDay(at, language)
  return page(
    c,
    text.reports.title,
    <section class='reports'>
      <h1>{text.reports.title}</h1>
      <p class='help'>{text.reports.lead}</p>
      <Narrowing c={c} asked={asked} />
      <p class='help'>
        {text.reports.stretch(
          day(stretch.first[0] ?? ''),
          day(later(stretch.end, -1)),
          stretch.unit,
        )}
      </p>
      <Tones />
      <div class='report-cards'>
        {tables.map(([{ name }, table]) => (
          <Report c={c} name={name} table={table} query={queryOf(asked)} />
        ))}
      </div>
      <p class='help'>
        <a href='/rules'>{text.reports.rules}</a> <a href='/care'>{text.reports.team}</a>
      </p>
    </section>,
  )
}

function queryOf({ days, mailboxId }: Asked): string {
  return `?days=${days}${mailboxId === '' ? '' : `&mailbox=${mailboxId}`}`
}

/** The periods, and the mailboxes where there are several. */
const Narrowing: FC<{ c: Ctx; asked: Asked }> = async ({ c, asked }) => {
  const { text, language } = c.var
  const mailboxes = await mailboxesOf(c, 'see_reports')
  const all = [{ id: '', label: text.allMailboxes }].concat(
    mailboxes.map(({ id, department }) => ({ id, label: inLanguage(department, language) })),
  )
  return (
    <>
      <Tabs
        label={text.reports.period}
        tabs={periods.map((days) => ({
          href: `/reports${queryOf({ ...asked, days })}`,
          label: text.reports.lastDays(days),
          current: days === asked.days,
        }))}
      />
      {mailboxes.length > 1 && (
        <Tabs
          label={text.reports.mailbox}
          tabs={all.map(({ id, label }) => ({
            href: `/reports${queryOf({ ...asked, mailboxId: id })}`,
            label,
            current: id === asked.mailboxId,
          }))}
        />
      )}
    </>
  )
}

type ReportProps = { c: Ctx; name: string; table: Table; query: string }

const Report: FC<ReportProps> = ({ c, name, table, query }) => {
  const { reports: text } = c.var.text
  const { title, lead, empty, head, rows, listed = rows.length, chart } = table
  const figures = { title, words: text.table, head }
  const cells = rows.slice(0, listed).map((row) => row.map(shown))
  return (
    <section class='card' id={name} aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{title}</h2>
      <p class='help'>{lead}</p>
      {rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <>
          {chart}
          {chart === undefined ? (
            <Figures {...figures} rows={cells} />
          ) : (
            <details>
              <summary>{text.table}</summary>
              <Figures {...figures} rows={cells} />
            </details>
          )}
          <a href={`/reports/${name}.csv${query}`}>{text.csv}</a>
        </>
      )}
    </section>
  )
}

function shown(cell: Cell): string | number {
  return typeof cell === 'object' ? cell.shown : cell
}

function bare(cell: Cell): string | number {
  return typeof cell === 'object' ? cell.value : cell
}
