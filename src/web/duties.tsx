import type { FC } from 'hono/jsx'
import { dayOf, isDay } from '../domain/business-day.ts'
import type { DutyState } from '../domain/duties.ts'
import { chosenDays, type DutyPeriod, dutyDays, dutyYear, lastDays } from '../domain/duty-period.ts'
import {
  type AskedDuties,
  type DutyEntry,
  type DutySheet,
  dutyFile,
  dutySheet,
} from '../flow/duty-report.ts'
import { download } from './download.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { FactRows } from './parts/facts.tsx'
import { Banner, Field, Tabs } from './parts/fields.tsx'
import { customersRead } from './policy-public.tsx'
import type { Routes } from './routes.ts'

const path = '/duties'

/** The employer's duties and what the record shows for each (措置の報告), as page, HTML and PDF. */
export function dutyRoutes(routes: Routes): void {
  routes.get(path, 'see_duties', dutiesPage)
  for (const kind of ['html', 'pdf'] as const) {
    routes.get(`${path}/report.${kind}`, 'see_duties', async (c) => {
      const { period } = askedIn(c)
      const bytes = await dutyFile(c.var.house, wantedIn(c, period), kind)
      return download(c, bytes, `${fileName(period)}.${kind}`)
    })
  }
}

function fileName({ from, to }: DutyPeriod): string {
  return `mamori-duties-${from}-${to}`
}

type Asked = {
  readonly period: DutyPeriod
  /** Which of the tabs it is; a period of one's own is none. */
  readonly tab: string
  readonly wrong: boolean
}

/** The period in the address; what is none is this year of duty. */
function askedIn(c: Ctx): Asked {
  const today = dayOf(c.var.house.now())
  const [from, to] = [c.req.query('from') ?? '', c.req.query('to') ?? '']
  const days = dutyDays.find((one) => String(one) === c.req.query('days'))
  if (days !== undefined) return { period: lastDays(today, days), tab: String(days), wrong: false }
  const chosen = isDay(from) && isDay(to) ? chosenDays(from, to, today) : null
  if (chosen) return { period: chosen, tab: '', wrong: false }
  return { period: dutyYear(today), tab: 'year', wrong: from !== '' || to !== '' }
}

function wantedIn(c: Ctx, period: DutyPeriod): AskedDuties {
  return { period, language: c.var.language, publicAddress: customersRead(c) }
}

async function dutiesPage(c: Ctx): Promise<Response> {
  const { text } = c.var
  const asked = askedIn(c)
  const sheet = await dutySheet(c.var.house, wantedIn(c, asked.period))
  return page(
    c,
    sheet.title,
    <section class='duties'>
      <h1>{sheet.title}</h1>
      {sheet.notes.map((note) => (
        <p class='help'>{note}</p>
      ))}
      {asked.wrong && <Banner tone='caution'>{text.duties.wrong}</Banner>}
      <Choosing c={c} asked={asked} />
      <Overview c={c} sheet={sheet} period={asked.period} />
      {sheet.groups.map(({ group, title, entries }) => (
        <section aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>{title}</h2>
          {entries.map((entry) => (
            <Entry c={c} entry={entry} />
          ))}
        </section>
      ))}
    </section>,
  )
}

const Choosing: FC<{ c: Ctx; asked: Asked }> = ({ c, asked: { tab, period } }) => {
  const { duties } = c.var.text
  const tabs = [
    { href: path, label: duties.year, current: tab === 'year' },
    ...dutyDays.map((days) => ({
      href: `${path}?days=${days}`,
      label: duties.lastDays(days),
      current: tab === String(days),
    })),
  ]
  return (
    <>
      <Tabs label={duties.period} tabs={tabs} />
      <form method='get' action={path} class='inline period'>
        <Field id='from' type='date' label={duties.from} value={period.from} required />
        <Field id='to' type='date' label={duties.to} value={period.to} required />
        <button type='submit'>{duties.choose}</button>
      </form>
    </>
  )
}

const tones: Readonly<Record<DutyState, string>> = {
  shown: 'calm',
  part: 'accent',
  none: 'caution',
}

const Overview: FC<{ c: Ctx; sheet: DutySheet; period: DutyPeriod }> = ({ c, sheet, period }) => {
  const { duties } = c.var.text
  const query = `?from=${period.from}&to=${period.to}`
  return (
    <section class='card' aria-labelledby='overview'>
      <h2 id='overview'>
        {sheet.company} {sheet.stretch}
      </h2>
      <p class='chips'>
        {sheet.tally.map(([state, words]) => (
          <span class={`chip ${tones[state]}`}>{words}</span>
        ))}
      </p>
      <ul class='duty-list'>
        {sheet.groups.flatMap(({ entries }) =>
          entries.map(({ duty, state, title, words }) => (
            <li>
              <a href={`#duty-${duty}`}>{title}</a>
              <span class={`chip ${tones[state]}`}>{words}</span>
            </li>
          )),
        )}
      </ul>
      <p class='help'>{sheet.asOf}</p>
      <p class='buttons'>
        <a class='button' href={`${path}/report.pdf${query}`}>
          {duties.pdf}
        </a>
        <a href={`${path}/report.html${query}`}>{duties.html}</a>
      </p>
    </section>
  )
}

const Entry: FC<{ c: Ctx; entry: DutyEntry }> = ({ c, entry }) => {
  const { duties } = c.var.text
  const { duty, state, words, title, law, rule, cannot, figures } = entry
  return (
    <section class='card duty' aria-labelledby={`duty-${duty}`}>
      <header class='title-row'>
        <h3 id={`duty-${duty}`}>{title}</h3>
        <span class={`chip ${tones[state]}`}>{words}</span>
      </header>
      <p>{law}</p>
      <FactRows class='facts' rows={figures} />
      <p class='help'>
        <strong>{duties.cannot}</strong> {cannot}
      </p>
      <details>
        <summary>{duties.rule}</summary>
        <p class='help'>{rule}</p>
      </details>
    </section>
  )
}
