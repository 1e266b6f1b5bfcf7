import type { FC } from 'hono/jsx'
import { dayOf } from '../domain/business-day.ts'
import { type DisclosureRequest, isGiven } from '../domain/disclosure.ts'
import { disclosedParts, type Withheld, withholdingGrounds } from '../domain/disclosure-event.ts'
import { may } from '../domain/person.ts'
import {
  answerDisclosure,
  discloseToSend,
  foundOf,
  requestDisclosure,
  requestsOf,
} from '../flow/disclosure.ts'
import type { Ctx } from './env.ts'
import { type Form as Filled, readForm } from './forms.ts'
import { type MakingRoutes, makingRoutes } from './makings.tsx'
import { Time } from './parts/chips.tsx'
import { Empty, Field, Form, Select } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

const wordsMax = 2000

/** Requests of people to be told what is kept on them (開示請求), and the package for them. */
export function disclosureRoutes(routes: Routes): void {
  routes.post('/cases/:id/disclosure', 'disclose', async (c) => {
    const form = await readForm(c)
    const senderId = c.req.param('id') ?? ''
    const given = {
      receivedOn: form.text('receivedOn'),
      reason: form.text('reason', wordsMax),
      identityCheck: form.text('identityCheck', wordsMax),
    }
    const outcome = await requestDisclosure(c.var.house, { senderId, ...given }, c.var.account)
    return answer(c, outcome, `/senders/${senderId}`, 'disclosureRequested')
  })
  routes.post('/retention/disclosures', 'disclose', async (c) => {
    const form = await readForm(c)
    const how = form.text('how') === 'given' ? 'given' : 'refused'
    const given = {
      how,
      withheld: withheldIn(form),
      answer: form.text('answer', wordsMax),
    } as const
    const outcome = await answerDisclosure(c.var.house, form.text('request'), given, c.var.account)
    const said = how === 'given' ? 'disclosureAnswered' : 'disclosureRefused'
    return answer(c, outcome, '/retention', said)
  })
  const path = '/cases/:id/disclosure/package'
  const makings = makingRoutes(routes, {
    ...{ path, action: 'disclose', back: (id) => `/senders/${id}` },
    words: (c) => c.var.text.disclosure,
  })
  routes.post(path, 'disclose', (c) => begin(c, makings))
}

function withheldIn(form: Filled): Withheld[] {
  return disclosedParts.flatMap((part) => {
    const ground = withholdingGrounds.find((one) => one === form.text(`withhold-${part}`))
    return ground ? [{ part, ground }] : []
  })
}

async function begin(c: Ctx, makings: MakingRoutes): Promise<Response> {
  const { house, person, site } = c.var
  const id = c.req.param('id') ?? ''
  const language = (await readForm(c)).text('language') === 'en' ? 'en' : 'ja'
  const senderId = await house.store.dossiers.sender({ id, address: '' })
  if (senderId === null || !(await requestsOf(house, senderId)).some(isGiven)) throw new Missing()
  const wanted = { senderId, language, by: person.id } as const
  return makings.begin(c, (progress) =>
    discloseToSend(house, site.parser.take, { ...wanted, progress }),
  )
}

/** The way to record a request on the sender's page, and to make the package once it is answered. */
export const DisclosurePanel: FC<{ c: Ctx; senderId: string }> = async ({ c, senderId }) => {
  const { account, house, text: all } = c.var
  const { disclosure: text } = all
  if (!may(account, 'disclose')) return null
  const requests = await requestsOf(house, senderId)
  return (
    <section class='card' aria-labelledby='disclosure-title'>
      <h2 id='disclosure-title'>{text.title}</h2>
      {requests.map(({ receivedOn, state }) => (
        <p>
          {receivedOn} <a href='/retention#disclosures'>{text.state[state]}</a>
        </p>
      ))}
      {requests.some(isGiven) && <MakePackage c={c} senderId={senderId} />}
      <details>
        <summary>{text.record}</summary>
        <Form c={c} action={`/cases/${senderId}/disclosure`}>
          <p class='help'>{text.lead}</p>
          <Field
            id='disclosure-day'
            name='receivedOn'
            type='date'
            label={text.receivedOn}
            value={dayOf(house.now())}
            required
          />
          <Field id='disclosure-reason' name='reason' label={text.reason} rows={2} required />
          <Field
            id='identityCheck'
            label={text.identityCheck}
            help={text.identityCheckHelp}
            required
          />
          <button type='submit'>{text.record}</button>
        </Form>
      </details>
    </section>
  )
}

