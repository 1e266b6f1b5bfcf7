import { eq } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { externalIds } from './tables.ts'

/** Whom a provider means by a subject of its own. `id` is the hash of both. */
export type ExternalId = {
  readonly id: string
  readonly personId: string
  readonly issuer: string
  readonly subject: string
  readonly linkedAt: Instant
}

export type ExternalIds = {
  find(id: string): Promise<ExternalId | null>
  of(personId: string): Promise<ExternalId[]>
  /** Throws `StaleWrite` where the provider's subject is somebody's already. */
  link(link: ExternalId): Promise<void>
}

export function externalIdsIn(core: Core): ExternalIds {
  return {
    async find(id) {
      const [row] = await core.db.select().from(externalIds).where(eq(externalIds.id, id))
      return row ?? null
    },
    of(personId) {
      const rows = core.db.select().from(externalIds).where(eq(externalIds.personId, personId))
      return Promise.resolve(rows)
    },
    link(link) {
      const { personId, issuer, linkedAt: at } = link
      const linked: Event = { kind: 'external_id_linked', at, by: personId, personId, issuer }
      return core.commit([linked], (tx) => [
        tx.insert(externalIds).values(link).returning({ id: externalIds.id }),
      ])
    },
  }
}
