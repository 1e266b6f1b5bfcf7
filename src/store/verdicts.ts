import { asc, inArray } from 'drizzle-orm'
import type { Db } from './engine.ts'
import { decisions, letters, reviews } from './tables.ts'

export type VerdictRows = {
  readonly given: readonly (typeof reviews.$inferSelect)[]
  readonly decided: readonly (typeof decisions.$inferSelect)[]
  readonly written: readonly (typeof letters.$inferSelect)[]
}

export type VerdictsOf = (threadId: string) => VerdictRows

/** The rows of everything that people did on these threads, oldest first. */
export async function verdictRows(db: Db, threadIds: readonly string[]): Promise<VerdictsOf> {
  const ids = [...threadIds]
  const [given, decided, written] = await Promise.all([
    db
      .select()
      .from(reviews)
      .where(inArray(reviews.threadId, ids))
      .orderBy(asc(reviews.revision), asc(reviews.place)),
    db
      .select()
      .from(decisions)
      .where(inArray(decisions.threadId, ids))
      .orderBy(asc(decisions.revision)),
    db.select().from(letters).where(inArray(letters.threadId, ids)).orderBy(asc(letters.id)),
  ])
  const of = <Row extends { threadId: string }>(rows: readonly Row[]) => {
    const byThread = Map.groupBy(rows, ({ threadId }) => threadId)
    return (threadId: string) => byThread.get(threadId) ?? []
  }
  const [givenOf, decidedOf, writtenOf] = [of(given), of(decided), of(written)]
  return (id) => ({ given: givenOf(id), decided: decidedOf(id), written: writtenOf(id) })
}
