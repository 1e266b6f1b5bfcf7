import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import type { Day } from '../domain/business-day.ts'
import { applyToTask, type CareKind, type CareTask } from '../domain/care.ts'
import type { CareEvent } from '../domain/care-event.ts'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db, Write } from './engine.ts'
import { careNotes, careTasks, exposures } from './tables.ts'

/** What was written on a task, as it is kept: sealed. */
export type CareNote = {
  readonly id: string
  readonly taskId: string
  readonly author: string
  readonly words: string
  readonly at: Instant
}

/** Care tasks. Whoever reads them here says first that they may; the words stay sealed. */
export type CareTasks = {
  find(id: string): Promise<CareTask | null>
  /** For that person, open ones first by their date. */
  ofPerson(personId: string): Promise<CareTask[]>
  /** Open ones that this supervisor has, by their date. */
  openOf(assignee: string): Promise<CareTask[]>
  /** Open ones that none of these supervisors has. */
  openOfNobody(carers: readonly string[]): Promise<CareTask[]>
  /** Open ones whose date has come. */
  due(by: Day): Promise<CareTask[]>
  /** How many open ones each supervisor has. */
  busy(): Promise<ReadonlyMap<string, number>>
  /** What each of these people has open. */
  openKinds(personIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<CareKind>>>
  /** Who opened a passage of that thread. */
  exposedTo(threadId: string): Promise<string[]>
  /** Throws `StaleWrite` where the person got such a task meanwhile. */
  make(tasks: readonly CareTask[], events: readonly Event[]): Promise<void>
  /** Saves what happened to a task as it was read, or throws `StaleWrite`. */
  commit(task: CareTask, events: readonly (CareEvent & Event)[], note?: CareNote): Promise<void>
  notesOf(taskId: string): Promise<CareNote[]>
  /** Every note, in pages: to be sealed anew. */
  notesAfter(id: string, limit: number): Promise<CareNote[]>
  reseal(note: CareNote, words: string): Promise<void>
  /** Every task, in pages: to be compared with the log. */
  after(id: string, limit: number): Promise<CareTask[]>
}

export function careTasksIn(core: Core): CareTasks {
  return { ...lists(core), ...pages(core), ...writing(core) }
}

type Lists = Omit<CareTasks, keyof Pages | keyof Writing>
type Pages = Pick<CareTasks, 'notesOf' | 'notesAfter' | 'after'>
type Writing = Pick<CareTasks, 'make' | 'commit' | 'reseal'>

function lists({ db }: Core): Lists {
  const open = eq(careTasks.state, 'open')
  return {
    async find(id) {
      const [row] = await db.select().from(careTasks).where(eq(careTasks.id, id))
      return row ?? null
    },
    async ofPerson(personId) {
      const mine = eq(careTasks.personId, personId)
      const rows = await db.select().from(careTasks).where(mine).orderBy(asc(careTasks.dueOn))
      return [...rows.filter(isOpen), ...rows.filter((task) => !isOpen(task)).toReversed()]
    },
    openOf: (assignee) =>
      db
        .select()
        .from(careTasks)
        .where(and(open, eq(careTasks.assignee, assignee)))
        .orderBy(asc(careTasks.dueOn), asc(careTasks.id)),
    async openOfNobody(carers) {
      const held = new Set(carers)
      const rows = await db.select().from(careTasks).where(open).orderBy(asc(careTasks.dueOn))
      return rows.filter(({ assignee }) => assignee === null || !held.has(assignee))
    },
    due: (by) =>
      db
        .select()
        .from(careTasks)
        .where(and(open, lte(careTasks.dueOn, by))),
    busy: () => busyIn(db),
    openKinds: (personIds) => openKindsIn(db, personIds),
    async exposedTo(threadId) {
      const rows = await db
        .selectDistinct({ id: exposures.personId })
        .from(exposures)
        .where(eq(exposures.threadId, threadId))
      return rows.map(({ id }) => id).toSorted()
    },
  }
}

function pages({ db }: Core): Pages {
  return {
    notesOf: (taskId) =>
      db.select().from(careNotes).where(eq(careNotes.taskId, taskId)).orderBy(asc(careNotes.id)),
    notesAfter: (id, limit) =>
      db
        .select()
        .from(careNotes)
        .where(gt(careNotes.id, id))
        .orderBy(asc(careNotes.id))
        .limit(limit),
    after: (id, limit) =>
      db
        .select()
        .from(careTasks)
        .where(gt(careTasks.id, id))
        .orderBy(asc(careTasks.id))
        .limit(limit),
  }
}

function writing(core: Core): Writing {
  return {
    make: (tasks, events) => core.commit(events, (tx) => careWrites(tx, tasks)),
    commit: (task, events, note) =>
      core.commit(events, (tx) => [
        ...moveWrites(tx, task, events.reduce(applyToTask, task)),
        ...(note ? [tx.insert(careNotes).values(note).returning({ id: careNotes.id })] : []),
      ]),
    reseal: ({ id, words: old }, words) =>
      core.write((tx) => [
        tx
          .update(careNotes)
          .set({ words })
          .where(and(eq(careNotes.id, id), eq(careNotes.words, old)))
          .returning({ id: careNotes.id }),
      ]),
  }
}

/** Rows of new tasks; one that the person has open already makes the commit stale. */
export function careWrites(tx: Db, tasks: readonly CareTask[]): Write[] {
  return tasks.map((task) =>
    tx.insert(careTasks).values(task).onConflictDoNothing().returning({ id: careTasks.id }),
  )
}

/** Also where only a note is written: who reads it must still be who was looked at. */
function moveWrites(tx: Db, before: CareTask, { assignee, state, endedAt }: CareTask): Write[] {
  const held = before.assignee
  return [
    tx
      .update(careTasks)
      .set({ assignee, state, endedAt })
      .where(
        and(
          eq(careTasks.id, before.id),
          eq(careTasks.state, before.state),
          held === null ? isNull(careTasks.assignee) : eq(careTasks.assignee, held),
        ),
      )
      .returning({ id: careTasks.id }),
  ]
}

async function busyIn(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select({ id: careTasks.assignee, n: count() })
    .from(careTasks)
    .where(and(eq(careTasks.state, 'open'), isNotNull(careTasks.assignee)))
    .groupBy(careTasks.assignee)
  return new Map(rows.map(({ id, n }) => [id ?? '', n]))
}

async function openKindsIn(
  db: Db,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<CareKind>>> {
  const rows = await db
    .select({ id: careTasks.personId, kind: careTasks.kind })
    .from(careTasks)
    .where(and(eq(careTasks.state, 'open'), inArray(careTasks.personId, [...personIds])))
  const byPerson = Map.groupBy(rows, ({ id }) => id)
  return new Map([...byPerson].map(([id, some]) => [id, new Set(some.map(({ kind }) => kind))]))
}

function isOpen({ state }: CareTask): boolean {
  return state === 'open'
}
