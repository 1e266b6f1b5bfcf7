import type { Person } from '../domain/person.ts'
import { refuse } from '../domain/step.ts'
import { StaleWrite } from '../store/engine.ts'
import { done, type House, type Outcome } from './house.ts'

/** More views than fit a glance are none. */
const viewsMax = 12

/** Keeps filters of the queue under a name, in place of an earlier view of that name. */
export async function saveView(
  { store, newId }: House,
  given: { readonly name: string; readonly query: string },
  who: Person,
): Promise<Outcome> {
  const name = given.name.trim()
  if (name === '') return refuse('view_name_missing')
  const mine = await store.savedViews.of(who.id)
  const isNew = !mine.some((one) => one.name === name)
  if (isNew && mine.length >= viewsMax) return refuse('views_too_many')
  await store.savedViews.save({ id: newId(), personId: who.id, name, query: given.query })
  return done
}

/** Takes a view of one's own away; one that is gone, or was never theirs, is away already. */
export async function dropView({ store }: House, id: string, who: Person): Promise<Outcome> {
  try {
    await store.savedViews.drop(id, who.id)
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
  }
  return done
}
