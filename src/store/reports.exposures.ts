import { and, count, eq, gte, lt } from 'drizzle-orm'
import type { Db } from './engine.ts'
import { eachTime, type Past } from './reports.past.ts'
import type { Scope, Time } from './reports.ts'
import { exposures, threads } from './tables.ts'

/** What was opened in a mailbox, and by how many people. */
export type TeamExposure = {
  readonly mailboxId: string
  readonly people: number
  readonly opened: number
}

/** Passages that somebody opened in a mailbox; it leaves this room only as a team's figure. */
type Opened = { readonly mailboxId: string; readonly personId: string; readonly n: number }

export async function exposuresOf(scope: Scope): Promise<TeamExposure[]> {
  const opened = (await eachTime(scope, openedWithin)).flat()
  const here = opened.filter(({ mailboxId }) => scope.isHere(mailboxId))
  return [...Map.groupBy(here, ({ mailboxId }) => mailboxId)].map(([mailboxId, some]) => ({
    mailboxId,
    people: new Set(some.map(({ personId }) => personId)).size,
    opened: some.reduce((sum, { n }) => sum + n, 0),
  }))
}

export function openedWithin(db: Db, past: Past, time: Time): Promise<Opened[]> {
  return past.of('opened', time, () => countOpened(db, time))
}

async function countOpened(db: Db, { start, end }: Time): Promise<Opened[]> {
  const until = end === null ? undefined : lt(exposures.at, end)
  return db
    .select({ mailboxId: threads.mailboxId, personId: exposures.personId, n: count() })
    .from(exposures)
    .innerJoin(threads, eq(threads.id, exposures.threadId))
    .where(and(gte(exposures.at, start), until))
    .groupBy(threads.mailboxId, exposures.personId)
}
