import { and, count, eq, gte, inArray, lt } from 'drizzle-orm'
import { harshFrom, type Load } from '../domain/assignment.ts'
import type { Severity } from '../domain/category.ts'
import type { Event } from '../domain/event.ts'
import { burdenOf, burdenSince, type Opening } from '../domain/exposure.ts'
import { rankOutside } from '../domain/matter.ts'
import type { Person } from '../domain/person.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Write } from './engine.ts'
import { absences, automaticAssignments, exposures, threads } from './tables.ts'

type Of<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>

/** Who may be given new threads, and how much they have on their hands. */
export type Assignments = {
  /** Ids of the mailboxes whose new threads are given to people by load. */
  automatic(): Promise<ReadonlySet<string>>
  absent(): Promise<ReadonlySet<string>>
  /** Their open threads, and how what they opened weighs on them at that instant. */
  loads(people: readonly Person[], at: Instant, halfLifeDays: number): Promise<Load[]>
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
    async loads(people, at, halfLifeDays) {
      const away = await absent()
      const open = await openOf(core, people)
      const last = await lastGiven(core, people, at)
      const opened = await openedBy(core, people, burdenSince(at, halfLifeDays))
      return people.map((person) => ({
        person,
        absent: away.has(person.id),
        open: open.get(person.id)?.open ?? 0,
        harsh: open.get(person.id)?.harsh ?? 0,
        lastHarsh: (last.get(person.id)?.severity ?? 0) >= harshFrom,
        burden: burdenOf(opened.get(person.id) ?? [], at, halfLifeDays),
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

type OpenThreads = { readonly open: number; readonly harsh: number }

async function openOf(
  { db }: Core,
  people: readonly Person[],
): Promise<ReadonlyMap<string, OpenThreads>> {
  const ids = people.map(({ id }) => id)
  const rows = await db
    .select({ id: threads.assignee, severity: threads.severity, n: count() })
    .from(threads)
    .where(and(inArray(threads.assignee, ids), lt(threads.rank, rankOutside)))
    .groupBy(threads.assignee, threads.severity)
  const found = new Map<string, OpenThreads>()
  for (const { id, severity, n } of rows) {
    const { open, harsh } = found.get(id) ?? { open: 0, harsh: 0 }
    found.set(id, { open: open + n, harsh: harsh + (severity >= harshFrom ? n : 0) })
  }
  return found
}

/** What was given to somebody longer ago is no matter of "in a row". */
const rowDays = 7

type Given = { readonly severity: Severity; readonly at: Instant }

/** What each of them got last, done since or not. */
async function lastGiven(
  { db }: Core,
  people: readonly Person[],
  at: Instant,
): Promise<ReadonlyMap<string, Given>> {
  const ids = people.map(({ id }) => id)
  const { assignee, assignment, severity, lastAt } = threads
  const rows = await db
    .select({ id: assignee, assignment, severity })
    .from(threads)
    .where(and(inArray(assignee, ids), gte(lastAt, daysAfter(at, -rowDays))))
  const last = new Map<string, Given>()
  for (const row of rows) {
    const given = { severity: row.severity, at: row.assignment?.at ?? '' }
    if (given.at > (last.get(row.id)?.at ?? '')) last.set(row.id, given)
  }
  return last
}

async function openedBy(
  { db }: Core,
  people: readonly Person[],
  since: Instant,
): Promise<ReadonlyMap<string, Opening[]>> {
  const ids = people.map(({ id }) => id)
  const rows = await db
    .select({ id: exposures.personId, severity: exposures.severity, at: exposures.at })
    .from(exposures)
    .where(and(inArray(exposures.personId, ids), gte(exposures.at, since)))
  return Map.groupBy(rows, ({ id }) => id)
}
