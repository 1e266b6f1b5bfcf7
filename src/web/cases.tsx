import type { FC } from 'hono/jsx'
import type { Category, Severity } from '../domain/category.ts'
import type { Measure } from '../domain/sender.ts'
import type { Instant } from '../domain/time.ts'
import type { CaseLine } from '../store/cases.ts'
import { CaseExport, exportRoutes } from './case-export.tsx'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { HoldPanel } from './holds.tsx'
import { beforeIn, NewestPager } from './newest-pages.tsx'
import { CategoryChips, SeverityChip, Time } from './parts/chips.tsx'
import { Empty } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { viewOf } from './view.ts'

const pageSize = 50
const listed = { offset: 0, limit: 500 }

/** Senders of whom harassment was found (事案), and what was found and done of each, in order. */
export function caseRoutes(routes: Routes): void {
  routes.get('/cases', 'see_cases', listPage)
  routes.get('/cases/:id', 'see_cases', (c) => casePage(c, c.req.param('id') ?? ''))
  exportRoutes(routes)
}

async function listPage(c: Ctx): Promise<Response> {
  const { cases: text } = c.var.text
  const before = beforeIn(c)
  const found = await viewOf(c, 'see_cases').cases.list({ before, limit: pageSize + 1 })
  const lines = found.slice(0, pageSize)
  const last = found.length > pageSize ? lines.at(-1) : undefined
  return page(
    c,
    text.title,
    <section>
      <h1>{text.title}</h1>
      <p class='help'>{text.lead}</p>
      {lines.length === 0 && <Empty>{text.empty}</Empty>}
      <ol class='threads'>
        {lines.map((line) => (
          <li>
            <CaseRow c={c} line={line} />
          </li>
        ))}
      </ol>
      <NewestPager
        label={text.title}
        path='/cases'
        before={before}
        last={last && { at: last.lastAt, id: last.senderId }}
        words={text}
      />
    </section>,
  )
}

const CaseRow: FC<{ c: Ctx; line: CaseLine }> = ({ c, line }) => {
  const { text } = c.var
  const [newest] = line.measures
  return (
    <a class='thread-row' href={`/cases/${line.senderId}`}>
      <span class='who'>{line.name || text.unknownSender}</span>
      <span class='subject'>{text.cases.found(line.threads, line.incidents)}</span>
      <span class='gist'>
        {newest
          ? text.cases.measure(
              text.measureKind[newest.kind],
              text.measureState[newest.state],
              line.measures.length,
            )
          : text.cases.noMeasure}
      </span>
      <span class='chips'>
        <SeverityChip text={text} severity={line.severity} />
        <CategoryChips text={text} codes={line.categories} />
      </span>
      <span class='when'>
        <Time c={c} at={line.lastAt} />
      </span>
    </a>
  )
}

/** One thing that was found or done. */
export type Act = {
  readonly at: Instant
  readonly words: string
  readonly href: string
  readonly severity?: Severity
  readonly categories?: readonly Category[]
}

async function casePage(c: Ctx, id: string): Promise<Response> {
  const { text } = c.var
  const view = viewOf(c, 'see_cases')
  const record = await view.senders.find(id)
  if (!record) throw new Missing()
  const acts = await actsOf(c, id, record.members)
  const title = text.cases.of(record.name || text.unknownSender)
  return page(
    c,
    title,
    <section class='case'>
      <div class='title-row'>
        <h1>{title}</h1>
        <a class='button' href={`/senders/${id}`}>
          {text.cases.sender}
        </a>
      </div>
      <p class='help'>{text.cases.caseLead}</p>
      <HoldPanel c={c} what='sender' id={id} senderId={id} />
      <h2>{text.cases.timeline}</h2>
      {acts.length === 0 && <Empty>{text.cases.nothing}</Empty>}
      <Timeline c={c} acts={acts} />
      <CaseExport c={c} senderId={id} />
    </section>,
  )
}

/** Acts in their order, each a way to where it is told in full. */
export const Timeline: FC<{ c: Ctx; acts: readonly Act[] }> = ({ c, acts }) => {
  const { text } = c.var
  return (
    <ol class='timeline'>
      {acts.map((act) => (
        <li>
          <Time c={c} at={act.at} exact /> <a href={act.href}>{act.words}</a>{' '}
          {act.severity !== undefined && <SeverityChip text={text} severity={act.severity} />}
          {act.categories && <CategoryChips text={text} codes={act.categories} />}
        </li>
      ))}
    </ol>
  )
}

/** What was found and done, the oldest first, without a word of anybody's. */
async function actsOf(c: Ctx, id: string, members: readonly string[]): Promise<Act[]> {
  const { text, house } = c.var
  const view = viewOf(c, 'see_cases')
  const { decisions } = await view.profiles.find(id, [])
  const filter = { senderIds: members, harassment: true }
  const incidents = await view.incidents.list(filter, listed)
  const sender = (await house.store.matters.senders([id]))(id)
  const seen = await Promise.all(sender.measures.map((one) => view.measures.find(one.id)))
  return [
    ...decisions
      .filter(({ outcome }) => outcome === 'harassment')
      .map(({ at, threadId, severity, categories }) => ({
        ...{ at, severity, categories },
        words: text.cases.decided,
        href: `/threads/${threadId}`,
      })),
    ...incidents.map(({ id: incidentId, occurredAt: at, kind, decision }) => ({
      at,
      words: text.cases.incident(text.senders.kind[kind]),
      href: `/incidents/${incidentId}`,
      ...(decision ? { severity: decision.severity, categories: decision.categories } : {}),
    })),
    ...seen.flatMap((measure) => (measure ? actsOfMeasure(c, measure, measure.proposedAt) : [])),
  ].toSorted((one, other) => (one.at < other.at ? -1 : 1))
}

function actsOfMeasure(c: Ctx, measure: Measure, proposedAt: Instant): Act[] {
  const { cases, measureKind, measureState } = c.var.text
  const { id, kind, state, announcedAt, endsAt } = measure
  const href = `/measures/${id}`
  const name = measureKind[kind]
  return [
    { at: proposedAt, words: cases.proposed(name), href },
    ...(announcedAt ? [{ at: announcedAt, words: cases.announced(name), href }] : []),
    ...(endsAt ? [{ at: endsAt, words: cases.ends(name, measureState[state]), href }] : []),
  ]
}
