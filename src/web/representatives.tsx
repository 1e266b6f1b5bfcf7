import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { markRepresentative, unmarkRepresentative } from '../flow/representatives.ts'
import type { Representative } from '../store/representatives.ts'
import type { SenderRecord } from '../store/senders.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { Field, Form, Select } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** Addresses of lawyers and other representatives: their mail is never muted. */
export function representativeRoutes(routes: Routes): void {
  routes.post('/senders/:id/representatives', 'mark_representative', (c) =>
    act(c, markRepresentative, 'representative'),
  )
  routes.post('/senders/:id/representatives/removal', 'mark_representative', (c) =>
    act(c, unmarkRepresentative, 'representativeGone'),
  )
}

async function act(c: Ctx, work: typeof markRepresentative, done: string): Promise<Response> {
  const form = await readForm(c)
  const id = c.req.param('id') ?? ''
  const given = { address: form.text('address', 320), reason: form.text('reason') }
  return answer(c, await work(c.var.house, id, given, c.var.person), `/senders/${id}`, done)
}

/** Which of a sender's addresses are a representative's, and the form to say so. */
export const RepresentativePanel: FC<{
  c: Ctx
  record: SenderRecord
  marked: readonly Representative[]
}> = ({ c, record, marked }) => {
  const { text, person } = c.var
  const { steps } = text
  const others = record.addresses.filter((one) => !marked.some(({ address }) => address === one))
  const path = `/senders/${record.id}/representatives`
  if (marked.length === 0 && !may(person, 'mark_representative')) return null
  return (
    <details class='card' open={marked.length > 0}>
      <summary>{steps.representatives}</summary>
      <p class='help'>{steps.representativesLead}</p>
      <ul class='reviews'>
        {marked.map(({ address, reason }) => (
          <li>
            <span class='address'>{address}</span>
            <small>{reason}</small>
            {may(person, 'mark_representative') && (
              <Form c={c} action={`${path}/removal`}>
                <input type='hidden' name='address' value={address} />
                <Field id={`gone-${address}`} name='reason' label={text.reason} required />
                <button type='submit'>{steps.representativeUnmark}</button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {may(person, 'mark_representative') && others.length > 0 && (
        <Form c={c} action={path}>
          <Select
            id='address'
            label={steps.representativeAddress}
            options={others.map((value) => ({ value, label: value }))}
          />
          <Field id='representativeReason' name='reason' label={text.reason} required />
          <button type='submit'>{steps.representativeMark}</button>
        </Form>
      )}
    </details>
  )
}
