import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Training } from '../domain/training.ts'
import type { Core } from './core.ts'
import { trainings } from './tables.ts'

/** Training that was held elsewhere, as a supervisor put it down. */
export type Trainings = {
  find(id: string): Promise<Training | null>
  /** Those that stand, newest first. */
  list(): Promise<Training[]>
  add(training: Training, events: readonly Event[]): Promise<void>
  withdraw(training: Training, events: readonly Event[]): Promise<void>
}

export function trainingsIn(core: Core): Trainings {
  const { db } = core
  return {
    async find(id) {
      const [row] = await db.select().from(trainings).where(eq(trainings.id, id))
      return row ?? null
    },
    list: () =>
      db
        .select()
        .from(trainings)
        .where(isNull(trainings.withdrawnAt))
        .orderBy(desc(trainings.heldOn), desc(trainings.id)),
    add: (training, events) =>
      core.commit(events, (tx) => [
        tx
          .insert(trainings)
          .values({ ...training, personIds: [...training.personIds] })
          .returning({ id: trainings.id }),
      ]),
    withdraw: ({ id, withdrawnAt }, events) =>
      core.commit(events, (tx) => [
        tx
          .update(trainings)
          .set({ withdrawnAt })
          .where(and(eq(trainings.id, id), isNull(trainings.withdrawnAt)))
          .returning({ id: trainings.id }),
      ]),
  }
}
