import type { FC } from 'hono/jsx'
import { dayOf } from '../domain/business-day.ts'
import type { DeletionRequest } from '../domain/deletion.ts'
import { may } from '../domain/person.ts'
import { answerDeletion, askForDeletion, hindrancesOf } from '../flow/deletion.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { Time } from './parts/chips.tsx'
import { Empty, Field, Form } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

const wordsMax = 2000

/** Requests that somebody's data is erased (削除・利用停止請求): recorded by one, answered by another. */
export function deletionRoutes(routes: Routes): void {
  routes.post('/senders/:id/deletion', 'hold', async (c) => {
    const form = await readForm(c)
    const senderId = c.req.param('id') ?? ''
    const given = { receivedOn: form.text('receivedOn'), reason: form.text('reason', wordsMax) }
    const outcome = await askForDeletion(c.var.house, { senderId, ...given }, c.var.account)
    return answer(c, outcome, `/senders/${senderId}`, 'deletionProposed')
  })
  routes.post('/retention/requests', 'hold', async (c) => {
    const form = await readForm(c)
    const how = form.text('how') === 'approved' ? 'approved' : 'declined'
    const words = form.text('answer', wordsMax)
    const id = form.text('request')
    const outcome = await answerDeletion(c.var.house, id, how, words, c.var.account)
    const said = how === 'approved' ? 'deletionApproved' : 'deletionDeclined'
    return answer(c, outcome, '/retention', said)
  })
}

/** The way to record a request, on the sender's page. */
export const DeletionPanel: FC<{ c: Ctx; senderId: string }> = async ({ c, senderId }) => {
  const { account, house, text: all } = c.var
  const { deletion: text } = all.retention
  if (!may(account, 'hold')) return null
  const members = (await house.store.joins.members([senderId]))(senderId)
  const requests = await house.store.deletions.ofSenders(members)
  return (
    <section class='card' aria-labelledby='deletion-title'>
      <h2 id='deletion-title'>{text.title}</h2>
      {requests.map(({ receivedOn, state }) => (
        <p>
          {receivedOn} <a href='/retention#requests'>{text.state[state]}</a>
        </p>
      ))}
      <details>
        <summary>{text.propose}</summary>
        <Form c={c} action={`/senders/${senderId}/deletion`}>
          <p class='help'>{text.lead}</p>
          <Field
            id='receivedOn'
            type='date'
            label={text.receivedOn}
            value={dayOf(house.now())}
            required
          />
          <Field id='deletion-reason' name='reason' label={text.reason} rows={3} required />
          <button type='submit'>{text.propose}</button>
        </Form>
      </details>
    </section>
  )
}

/** Every request with what was answered and when, newest first. */
export const Requests: FC<{ c: Ctx; names: ReadonlyMap<string, string> }> = async (props) => {
  const { c } = props
  const { retention: text } = c.var.text
  const requests = await c.var.house.store.deletions.list(200)
  return (
    <>
      <h2 id='requests'>{text.deletion.title}</h2>
      {requests.length === 0 && <Empty>{text.deletion.none}</Empty>}
      {requests.map((request) => (
        <RequestCard {...props} request={request} />
      ))}
    </>
  )
}

type CardProps = { c: Ctx; names: ReadonlyMap<string, string>; request: DeletionRequest }

const RequestCard: FC<CardProps> = async ({ c, names, request }) => {
  const { deletion: text } = c.var.text.retention
  const { account, house } = c.var
  const { state, decidedBy, decidedAt } = request
  const open = state === 'open'
  const hindrances = open ? await hindrancesOf(house, request.senderId) : []
  const name = (id: string | null) => names.get(id ?? '') ?? ''
  return (
    <article class='card'>
      <p>
        <strong>{text.state[state]}</strong> {request.receivedOn} ·{' '}
        <a href={`/senders/${request.senderId}`}>{text.sender}</a> · {name(request.proposedBy)}
      </p>
      <p class='words'>{request.reason}</p>
      {decidedAt && (
        <p>
          {name(decidedBy)} · <Time c={c} at={decidedAt} exact />
        </p>
      )}
      {request.answer && <p class='words'>{request.answer}</p>}
      {hindrances.length > 0 && (
        <p>{text.hinders(hindrances.map((one) => text.hindrance[one]).join(' / '))}</p>
      )}
      {open && may(account, 'hold') && request.proposedBy !== account.id && (
        <Form c={c} action='/retention/requests'>
          <input type='hidden' name='request' value={request.id} />
          <Field id={`answer-${request.id}`} name='answer' label={text.answer} rows={2} />
          <div class='buttons'>
            <button type='submit' name='how' value='approved'>
              {text.approve}
            </button>
            <button type='submit' name='how' value='declined' class='quiet'>
              {text.decline}
            </button>
          </div>
        </Form>
      )}
    </article>
  )
}
