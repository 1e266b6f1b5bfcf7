import { type IncidentState, incidentKinds } from '../domain/incident.ts'
import { may } from '../domain/person.ts'
import type { Opinion } from '../domain/review.ts'
import { becameIncident } from '../flow/consultation-desk.ts'
import {
  type GivenIncident,
  recordIncident,
  reviewIncident,
  settleIncident,
} from '../flow/incidents.ts'
import { instantOf } from '../text/months.ts'
import { download } from './download.ts'
import type { Ctx } from './env.ts'
import { type Form, fileIn, opinionIn, readForm, verdictIn } from './forms.ts'
import { page } from './frame.tsx'
import { incidentPage } from './incident.tsx'
import { incidentFormPage, toldToDesk } from './incident-form.tsx'
import { IncidentRows } from './incident-rows.tsx'
import { Empty, Tabs } from './parts/fields.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'
import { viewOf } from './view.ts'

const pageSize = 100

const views: Record<string, readonly IncidentState[]> = {
  open: ['new', 'second_review', 'disputed'],
  decided: ['decided'],
  all: ['new', 'second_review', 'disputed', 'decided'],
}

/** Harassment outside mail (出来事): recorded by hand, judged by two people as mail is. */
export function incidentRoutes(routes: Routes): void {
  routes.get('/incidents', 'read', listPage)
  routes.post('/incidents', 'record_incident', record)
  routes.get('/incidents/new', 'record_incident', incidentFormPage)
  routes.get('/incidents/:id', 'read', (c) => incidentPage(c, idOf(c)))
  routes.get('/incidents/:id/picture', 'read', async (c) => {
    const picture = await viewOf(c).incidents.picture(idOf(c))
    if (!picture) throw new Missing()
    return download(c, picture.bytes, `${idOf(c)}.${picture.contentType.replace('image/', '')}`)
  })
  routes.post('/incidents/:id/reviews', 'review', async (c) => {
    const opinion = withoutReply(opinionIn(await readForm(c)))
    const outcome = await reviewIncident(c.var.house, idOf(c), opinion, c.var.person)
    return answer(c, outcome, `/incidents/${idOf(c)}`, 'review')
  })
  routes.post('/incidents/:id/settlement', 'settle', async (c) => {
    const form = await readForm(c)
    const verdict = verdictIn(form)
    const back = `/incidents/${idOf(c)}`
    if (verdict.kind === 'unsure') throw new Refused('nothing_to_settle', back)
    const { house, person } = c.var
    const settled = verdict.kind === 'ordinary' ? { ...verdict, needsReply: false } : verdict
    const reason = form.text('reason')
    return answer(c, await settleIncident(house, idOf(c), settled, reason, person), back, 'settle')
  })
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, account } = c.var
  const words = text.senders
  const asked = c.req.query('view') ?? ''
  const view = Object.hasOwn(views, asked) ? asked : 'open'
  const states = views[view] ?? []
  const incidents = await viewOf(c).incidents.list({ states }, { offset: 0, limit: pageSize })
  const tabs = [
    ['open', words.viewOpen],
    ['decided', words.viewDecided],
    ['all', words.viewAll],
  ] as const
  return page(
    c,
    words.incidents,
    <section>
      <h1>{words.incidents}</h1>
      <p class='help'>{words.incidentsLead}</p>
      {may(account, 'record_incident') && (
        <p>
          <a class='button' href='/incidents/new'>
            {words.record}
          </a>
        </p>
      )}
      <Tabs
        label={words.incidents}
        tabs={tabs.map(([key, label]) => ({
          href: `/incidents?view=${key}`,
          label,
          current: key === view,
        }))}
      />
      <IncidentRows c={c} incidents={incidents} />
      {incidents.length === 0 && (
        <Empty>{view === 'open' ? words.incidentsOpenEmpty : words.incidentsEmpty}</Empty>
      )}
    </section>,
  )
}

async function record(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const { house, account } = c.var
  const sender = form.text('sender', 64)
  const back =
    sender === '' ? '/incidents/new' : `/incidents/new?sender=${encodeURIComponent(sender)}`
  const opinion = withoutReply(opinionIn(form))
  const given = await givenIn(c, form, sender)
  const told = await toldToDesk(c, form.text('consultation', 64))
  const outcome = await recordIncident(house, given, opinion, account)
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, back)
  if (told) {
    const { id } = told.consultation
    const became = await becameIncident(house, id, outcome.incidentId, account)
    if (became.kind === 'refused') throw new Refused(became.reason, `/consultation/${id}`)
  }
  return c.redirect(`/incidents/${outcome.incidentId}?done=incidentRecorded`, 303)
}

async function givenIn(c: Ctx, form: Form, sender: string): Promise<GivenIncident> {
  const kind = incidentKinds.find((one) => one === form.text('kind')) ?? 'other'
  const minutes = form.text('minutes', 6)
  const phone = kind === 'phone'
  const post = kind === 'post'
  const incidentId = form.text('incident', 64)
  const caller = { name: form.text('callerName', 200), label: form.text('callerNumber', 40) }
  return {
    incidentId: /^[\da-f]{8}-[\da-f-]{27}$/.test(incidentId) ? incidentId : c.var.house.newId(),
    sender: sender === '' ? caller : sender,
    mailboxId: form.text('mailbox', 64),
    kind,
    occurredAt: instantOf(form.text('occurredAt', 16)) ?? '',
    minutes: phone && /^\d{1,5}$/.test(minutes) ? Number(minutes) : null,
    takenBy: form.text('takenBy', 64) || null,
    account: form.text('account'),
    recording: phone ? form.text('recording', 500) : '',
    postUrl: post ? form.text('postUrl', 2_000) : '',
    picture: post ? await fileIn(c, 'picture') : null,
  }
}

/** Nothing that happened outside mail is answered by one. */
function withoutReply(opinion: Opinion): Opinion {
  const { verdict } = opinion
  return verdict.kind === 'ordinary'
    ? { ...opinion, verdict: { ...verdict, needsReply: false } }
    : opinion
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}
