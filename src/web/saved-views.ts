import { may } from '../domain/person.ts'
import { dropView, saveView } from '../flow/saved-views.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { Refused } from './problems.ts'
import { type CountedView, countMax } from './queue-bar.tsx'
import { filterFor, filtersIn, queuePath } from './queue-filter.ts'
import type { Routes } from './routes.ts'
import { viewOf } from './view.ts'

const nameMax = 40

/** Filters of the queue that somebody keeps under a name; nobody else sees them. */
export function savedViewRoutes(routes: Routes): void {
  routes.post('/queue/views', 'read', async (c) => {
    const form = await readForm(c)
    const back = pathOf(form.text('query', 500))
    const query = new URL(back, c.var.site.baseUrl).search.slice(1)
    const given = { name: form.text('name', nameMax), query }
    const outcome = await saveView(c.var.house, given, c.var.account)
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, back)
    return c.redirect(`${back}&done=viewSaved`, 303)
  })
  routes.post('/queue/views/removal', 'read', async (c) => {
    const form = await readForm(c)
    await dropView(c.var.house, form.text('view', 64), c.var.account)
    return c.redirect(`${pathOf(form.text('query', 500))}&done=viewDropped`, 303)
  })
}

/** Only filters that we know, whatever was sent. */
function pathOf(query: string): string {
  const params = new URLSearchParams(query)
  return queuePath(filtersIn((name) => params.get(name) ?? undefined))
}

/** The person's own views, with how much is in each. */
export async function savedViewsOf(c: Ctx): Promise<readonly CountedView[]> {
  if (!may(c.var.account, 'read')) return []
  const views = await c.var.house.store.savedViews.of(c.var.account.id)
  const { queue } = viewOf(c)
  return Promise.all(
    views.map(async (view) => {
      const params = new URLSearchParams(view.query)
      const filters = filtersIn((name) => params.get(name) ?? undefined)
      return { ...view, count: await queue.countUpTo(filterFor(c, filters), countMax + 1) }
    }),
  )
}
