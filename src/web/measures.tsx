import type { FC } from 'hono/jsx'
import {
  type ObjectionWay,
  objectionWays,
  openObjection,
  reviewOutcomes,
} from '../domain/objection.ts'
import type { MeasureState } from '../domain/sender.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
import { confirm, decline, lift } from '../flow/suspend.ts'
import { recordObjection, renew, reviewSuspension } from '../flow/suspension.ts'
import type { MeasureRecord } from '../store/measures.ts'
import type { View } from '../store/store.ts'
import type { Ctx } from './env.ts'
import { type Form, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { gateIn } from './gate-form.tsx'
import { measurePage } from './measure.tsx'
import { MailboxTabs, narrowedTo, pathWith } from './one-mailbox.tsx'
import { Time } from './parts/chips.tsx'
import { Empty, Tabs } from './parts/fields.tsx'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { termsIn } from './terms-form.tsx'
import { answer } from './thread-routes.tsx'

const listed = 200

/** By the states that they show; `due` and `objections` are lists of their own. */
const views: Record<string, readonly MeasureState[]> = {
  open: ['proposed', 'confirmed', 'not_announced'],
  in_force: ['in_force'],
  past: ['declined', 'lifted', 'expired', 'renewed'],
  due: [],
  objections: [],
}

export function measureRoutes(routes: Routes): void {
  routes.get('/measures', 'read', listPage)
  routes.get('/measures/:id', 'read', (c) => measurePage(c, id(c)))
  routes.post('/measures/:id/confirmation', 'confirm', async (c) => {
    const form = await readForm(c)
    const given = {
      reason: form.text('reason'),
      gate: gateIn(form),
      shownSha256: form.text('shown', 64),
      shownAnswerSha256: form.text('shownAnswer', 64),
    }
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
  aheadRoutes(routes)
}

/** What may happen to a suspension in force before it ends. */
function aheadRoutes(routes: Routes): void {
  routes.post('/measures/:id/objections', 'record_objection', async (c) => {
    const form = await readForm(c)
    const given = { way: wayIn(form), note: form.text('note') }
    const outcome = await recordObjection(c.var.house, id(c), given, c.var.person)
    return answer(c, outcome, back(c), 'objection')
  })
  routes.post('/measures/:id/review', 'review_suspension', async (c) => {
    const form = await readForm(c)
    const wanted = reviewOutcomes.find((one) => one === form.text('outcome'))
    if (!wanted) throw new Refused('gate_unanswered', back(c))
    const look = {
      objectionId: form.text('objection', 64) || null,
      outcome: wanted,
      reason: form.text('reason'),
      endsAt: endIn(form),
    }
    const outcome = await reviewSuspension(c.var.house, id(c), look, c.var.person)
    return answer(c, outcome, back(c), 'reviewed')
  })
  routes.post('/measures/:id/renewal', 'renew', async (c) => {
    const form = await readForm(c)
    const given = { reason: form.text('reason'), gate: gateIn(form), terms: termsIn(form) }
    return answer(c, await renew(c.var.house, id(c), given, c.var.person), back(c), 'renewal')
  })
}

function wayIn(form: Form): Exclude<ObjectionWay, 'mail'> {
  const given = form.text('way')
  return (
    (objectionWays.find((way) => way !== 'mail' && way === given) as
      | Exclude<ObjectionWay, 'mail'>
      | undefined) ?? 'other'
  )
}

/** The end of a day in Japan, as an instant; null where the field holds no day. */
function endIn(form: Form): Instant | null {
  const day = form.text('endsOn', 10)
  const at = new Date(`${day}T23:59:59+09:00`)
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(at.getTime()) ? at.toISOString() : null
}

async function listPage(c: Ctx): Promise<Response> {
  const { text } = c.var
  const view = Object.hasOwn(views, c.req.query('view') ?? '')
    ? (c.req.query('view') ?? '')
    : 'open'
  const { mailboxes, mailbox, view: seen } = await narrowedTo(c)
  const measures = await measuresIn(c, seen, view)
  const tabs = [
    ['open', text.measuresOpen],
    ['in_force', text.measuresInForce],
    ['due', text.steps.due],
    ['objections', text.steps.objectionsTab],
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
          href: pathWith('/measures', { view: key, mailbox }),
          label,
          current: key === view,
        }))}
      />
      <MailboxTabs
        {...{ c, mailboxes, mailbox }}
        href={(one) => pathWith('/measures', { view, mailbox: one })}
      />
      <MeasureRows c={c} measures={measures} />
      {measures.length === 0 && <Empty>{emptyWords(c, view)}</Empty>}
    </section>,
  )
}

function measuresIn(c: Ctx, { measures }: View, view: string): Promise<MeasureRecord[]> {
  const now = c.var.house.now()
  if (view === 'objections') return measures.objectedTo(listed)
  if (view !== 'due') return measures.list(views[view] ?? [], listed)
  return measures.due(now, daysAfter(now, c.var.house.policy.suspension.remindDays), listed)
}

function emptyWords({ var: { text } }: Ctx, view: string): string {
  if (view === 'open') return text.measuresEmpty
  if (view === 'due') return text.steps.dueEmpty
  return view === 'objections' ? text.steps.objectionsEmpty : text.measuresAllEmpty
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
              {measure.state === 'in_force' && measure.reviewAt && (
                <span class='chip neutral'>
                  {text.steps.reviewDue} <Time c={c} at={measure.reviewAt} />
                </span>
              )}
              {openObjection(measure) && <span class='chip caution'>{text.steps.objections}</span>}
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
