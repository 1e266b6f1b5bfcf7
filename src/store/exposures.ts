import { and, eq, gte } from 'drizzle-orm'
import type { Severity } from '../domain/category.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { exposures } from './tables.ts'

/** One harmful passage that a person chose to see (閲覧負荷). */
export type Exposure = {
  readonly id: string
  readonly personId: string
  readonly threadId: string
  readonly messageId: string
  readonly passage: string
  readonly severity: Severity
  readonly at: Instant
}

export type Exposures = {
  find(id: string): Promise<Exposure | null>
  of(personId: string, since: Instant): Promise<Exposure[]>
}

export function exposuresIn({ db }: Core): Exposures {
  return {
    async find(id) {
      const [row] = await db.select().from(exposures).where(eq(exposures.id, id))
      return row ?? null
    },
    of(personId, since) {
      const recent = and(eq(exposures.personId, personId), gte(exposures.at, since))
      return db.select().from(exposures).where(recent)
    },
  }
}
