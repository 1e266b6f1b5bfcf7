import type { FC } from 'hono/jsx'
import type { MeasureState } from '../domain/sender.ts'
import { confirm, decline, lift } from '../flow/suspend.ts'
import type { MeasureRecord } from '../store/measures.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { measurePage } from './measure.tsx'
import { Time } from './parts/chips.tsx'
import { Empty, Tabs } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'
import { viewOf } from './view.ts'

const listed = 200

const views: Record<string, readonly MeasureState[]> = {
  open: ['proposed', 'confirmed', 'not_announced'],
  in_force: ['in_force'],
  past: ['declined', 'lifted', 'expired'],
}

export function measureRoutes(routes: Routes): void {
  routes.get('/measures', 'read', listPage)
  routes.get('/measures/:id', 'read', (c) => measurePage(c, id(c)))
  routes.post('/measures/:id/confirmation', 'confirm', async (c) => {
    const form = await readForm(c)
    const given = { reason: form.text('reason'), shownSha256: form.text('shown', 64) }
    return answer(c, await confirm(c.var.house, id(c), given, c.var.person), back(c), 'confirmed')
  })
  routes.post('/measures/:id/refusal', 'confirm', async (c) => {
    const reason = (await readForm(c)).text('reason')
    return answer(c, await decline(c.var.house, id(c), reason, c.var.person), back(c), 'declined')
  })
  routes.post('/measures/:id/lifting', 'lift', async (c) => {
    const reason = (await readForm(c)).text('reason')
    return answer(c, await lift(c.var.house, id(c), reason, c.var.person), back(c), 'lifted')
  })
}

async function listPage(c: Ctx): Promise<Response> {
  const { text } = c.var
  const view = Object.hasOwn(views, c.req.query('view') ?? '')
    ? (c.req.query('view') ?? '')
    : 'open'
  const measures = await viewOf(c).measures.list(views[view] ?? [], listed)
  const tabs = [
    ['open', text.measuresOpen],
    ['in_force', text.measuresInForce],
    ['past', text.measuresPast],
  ] as const
  return page(
    c,
    text.measuresTitle,
    <section>
      <h1>{text.measuresTitle}</h1>
      <Tabs
        label={text.measuresTitle}
        tabs={tabs.map(([key, label]) => ({
          href: `/measures?view=${key}`,
          label,
          current: key === view,
        }))}
      />
      <MeasureRows c={c} measures={measures} />
      {measures.length === 0 && (
        <Empty>{view === 'open' ? text.measuresEmpty : text.measuresAllEmpty}</Empty>
      )}
    </section>,
  )
}

/** Warnings and suspensions as lines. */
export const MeasureRows: FC<{ c: Ctx; measures: readonly MeasureRecord[] }> = ({
  c,
  measures,
}) => {
  const { text } = c.var
  return (
    <ol class='threads'>
      {measures.map((measure) => (
        <li>
          <a class='thread-row' href={`/measures/${measure.id}`}>
            <span class='who'>{measure.senderName || text.unknownSender}</span>
            <span class='subject'>{text.measureKind[measure.kind]}</span>
            <span class='gist'>{measure.reason}</span>
            <span class='chips'>
              <span class='chip accent'>{text.measureState[measure.state]}</span>
            </span>
            <span class='when'>
              <Time c={c} at={measure.announcedAt ?? measure.proposedAt} />
            </span>
          </a>
        </li>
      ))}
    </ol>
  )
}

function id(c: Ctx): string {
  return c.req.param('id') ?? ''
}

function back(c: Ctx): string {
  return `/measures/${id(c)}`
}
