import { asc, desc, gt } from 'drizzle-orm'
import type { Checkpoint } from '../domain/checkpoint.ts'
import type { Event } from '../domain/event.ts'
import type { Core } from './core.ts'
import { type StaffMail, staffMailWrites } from './staff-mails.ts'
import { checkpoints, events } from './tables.ts'

export type Checkpoints = {
  /** In the order of what they cover. */
  all(): Promise<Checkpoint[]>
  latest(): Promise<Checkpoint | null>
  /** `mails` carry it outside, in the same commit: each checkpoint goes out once. */
  add(checkpoint: Checkpoint, event: Event, mails: readonly StaffMail[]): Promise<void>
  /** Number and hash of every event in order, in batches. */
  hashes(): AsyncIterable<{ readonly seq: number; readonly hash: string }[]>
}

/** Hashes read at a time: 64 letters each. */
const hashesPerPage = 5000

export function checkpointsIn(core: Core): Checkpoints {
  const { db } = core
  return {
    async all() {
      return db.select().from(checkpoints).orderBy(asc(checkpoints.events))
    },
    async latest() {
      const [row] = await db.select().from(checkpoints).orderBy(desc(checkpoints.events)).limit(1)
      return row ?? null
    },
    add: (checkpoint, event, mails) =>
      core.commit([event], (tx) => [
        tx.insert(checkpoints).values(checkpoint).returning({ id: checkpoints.id }),
        ...staffMailWrites(tx, mails),
      ]),
    hashes: () => hashes(db),
  }
}

async function* hashes(db: Core['db']) {
  for (let last = 0; ; ) {
    const rows = await db
      .select({ seq: events.seq, hash: events.hash })
      .from(events)
      .where(gt(events.seq, last))
      .orderBy(asc(events.seq))
      .limit(hashesPerPage)
    const newest = rows.at(-1)
    if (!newest) return
    yield rows
    last = newest.seq
  }
}
