import { may } from '../domain/person.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { Refused } from './problems.ts'
import { type CountedView, countMax } from './queue-bar.tsx'
import { filterFor, filtersIn, queuePath } from './queue-filter.ts'
import type { Routes } from './routes.ts'
import { viewOf } from './view.ts'

/** More views than fit a glance are none. */
const viewsMax = 12
const nameMax = 40

/** Filters of the queue that somebody keeps under a name; nobody else sees them. */
export function savedViewRoutes(routes: Routes): void {
  routes.post('/queue/views', 'read', async (c) => {
    const { store, newId } = c.var.house
    const form = await readForm(c)
    const query = form.text('query', 500)
    const back = pathOf(query)
    const name = form.text('name', nameMax).trim()
    if (name === '') throw new Refused('view_name_missing', back)
    const mine = await store.savedViews.of(c.var.account.id)
    if (mine.length >= viewsMax && !mine.some((one) => one.name === name)) {
      throw new Refused('views_too_many', back)
    }
    const kept = new URL(back, c.var.site.baseUrl).search.slice(1)
    await store.savedViews.save({ id: newId(), personId: c.var.account.id, name, query: kept })
    return c.redirect(`${back}&done=viewSaved`, 303)
  })
  routes.post('/queue/views/removal', 'read', async (c) => {
    const form = await readForm(c)
    try {
      await c.var.house.store.savedViews.drop(form.text('view', 64), c.var.account.id)
    } catch (error) {
      // It is gone, or was never theirs: what they asked for holds.
      if (!(error instanceof StaleWrite)) throw error
    }
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
