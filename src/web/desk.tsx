import { remarkLengthMax } from '../domain/assignment.ts'
import { assignThread, passOn, releaseThread } from '../flow/assignment.ts'
import { snoozeThread, wakeThread } from '../flow/snooze.ts'
import { withdrawReview } from '../flow/withdrawal.ts'
import type { Ctx } from './env.ts'
import { type Form, readForm } from './forms.ts'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { instantIn } from './snooze-form.ts'
import { answer } from './thread-routes.tsx'

/** Who works on a thread, and when: each act is a form. */
export function deskRoutes(routes: Routes): void {
  routes.post('/threads/:id/assignment', 'assign', async (c) => {
    const form = await readForm(c)
    const to = form.text('person', 64) || c.var.person.id
    const given = { to, remark: form.text('remark', remarkLengthMax), from: fromIn(form) }
    const outcome = await assignThread(c.var.house, idOf(c), given, c.var.person)
    return answer(c, outcome, backOf(c), 'assigned')
  })
  routes.post('/threads/:id/release', 'assign', async (c) => {
    const from = fromIn(await readForm(c))
    const outcome = await releaseThread(c.var.house, idOf(c), from, c.var.person)
    return answer(c, outcome, backOf(c), 'released')
  })
  routes.post('/threads/:id/passing', 'assign', async (c) =>
    answer(c, await passOn(c.var.house, idOf(c), c.var.person), backOf(c), 'passedOn'),
  )
  routes.post('/threads/:id/snooze', 'snooze', async (c) => {
    const until = instantIn(await readForm(c), c.var.house.now())
    if (until === null) throw new Refused('snooze_date_wrong', backOf(c))
    const outcome = await snoozeThread(c.var.house, idOf(c), until, c.var.person)
    return answer(c, outcome, backOf(c), 'snoozed')
  })
  routes.post('/threads/:id/waking', 'snooze', async (c) =>
    answer(c, await wakeThread(c.var.house, idOf(c), c.var.person), backOf(c), 'woken'),
  )
  routes.post('/threads/:id/reviews/withdrawal', 'review', async (c) => {
    const outcome = await withdrawReview(c.var.house, idOf(c), c.var.person)
    return answer(c, outcome, backOf(c), 'reviewWithdrawn')
  })
}

/** Who had the thread when the page was made. */
function fromIn(form: Form): string | null {
  return form.text('from', 64) || null
}

function backOf(c: Ctx): string {
  return `/threads/${idOf(c)}`
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}
