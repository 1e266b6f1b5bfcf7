import type { FC } from 'hono/jsx'
import type { Hold } from '../domain/hold.ts'
import { may } from '../domain/person.ts'
import type { HeldThing } from '../domain/retention-event.ts'
import { hold, lift } from '../flow/holds.ts'
import type { Ctx } from './env.ts'
import { ownPath, readForm } from './forms.ts'
import { Time } from './parts/chips.tsx'
import { Field, Form } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** Holding a thread or a sender (保全), and lifting that. */
export function holdRoutes(routes: Routes): void {
  const place = (what: HeldThing) => async (c: Ctx) => {
    const id = c.req.param('id') ?? ''
    const reason = (await readForm(c)).text('holdReason', reasonLengthMax)
    const outcome = await hold(c.var.house, what, id, reason, c.var.account)
    return answer(c, outcome, `/${what}s/${id}`, 'held')
  }
  routes.post('/threads/:id/hold', 'hold', place('thread'))
  routes.post('/senders/:id/hold', 'hold', place('sender'))
  const end = (what: HeldThing) => async (c: Ctx) => {
    const id = c.req.param('id') ?? ''
    const form = await readForm(c)
    const reason = form.text('holdReason', reasonLengthMax)
    const outcome = await lift(c.var.house, what, id, reason, c.var.account)
    return answer(c, outcome, ownPath(form.text('back'), '/retention'), 'holdLifted')
  }
  routes.post('/threads/:id/hold/lifting', 'hold', end('thread'))
  routes.post('/senders/:id/hold/lifting', 'hold', end('sender'))
}

const reasonLengthMax = 1000

type Props = {
  c: Ctx
  what: HeldThing
  id: string
  senderId: string
  /** Names of the staff by id; read where they are not given. */
  names?: ReadonlyMap<string, string>
}

/** What is held of a thread or a sender, and the way to hold or lift it. */
export const HoldPanel: FC<Props> = async ({ c, what, id, senderId, names: known }) => {
  const { account, house } = c.var
  const { retention: text } = c.var.text
  const held = await house.store.holds.over(what === 'thread' ? id : null, senderId)
  const mayHold = may(account, 'hold')
  if (held.length === 0 && !mayHold) return null
  const names = known ?? (await house.store.people.names())
  const own = held.some((one) => one.what === what && one.thingId === id)
  return (
    <section class='card' aria-labelledby='hold-title'>
      <h2 id='hold-title'>{text.hold}</h2>
      {held.map((one) => (
        <HeldLine c={c} held={one} names={names} back={`/${what}s/${id}`} />
      ))}
      {mayHold && !own && (
        <details>
          <summary>{what === 'thread' ? text.holdThread : text.holdSender}</summary>
          <Form c={c} action={`/${what}s/${id}/hold`}>
            <p class='help'>{text.holdLead}</p>
            <Field id='holdReason' label={text.holdReason} rows={2} required />
            <button type='submit'>{what === 'thread' ? text.holdThread : text.holdSender}</button>
          </Form>
        </details>
      )}
    </section>
  )
}

/** One hold: on what, by whom, why; for another supervisor the way to lift it. */
export const HeldLine: FC<{
  c: Ctx
  held: Hold
  names: ReadonlyMap<string, string>
  back: string
}> = ({ c, held, names, back }) => {
  const { retention: text } = c.var.text
  const { account } = c.var
  return (
    <div class='held'>
      <p>
        <strong>{text.held(text.what[held.what], names.get(held.placedBy) ?? '')}</strong>{' '}
        <Time c={c} at={held.placedAt} />
      </p>
      <p class='words'>{held.reason}</p>
      {may(account, 'hold') && held.placedBy !== account.id && (
        <details>
          <summary>{text.lift}</summary>
          <Form c={c} action={`/${held.what}s/${held.thingId}/hold/lifting`}>
            <input type='hidden' name='back' value={back} />
            <Field
              id={`lift-${held.id}`}
              name='holdReason'
              label={text.holdReason}
              rows={2}
              required
            />
            <button type='submit'>{text.lift}</button>
          </Form>
        </details>
      )}
    </div>
  )
}
