import type { FC } from 'hono/jsx'
import { may, type Person } from '../domain/person.ts'
import { clearTarget, nameTarget } from '../flow/target.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { Banner, Field, Form, Select } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import type { ThreadShown } from './thread-review.tsx'
import { answer } from './thread-routes.tsx'

/** Whom of the staff a thread attacks: said by anybody who reads it, taken back by another person. */
export function targetRoutes(routes: Routes): void {
  routes.post('/threads/:id/targets', 'name_target', async (c) => {
    const person = (await readForm(c)).text('person', 64)
    const outcome = await nameTarget(c.var.house, idOf(c), person, c.var.person)
    return answer(c, outcome, `/threads/${idOf(c)}`, 'target')
  })
  routes.post('/threads/:id/targets/clearing', 'clear_target', async (c) => {
    const form = await readForm(c)
    const [person, reason] = [form.text('person', 64), form.text('reason')]
    const outcome = await clearTarget(c.var.house, idOf(c), person, reason, c.var.person)
    return answer(c, outcome, `/threads/${idOf(c)}`, 'targetCleared')
  })
}

type Props = ThreadShown & { readonly staff: readonly Person[] }

export const TargetPanel: FC<Props> = ({ c, matter, names, staff }) => {
  const { text, person } = c.var
  const { id, targets, joinedInto } = matter.thread
  const others = staff.filter((one) => one.disabledAt === null && !targets.includes(one.id))
  const mayName = may(person, 'name_target') && joinedInto === null && others.length > 0
  if (targets.length === 0 && !mayName) return null
  return (
    <section class='card' aria-labelledby='target-title'>
      <h2 id='target-title'>{text.targetTitle}</h2>
      {targets.includes(person.id) && <Banner tone='caution'>{text.refused.is_target}</Banner>}
      <ul class='reviews'>
        {targets.map((target) => (
          <li>
            <strong>{names.get(target) ?? target}</strong>
            {may(person, 'clear_target') && target !== person.id && (
              <Clearing c={c} threadId={id} personId={target} />
            )}
          </li>
        ))}
      </ul>
      {mayName && (
        <details>
          <summary>{text.targetName}</summary>
          <Form c={c} action={`/threads/${id}/targets`}>
            <p class='help'>{text.targetLead}</p>
            <Select
              id='person'
              label={text.targetWho}
              options={others.map((one) => ({ value: one.id, label: one.name }))}
            />
            <button type='submit'>{text.targetName}</button>
          </Form>
        </details>
      )}
    </section>
  )
}

const Clearing: FC<{ c: Ctx; threadId: string; personId: string }> = (props) => {
  const { c, threadId, personId } = props
  return (
    <details>
      <summary>{c.var.text.targetClear}</summary>
      <Form c={c} action={`/threads/${threadId}/targets/clearing`}>
        <input type='hidden' name='person' value={personId} />
        <Field id={`reason-${personId}`} name='reason' label={c.var.text.reason} required />
        <button type='submit'>{c.var.text.targetClear}</button>
      </Form>
    </details>
  )
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}
