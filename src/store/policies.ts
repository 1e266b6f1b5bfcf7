import { and, asc, count, desc, eq, gte, lt } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { PolicyConfirmation, PolicyVersion } from '../domain/policy-words.ts'
import type { Core } from './core.ts'
import type { Time } from './reports.ts'
import { policyConfirmations, policyVersions } from './tables.ts'

/** The policy's words by version, and who has read which (周知). */
export type Policies = {
  /** The version that came into force last; null before the first. */
  current(): Promise<PolicyVersion | null>
  /** Newest first. */
  versions(): Promise<PolicyVersion[]>
  /** Throws `StaleWrite` where another process put one in that place. */
  publish(version: PolicyVersion, event: Event): Promise<void>
  /** Whether the person has read that version. */
  confirmation(personId: string, sha256: string): Promise<PolicyConfirmation | null>
  /** Of one version, the first first. */
  confirmations(sha256: string): Promise<PolicyConfirmation[]>
  /** Given in a time, of whichever version. */
  given(time: Time): Promise<number>
  /** Throws `StaleWrite` where the person confirmed it meanwhile. */
  confirm(confirmation: PolicyConfirmation, event: Event): Promise<void>
}

export function policiesIn(core: Core): Policies {
  const { db } = core
  const newestFirst = () => db.select().from(policyVersions).orderBy(desc(policyVersions.place))
  const confirmed = policyConfirmations
  return {
    async current() {
      const [row] = await newestFirst().limit(1)
      return row ?? null
    },
    versions: () => Promise.resolve(newestFirst()),
    publish: (version, event) =>
      core.commit([event], (tx) => [
        tx
          .insert(policyVersions)
          .values(version)
          .onConflictDoNothing()
          .returning({ place: policyVersions.place }),
      ]),
    async confirmation(personId, sha256) {
      const [row] = await db
        .select()
        .from(confirmed)
        .where(and(eq(confirmed.personId, personId), eq(confirmed.sha256, sha256)))
      return row ?? null
    },
    confirmations: (sha256) =>
      db.select().from(confirmed).where(eq(confirmed.sha256, sha256)).orderBy(asc(confirmed.at)),
    async given({ start, end }) {
      const within = and(gte(confirmed.at, start), end === null ? undefined : lt(confirmed.at, end))
      const [row] = await db.select({ n: count() }).from(confirmed).where(within)
      return row?.n ?? 0
    },
    confirm: (confirmation, event) =>
      core.commit([event], (tx) => [
        tx
          .insert(confirmed)
          .values(confirmation)
          .onConflictDoNothing()
          .returning({ id: confirmed.id }),
      ]),
  }
}
