import { and, desc, eq, inArray } from 'drizzle-orm'
import type { DeletionRequest } from '../domain/deletion.ts'
import type { Event } from '../domain/event.ts'
import type { Kept } from '../domain/retention.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { membersIn } from './joins.ts'
import { keptThese } from './retained.ts'
import { deletionRequests, threads } from './tables.ts'

/** Requests that somebody's data is erased, and what was answered. */
export type Deletions = {
  find(id: string): Promise<DeletionRequest | null>
  /** Newest first. */
  list(limit: number): Promise<DeletionRequest[]>
  /** Of any of these senders, newest first. */
  ofSenders(senderIds: readonly string[]): Promise<DeletionRequest[]>
  approved(): Promise<DeletionRequest[]>
  /** Threads of the sender and of whoever is one with them. */
  threads(senderId: string, now: Instant): Promise<Kept[]>
  propose(request: DeletionRequest, events: readonly Event[]): Promise<void>
  /** Throws `StaleWrite` where somebody else answered meanwhile. */
  decide(request: DeletionRequest, events: readonly Event[]): Promise<void>
}

export function deletionsIn(core: Core): Deletions {
  const { db } = core
  const all = () => db.select().from(deletionRequests)
  return {
    async find(id) {
      const [row] = await all().where(eq(deletionRequests.id, id))
      return row ?? null
    },
    list: (limit) => all().orderBy(desc(deletionRequests.proposedAt)).limit(limit),
    ofSenders: (senderIds) =>
      all()
        .where(inArray(deletionRequests.senderId, [...senderIds]))
        .orderBy(desc(deletionRequests.proposedAt)),
    approved: () => all().where(eq(deletionRequests.state, 'approved')),
    async threads(senderId, now) {
      const members = (await membersIn(db, [senderId]))(senderId)
      const rows = await db
        .select({ id: threads.id })
        .from(threads)
        .where(inArray(threads.senderId, [...members]))
      const ids = rows.map(({ id }) => id)
      return keptThese(db, ids, now)
    },
    propose: (request, events) =>
      core.commit(events, (tx) => [
        tx
          .insert(deletionRequests)
          .values(request)
          .onConflictDoNothing()
          .returning({ id: deletionRequests.id }),
      ]),
    decide: ({ id, state, decidedBy, decidedAt, answer, threads: going }, events) =>
      core.commit(events, (tx) => [
        tx
          .update(deletionRequests)
          .set({ state, decidedBy, decidedAt, answer, threads: going })
          .where(and(eq(deletionRequests.id, id), eq(deletionRequests.state, 'open')))
          .returning({ id: deletionRequests.id }),
      ]),
  }
}
