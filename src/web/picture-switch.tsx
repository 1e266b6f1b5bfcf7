import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { allowPictures } from '../flow/pictures.ts'
import type { SenderRecord } from '../store/senders.ts'
import type { StoredMessage } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { Form } from './parts/fields.tsx'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { addressOf } from './views.ts'

/** Whether pictures that a sender's mail shows from elsewhere are loaded. */
export function pictureRoutes(routes: Routes): void {
  routes.post('/senders/:id/pictures', 'allow_pictures', async (c) => {
    const form = await readForm(c)
    const id = c.req.param('id') ?? ''
    const allow = form.text('allow', 3) === 'yes'
    const outcome = await allowPictures(c.var.house, id, allow, c.var.person)
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, `/senders/${id}`)
    const done = allow ? 'picturesAllowed' : 'picturesStopped'
    const mail = await c.var.house.store.threads.message(form.text('mail', 64))
    const back = mail ? addressOf(mail, 'formatted', done) : `/senders/${id}?done=${done}`
    return c.redirect(back, 303)
  })
}

type SwitchProps = { c: Ctx; senderId: string; loads: boolean; mail?: StoredMessage }

/** One button: load them, or stop loading them. It leads back to the mail that it stands at. */
export const PictureSwitch: FC<SwitchProps> = ({ c, senderId, loads, mail }) => {
  const { reading } = c.var.text
  return (
    <Form c={c} action={`/senders/${senderId}/pictures`} class='inline'>
      <input type='hidden' name='allow' value={loads ? 'no' : 'yes'} />
      {mail && <input type='hidden' name='mail' value={mail.id} />}
      <button type='submit'>{loads ? reading.picturesStop : reading.picturesAllow}</button>
    </Form>
  )
}

/** What holds for a sender, and the switch; nothing where it is off and not ours to turn on. */
export const PicturePanel: FC<{ c: Ctx; record: SenderRecord; loads: boolean }> = (props) => {
  const { c, record, loads } = props
  const { reading } = c.var.text
  const decides = may(c.var.person, 'allow_pictures')
  if (!loads && !decides) return null
  return (
    <details class='card' open={loads}>
      <summary>{reading.pictures}</summary>
      <p class='help'>{loads ? reading.picturesLoaded : reading.picturesOff}</p>
      {decides && <PictureSwitch c={c} senderId={record.id} loads={loads} />}
    </details>
  )
}