const MakePackage: FC<{ c: Ctx; senderId: string }> = ({ c, senderId }) => {
  const { disclosure: text } = c.var.text
  const languages = (['ja', 'en'] as const).map((value) => ({
    value,
    label: text.languages[value],
    checked: value === c.var.language,
  }))
  return (
    <Form c={c} action={`/cases/${senderId}/disclosure/package`}>
      <p class='help'>{text.makeHelp}</p>
      <Select id='language' label={text.language} options={languages} />
      <div class='buttons'>
        <button type='submit'>{text.make}</button>
      </div>
    </Form>
  )
}

type ListProps = { c: Ctx; names: ReadonlyMap<string, string> }

/** Every request with what was answered and when, newest first. */
export const DisclosureRequests: FC<ListProps> = async (props) => {
  const { disclosure: text } = props.c.var.text
  const requests = await props.c.var.house.store.disclosures.list(200)
  return (
    <>
      <h2 id='disclosures'>{text.title}</h2>
      {requests.length === 0 && <Empty>{text.none}</Empty>}
      {requests.map((request) => (
        <RequestCard {...props} request={request} />
      ))}
    </>
  )
}

const RequestCard: FC<ListProps & { request: DisclosureRequest }> = ({ c, names, request }) => {
  const { disclosure: text, retention } = c.var.text
  const { state, decidedBy, decidedAt, proposedBy, withheld } = request
  const name = (id: string | null) => names.get(id ?? '') ?? ''
  const mayAnswer =
    state === 'open' && may(c.var.account, 'disclose') && proposedBy !== c.var.account.id
  return (
    <article class='card'>
      <p>
        <strong>{text.state[state]}</strong> {request.receivedOn} ·{' '}
        <a href={`/senders/${request.senderId}`}>{retention.deletion.sender}</a> ·{' '}
        {name(proposedBy)}
      </p>
      <p class='words'>{request.reason}</p>
      <p>
        {text.identityCheck}: <span class='words'>{request.identityCheck}</span>
      </p>
      {decidedAt && (
        <p>
          {name(decidedBy)} · <Time c={c} at={decidedAt} exact />
        </p>
      )}
      {withheld.length > 0 && (
        <ul>
          {withheld.map(({ part, ground }) => (
            <li>
              {text.part[part]}: {text.ground[ground]}
            </li>
          ))}
        </ul>
      )}
      {request.answer && <p class='words'>{request.answer}</p>}
      {mayAnswer && <AnswerForm c={c} request={request} />}
    </article>
  )
}

const AnswerForm: FC<{ c: Ctx; request: DisclosureRequest }> = async ({ c, request }) => {
  const { disclosure: text } = c.var.text
  const found = await foundOf(c.var.house, request.senderId)
  const options = [
    { value: '', label: text.give },
    ...withholdingGrounds.map((value) => ({ value, label: text.ground[value] })),
  ]
  return (
    <Form c={c} action='/retention/disclosures'>
      <input type='hidden' name='request' value={request.id} />
      <p class='help'>{text.found(found)}</p>
      <details>
        <summary>{text.withhold}</summary>
        <div class='stack'>
          {disclosedParts.map((part) => (
            <Select
              id={`withhold-${part}-${request.id}`}
              name={`withhold-${part}`}
              label={text.part[part]}
              options={options}
            />
          ))}
        </div>
      </details>
      <Field id={`told-${request.id}`} name='answer' label={text.answer} rows={3} />
      <div class='buttons'>
        <button type='submit' name='how' value='given'>
          {text.answerGive}
        </button>
        <button type='submit' name='how' value='refused' class='quiet'>
          {text.answerRefuse}
        </button>
      </div>
    </Form>
  )
}
