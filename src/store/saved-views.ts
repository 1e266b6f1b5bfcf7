import { and, asc, eq } from 'drizzle-orm'
import type { Core } from './core.ts'
import { savedViews } from './tables.ts'

/** A filter of the queue under a name of one's own. */
export type SavedView = {
  readonly id: string
  readonly personId: string
  readonly name: string
  /** The filters as an address has them. */
  readonly query: string
}

export type SavedViews = {
  of(personId: string): Promise<SavedView[]>
  /** Under a name that the person has already, it takes that one's place. */
  save(view: SavedView): Promise<void>
  /** Throws `StaleWrite` where it is somebody else's, or gone. */
  drop(id: string, personId: string): Promise<void>
}

export function savedViewsIn(core: Core): SavedViews {
  const { db } = core
  return {
    async of(personId) {
      const mine = db.select().from(savedViews).where(eq(savedViews.personId, personId))
      return await mine.orderBy(asc(savedViews.name))
    },
    save(view) {
      const target = [savedViews.personId, savedViews.name]
      return core.write((tx) => [
        tx
          .insert(savedViews)
          .values(view)
          .onConflictDoUpdate({ target, set: { query: view.query } })
          .returning({ id: savedViews.id }),
      ])
    },
    drop(id, personId) {
      const theirs = and(eq(savedViews.id, id), eq(savedViews.personId, personId))
      return core.write((tx) => [
        tx.delete(savedViews).where(theirs).returning({ id: savedViews.id }),
      ])
    },
  }
}
