import type { FC } from 'hono/jsx'
import { queueStates } from '../domain/matter.ts'
import {
  joinThread,
  type Planned,
  planJoin,
  planSplit,
  splitThread,
  undoMove,
} from '../flow/arrange.ts'
import type { PlacedMail } from '../store/arrange.ts'
import type { QueueItem } from '../store/queue.ts'
import type { Ctx } from './env.ts'
import { type Form as FormFields, numberIn, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Time } from './parts/chips.tsx'
import { Banner, Form } from './parts/fields.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { viewOf } from './view.ts'

/** Splitting and joining threads by hand: each is looked at before it is done. */
export function arrangeRoutes(routes: Routes): void {
  routes.post('/threads/:id/split', 'arrange', splitOff)
  routes.post('/threads/:id/join', 'arrange', joinInto)
  routes.post('/threads/:id/moves/undo', 'arrange', async (c) => {
    const form = await readForm(c)
    const { house, person } = c.var
    const outcome = await undoMove(house, idOf(c), form.text('move', 64), person)
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, `/threads/${idOf(c)}`)
    return c.redirect(`/threads/${outcome.threadId}?done=undone`, 303)
  })
}

async function splitOff(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const { house, person, text } = c.var
  const id = idOf(c)
  const given = { revision: numberIn(form, 'revision'), messageIds: form.all('mail') }
  if (isLookedAt(form)) {
    const outcome = await splitThread(house, id, given, person)
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, `/threads/${id}`)
    return c.redirect(`/threads/${outcome.threadId}?done=split`, 303)
  }
  const plan = await planSplit(house, id, given, person)
  if (plan.kind === 'refused') throw new Refused(plan.reason, `/threads/${id}`)
  return page(
    c,
    text.splitTitle,
    <section class='narrow'>
      <h1>{text.splitTitle}</h1>
      <p>{text.splitWill(plan.moving.length, plan.staying.length)}</p>
      <MailList c={c} plan={plan} />
      <Consequences c={c} lines={text.splitThen} />
      <Form c={c} action={`/threads/${id}/split`}>
        <input type='hidden' name='looked' value='yes' />
        <input type='hidden' name='revision' value={String(given.revision)} />
        {plan.moving.map((mail) => (
          <input type='hidden' name='mail' value={mail.id} />
        ))}
        <Decide c={c} id={id} label={text.splitDo} />
      </Form>
    </section>,
  )
}

async function joinInto(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const { house, person, text } = c.var
  const id = idOf(c)
  const into = form.text('into', 64)
  const [from] = await itemsOf(c, [id])
  const [target] = await itemsOf(c, [into])
  if (!from) throw new Missing()
  if (!target) throw new Refused('same_thread', `/threads/${id}`)
  const seen = await house.store.matters.find(into)
  const intoRevision = isLookedAt(form)
    ? numberIn(form, 'intoRevision')
    : (seen?.matter.thread.revision ?? 0)
  const given = { revision: numberIn(form, 'revision'), into, intoRevision }
  if (isLookedAt(form)) {
    const outcome = await joinThread(house, id, given, person)
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, `/threads/${id}`)
    return c.redirect(`/threads/${outcome.threadId}?done=joined`, 303)
  }
  const plan = await planJoin(house, id, given, person)
  if (plan.kind === 'refused') throw new Refused(plan.reason, `/threads/${id}`)
  return page(
    c,
    text.joinTitle,
    <section class='narrow'>
      <h1>{text.joinTitle}</h1>
      <p>{text.joinWill(plan.moving.length, nameOf(c, from), nameOf(c, target))}</p>
      <MailList c={c} plan={plan} />
      <Consequences c={c} lines={text.joinThen} />
      <Form c={c} action={`/threads/${id}/join`}>
        <input type='hidden' name='looked' value='yes' />
        <input type='hidden' name='into' value={into} />
        <input type='hidden' name='revision' value={String(given.revision)} />
        <input type='hidden' name='intoRevision' value={String(intoRevision)} />
        <Decide c={c} id={id} label={text.joinDo} />
      </Form>
    </section>,
  )
}

/** Mails named in a preview; a number stands for the rest. */
const namedMax = 30

const MailList: FC<{ c: Ctx; plan: Planned }> = ({ c, plan: { moving } }) => (
  <section class='card' aria-labelledby='moving-title'>
    <h2 id='moving-title'>{c.var.text.movingMails}</h2>
    <ul class='moving'>
      {moving.slice(0, namedMax).map((mail) => (
        <li>
          <MailName c={c} mail={mail} />
        </li>
      ))}
    </ul>
    {moving.length > namedMax && <p>{c.var.text.andMore(moving.length - namedMax)}</p>}
  </section>
)

/** A mail by who and when: its words stay where they are read. */
export const MailName: FC<{
  c: Ctx
  mail: Pick<PlacedMail, 'direction' | 'fromName' | 'sentAt'>
}> = ({ c, mail }) => (
  <>
    <strong>{mail.fromName || c.var.text.unknownSender}</strong>{' '}
    <small>
      {mail.direction === 'in' ? c.var.text.fromCustomer : c.var.text.fromUs} ·{' '}
      <Time c={c} at={mail.sentAt} exact />
    </small>
  </>
)

const Consequences: FC<{ c: Ctx; lines: readonly string[] }> = ({ lines }) => (
  <Banner tone='caution'>
    <ul class='points'>
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  </Banner>
)

const Decide: FC<{ c: Ctx; id: string; label: string }> = ({ c, id, label }) => (
  <div class='buttons'>
    <button type='submit' class='primary'>
      {label}
    </button>
    <a class='quiet' href={`/threads/${id}`}>
      {c.var.text.back}
    </a>
  </div>
)

/** A thread's subject as lists show it. */
export function nameOf(c: Ctx, { subject }: Pick<QueueItem, 'subject'>): string {
  return subject === null ? c.var.text.shieldedSubject : subject || c.var.text.noSubject
}

export function itemsOf(c: Ctx, ids: readonly string[]): Promise<QueueItem[]> {
  return viewOf(c).queue.list({ states: queueStates, ids }, { offset: 0, limit: ids.length })
}

function isLookedAt(form: FormFields): boolean {
  return form.text('looked', 3) === 'yes'
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}
