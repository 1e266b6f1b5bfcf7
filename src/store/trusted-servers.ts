import { asc, eq } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { trustedServers } from './tables.ts'

/** A receiving server whose Authentication-Results an admin decided to believe. */
export type TrustedServer = {
  /** Its authserv-id (RFC 8601), in lower case. */
  readonly id: string
  readonly acceptedBy: string
  readonly acceptedAt: Instant
}

export type TrustedServers = {
  list(): Promise<TrustedServer[]>
  accept(id: string, at: Instant, by: string): Promise<void>
  /** Throws `StaleWrite` where the server is not trusted any more. */
  remove(id: string, at: Instant, by: string): Promise<void>
}

export function trustedServersIn(core: Core): TrustedServers {
  return {
    list: () => core.db.select().from(trustedServers).orderBy(asc(trustedServers.id)),
    accept(id, at, by) {
      const event: Event = { kind: 'authserv_trusted', at, by, authservId: id }
      return core.commit([event], (tx) => [
        tx
          .insert(trustedServers)
          .values({ id, acceptedBy: by, acceptedAt: at })
          .returning({ id: trustedServers.id }),
      ])
    },
    remove(id, at, by) {
      const event: Event = { kind: 'authserv_distrusted', at, by, authservId: id }
      return core.commit([event], (tx) => [
        tx
          .delete(trustedServers)
          .where(eq(trustedServers.id, id))
          .returning({ id: trustedServers.id }),
      ])
    },
  }
}
