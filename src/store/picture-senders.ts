import { asc, eq } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { pictureSenders } from './tables.ts'

/** A sender whose pictures from elsewhere are loaded, and who decided that. */
export type PictureSender = {
  readonly senderId: string
  readonly allowedBy: string
  readonly allowedAt: Instant
}

export type PictureSenders = {
  find(senderId: string): Promise<PictureSender | null>
  all(): Promise<PictureSender[]>
  /** Throws `StaleWrite` where it was allowed already. */
  allow(sender: PictureSender, event: Event): Promise<void>
  /** Throws `StaleWrite` where it was not. */
  stop(senderId: string, event: Event): Promise<void>
}

export function pictureSendersIn(core: Core): PictureSenders {
  const { db } = core
  const { senderId } = pictureSenders
  return {
    async find(id) {
      const rows = await db.select().from(pictureSenders).where(eq(senderId, id))
      return rows[0] ?? null
    },
    async all() {
      return await db.select().from(pictureSenders).orderBy(asc(senderId))
    },
    allow(sender, event) {
      return core.commit([event], (tx) => [
        tx.insert(pictureSenders).values(sender).onConflictDoNothing().returning({ senderId }),
      ])
    },
    stop(id, event) {
      return core.commit([event], (tx) => [
        tx.delete(pictureSenders).where(eq(senderId, id)).returning({ senderId }),
      ])
    },
  }
}
