import { and, count, eq, gte, inArray, lt } from 'drizzle-orm'
import type { Load } from '../domain/assignment.ts'
import type { Event } from '../domain/event.ts'
import { rankOutside } from '../domain/matter.ts'
import type { Person } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Write } from './engine.ts'
import { absences, automaticAssignments, exposures, threads } from './tables.ts'

type Of<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>

/** Who may be given new threads, and how much they have on their hands. */
export type Assignments = {
  /** Ids of the mailboxes whose new threads are given to people by load. */
  automatic(): Promise<ReadonlySet<string>>
  absent(): Promise<ReadonlySet<string>>
  /** Their open threads, and their exposures since then. */
  loads(people: readonly Person[], since: Instant): Promise<Load[]>
  /** Throws `StaleWrite` where it was so already. */
  setAutomatic(event: Of<'assignment_set'>): Promise<void>
  setAbsence(event: Of<'absence_set'>): Promise<void>
}

export function assignmentsIn(core: Core): Assignments {
  const { db } = core
  const absent = async () => new Set((await db.select().from(absences)).map(({ id }) => id))
  return {
    async automatic() {
      return new Set((await db.select().from(automaticAssignments)).map(({ id }) => id))
    },
    absent,
    async loads(people, since) {
      const away = await absent()
      const [open, exposed] = [await openOf(core, people), await exposedOf(core, people, since)]
      return people.map((person) => ({
        person,
        absent: away.has(person.id),
        open: open.get(person.id) ?? 0,
        exposures: exposed.get(person.id) ?? 0,
      }))
    },
    setAutomatic(event) {
      const { mailboxId, automatic, at } = event
      return set(core, event, automaticAssignments, mailboxId, automatic ? at : null)
    },
    setAbsence(event) {
      return set(core, event, absences, event.personId, event.absent ? event.at : null)
    },
  }
}

/** A row that is there, or not. */
function set(
  core: Core,
  event: Event,
  table: typeof absences | typeof automaticAssignments,
  id: string,
  since: Instant | null,
): Promise<void> {
  return core.commit([event], (tx): Write[] => [
    since === null
      ? tx.delete(table).where(eq(table.id, id)).returning({ id: table.id })
      : tx.insert(table).values({ id, since }).returning({ id: table.id }),
  ])
}

async function openOf({ db }: Core, people: readonly Person[]): Promise<Map<string, number>> {
  const ids = people.map(({ id }) => id)
  const rows = await db
    .select({ id: threads.assignee, n: count() })
    .from(threads)
    .where(and(inArray(threads.assignee, ids), lt(threads.rank, rankOutside)))
    .groupBy(threads.assignee)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

async function exposedOf(
  { db }: Core,
  people: readonly Person[],
  since: Instant,
): Promise<Map<string, number>> {
  const ids = people.map(({ id }) => id)
  const rows = await db
    .select({ id: exposures.personId, n: count() })
    .from(exposures)
    .where(and(inArray(exposures.personId, ids), gte(exposures.at, since)))
    .groupBy(exposures.personId)
  return new Map(rows.map(({ id, n }) => [id, n]))
}
