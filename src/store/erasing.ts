import { and, eq, inArray } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import { apply } from '../domain/matter.ts'
import type { Kept, Reaches } from '../domain/retention.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { contentOf, type ThreadContent } from './erasing.content.ts'
import { type SenderErasing, senderErasingIn } from './erasing.senders.ts'
import { erasureWrites, lapsed } from './erasing.writes.ts'
import type { Loaded } from './matters.ts'
import { keptAfter, keptThese } from './retained.ts'
import { assessments, threads } from './tables.ts'
import { threadColumns } from './writes.ts'

type Of<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>

/** What is kept for how long, and how it goes. */
export type Erasing = SenderErasing & {
  /** Threads that one of the periods may have reached, by id after one of them. */
  kept(
    place: { readonly after: string; readonly limit: number; readonly now: Instant },
    reaches: Reaches,
  ): Promise<Kept[]>
  keptOne(threadId: string, now: Instant): Promise<Kept | null>
  /** Everything of a thread that holds words, by id. */
  content(threadId: string): Promise<ThreadContent | null>
  /** Erases just that content, in one transaction with the event that names it. */
  erase(content: ThreadContent, event: Of<'thread_erased'>): Promise<void>
  /** After erasing: what was written over is gone from the journal, too. */
  settle(): Promise<void>
  /** Mails of the thread of which the rules said something. */
  assessed(threadId: string): Promise<string[]>
  lapse(loaded: Loaded, event: Of<'assessment_lapsed'>): Promise<void>
}

export function erasingIn(core: Core): Erasing {
  const { db } = core
  return {
    ...senderErasingIn(core),
    kept: (place, reaches) => keptAfter(db, place, reaches),
    keptOne: async (threadId, now) => (await keptThese(db, [threadId], now))[0] ?? null,
    content: (threadId) => contentOf(db, threadId),
    erase: (content, event) => core.commit([event], (tx) => erasureWrites(tx, content, event)),
    settle: core.settle,
    async assessed(threadId) {
      const own = and(eq(assessments.threadId, threadId), eq(assessments.muted, false))
      const rows = await db.select({ id: assessments.messageId }).from(assessments).where(own)
      return rows.map(({ id }) => id).toSorted()
    },
    async lapse(loaded, event) {
      const { id } = loaded.matter.thread
      const columns = { ...threadColumns(apply(loaded.matter, event)), gist: [] }
      const unchanged = and(eq(threads.id, id), eq(threads.version, loaded.version))
      const rows = await db
        .select()
        .from(assessments)
        .where(inArray(assessments.messageId, [...event.messageIds]))
      await core.commit([event], (tx) => [
        tx
          .update(threads)
          .set({ ...columns, version: loaded.version + 1 })
          .where(unchanged)
          .returning({ id: threads.id }),
        ...rows.map((row) =>
          tx
            .update(assessments)
            .set({ severity: 0, result: lapsed(row.result) })
            .where(eq(assessments.messageId, row.messageId))
            .returning({ id: assessments.messageId }),
        ),
      ])
    },
  }
}
