import { and, eq, gt } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { sessions } from './tables.ts'

/** A sign-in that lasts. `id` is the hash of the token that only the browser has. */
export type Session = {
  readonly id: string
  readonly personId: string
  readonly csrfToken: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly ip: string
  readonly userAgent: string
}

export type Sessions = {
  open(session: Session): Promise<void>
  find(id: string, at: Instant): Promise<Session | null>
  close(id: string, personId: string, at: Instant): Promise<void>
  /** Puts a refused sign-in on record. */
  refused(email: string, at: Instant): Promise<void>
}

export function sessionsIn(core: Core): Sessions {
  return {
    open(session) {
      const { id: sessionId, personId: by, createdAt: at } = session
      const event: Event = { kind: 'signed_in', at, by, sessionId }
      return core.commit([event], (tx) => [
        tx.insert(sessions).values(session).returning({ id: sessions.id }),
      ])
    },
    async find(id, at) {
      const alive = and(eq(sessions.id, id), gt(sessions.expiresAt, at))
      const [row] = await core.db.select().from(sessions).where(alive)
      return row ?? null
    },
    close(id, personId, at) {
      const event: Event = { kind: 'signed_out', at, by: personId, sessionId: id }
      return core.commit([event], (tx) => [
        tx.delete(sessions).where(eq(sessions.id, id)).returning({ id: sessions.id }),
      ])
    },
    refused(email, at) {
      return core.commit([{ kind: 'sign_in_failed', at, by: null, email }], () => [])
    },
  }
}
