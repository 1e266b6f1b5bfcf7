import { and, asc, desc, eq, gt, isNotNull } from 'drizzle-orm'
import type { Drill, DrillCase } from '../domain/drill.ts'
import { keyOf } from '../domain/drill-choice.ts'
import type { Event } from '../domain/event.ts'
import type { Core } from './core.ts'
import type { Write } from './engine.ts'
import { drillCases, drills } from './tables.ts'

/** Drills (研修の演習). Who may see whose is said before they are read here. */
export type Drills = {
  find(id: string): Promise<Drill | null>
  /** Of that person, newest first. */
  ofPerson(personId: string): Promise<Drill[]>
  casesOf(drillId: string): Promise<DrillCase[]>
  /** What the person has answered, oldest first. */
  answersOf(personId: string): Promise<DrillCase[]>
  /** Cases that drills of that person have asked about, by name. */
  seenBy(personId: string): Promise<ReadonlySet<string>>
  /** Packs that were completed, newest first. */
  completed(): Promise<Drill[]>
  /** Throws `StaleWrite` where the person has such a drill open. */
  start(drill: Drill, cases: readonly DrillCase[], events: readonly Event[]): Promise<void>
  /** Saves what became of a case and its drill as they were read, or throws `StaleWrite`. */
  commit(before: Drill, after: Drill, one: DrillCase, events: readonly Event[]): Promise<void>
}

export function drillsIn(core: Core): Drills {
  return { ...reading(core), ...writing(core) }
}

type Writing = Pick<Drills, 'start' | 'commit'>

function reading({ db }: Core): Omit<Drills, keyof Writing> {
  return {
    async find(id) {
      const [row] = await db.select().from(drills).where(eq(drills.id, id))
      return row ?? null
    },
    ofPerson: (personId) =>
      db.select().from(drills).where(eq(drills.personId, personId)).orderBy(desc(drills.id)),
    async casesOf(drillId) {
      const mine = eq(drillCases.drillId, drillId)
      const rows = await db.select().from(drillCases).where(mine).orderBy(asc(drillCases.place))
      return rows.map(caseOf)
    },
    async answersOf(personId) {
      const rows = await db
        .select({ row: drillCases })
        .from(drillCases)
        .innerJoin(drills, eq(drills.id, drillCases.drillId))
        .where(and(eq(drills.personId, personId), eq(drillCases.state, 'answered')))
        .orderBy(asc(drillCases.answeredAt), asc(drillCases.place))
      return rows.map(({ row }) => caseOf(row))
    },
    async seenBy(personId) {
      const rows = await db
        .select({ row: drillCases })
        .from(drillCases)
        .innerJoin(drills, eq(drills.id, drillCases.drillId))
        .where(eq(drills.personId, personId))
      return new Set(rows.map(({ row }) => keyOf(caseOf(row).ref)))
    },
    completed: () =>
      db
        .select()
        .from(drills)
        .where(and(eq(drills.state, 'done'), isNotNull(drills.endedAt), gt(drills.answered, 0)))
        .orderBy(desc(drills.endedAt), desc(drills.id)),
  }
}

function writing(core: Core): Writing {
  return {
    start: (drill, cases, events) =>
      core.commit(events, (tx) => [
        tx.insert(drills).values(drill).onConflictDoNothing().returning({ id: drills.id }),
        ...cases.map(
          (one): Write => tx.insert(drillCases).values(rowOf(one)).returning({ id: drillCases.id }),
        ),
      ]),
    commit: (before, after, one, events) =>
      core.commit(events, (tx) => {
        const { passed, answered, agreed, exact, state, endedAt } = after
        return [
          tx
            .update(drills)
            .set({ passed, answered, agreed, exact, state, endedAt })
            .where(and(eq(drills.id, before.id), eq(drills.passed, before.passed)))
            .returning({ id: drills.id }),
          tx
            .update(drillCases)
            .set({
              ...{ state: one.state, answer: one.answer },
              ...{ expected: one.expected, answeredAt: one.answeredAt },
            })
            .where(and(eq(drillCases.id, one.id), eq(drillCases.state, 'open')))
            .returning({ id: drillCases.id }),
        ]
      }),
  }
}

function rowOf({ ref, ...one }: DrillCase): typeof drillCases.$inferInsert {
  return ref.kind === 'own'
    ? { ...one, code: ref.code }
    : { ...one, threadId: ref.threadId, decisionId: ref.decisionId }
}

function caseOf(row: typeof drillCases.$inferSelect): DrillCase {
  const { threadId, decisionId, code, ...one } = row
  if (code !== null) return { ...one, ref: { kind: 'own', code } }
  return { ...one, ref: { kind: 'mail', threadId: threadId ?? '', decisionId: decisionId ?? '' } }
}
