import { dayAfter, dayOf } from '../domain/business-day.ts'
import { careTellingsOf } from '../domain/care-told.ts'
import type { Telling } from '../domain/told.table.ts'
import type { House } from './house.ts'

/** Contact is due on the next day of work at the latest: no holidays are longer than this. */
const aheadDays = 10

/** Reminders of care tasks: when they are due, when they are late, and what a person is offered. */
export async function careTellings({ store, now }: House): Promise<Telling[]> {
  const today = dayOf(now())
  const tasks = await store.careTasks.due(dayAfter(today, aheadDays))
  return tasks.flatMap((task) => careTellingsOf(task, today))
}
