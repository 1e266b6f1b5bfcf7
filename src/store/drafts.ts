import { and, eq } from 'drizzle-orm'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { StaleWrite } from './engine.ts'
import type { DraftKind } from './schema.replies.ts'
import { drafts } from './tables.ts'

export type { DraftKind } from './schema.replies.ts'

/** Whose draft of which form in which thread. */
export type DraftKey = {
  readonly personId: string
  readonly threadId: string
  readonly kind: DraftKind
}

/** What somebody typed and has not handed in. */
export type SavedDraft = DraftKey & {
  readonly id: string
  readonly version: number
  readonly words: Readonly<Record<string, string>>
  readonly savedAt: Instant
}

/** Typing changes no state of the product: drafts are in no event, and only their author sees them. */
export type Drafts = {
  find(key: DraftKey): Promise<SavedDraft | null>
  /**
   * Keeps the words over the version that they were typed over (0: over none). Throws `StaleWrite`
   * where that is not the newest one any more.
   */
  save(draft: SavedDraft, over: number): Promise<void>
  /** Handed in, or thrown away. */
  drop(key: DraftKey): Promise<void>
}

export function draftsIn(core: Core): Drafts {
  const { db } = core
  const is = ({ personId, threadId, kind }: DraftKey) =>
    and(eq(drafts.personId, personId), eq(drafts.threadId, threadId), eq(drafts.kind, kind))
  async function find(key: DraftKey): Promise<SavedDraft | null> {
    const [row] = await db.select().from(drafts).where(is(key))
    return row ?? null
  }
  return {
    find,
    save(draft, over) {
      const { version, savedAt } = draft
      const words = { ...draft.words }
      return core.write((tx) => [
        over === 0
          ? tx
              .insert(drafts)
              .values({ ...draft, words })
              .returning({ id: drafts.id })
          : tx
              .update(drafts)
              .set({ version, words, savedAt })
              .where(and(is(draft), eq(drafts.version, over)))
              .returning({ id: drafts.id }),
      ])
    },
    async drop(key) {
      if (!(await find(key))) return
      try {
        await core.write((tx) => [tx.delete(drafts).where(is(key)).returning({ id: drafts.id })])
      } catch (error) {
        // Somebody else dropped it first: it is gone all the same.
        if (!(error instanceof StaleWrite)) throw error
      }
    },
  }
}
