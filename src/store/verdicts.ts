import { asc, eq } from 'drizzle-orm'
import type { Db } from './engine.ts'
import { decisions, letters, reviews } from './tables.ts'

/** The rows of everything that people did on a thread, oldest first. */
export async function verdictRows(db: Db, threadId: string) {
  const given = await db
    .select()
    .from(reviews)
    .where(eq(reviews.threadId, threadId))
    .orderBy(asc(reviews.revision), asc(reviews.place))
  const decided = await db
    .select()
    .from(decisions)
    .where(eq(decisions.threadId, threadId))
    .orderBy(asc(decisions.revision))
  const written = await db
    .select()
    .from(letters)
    .where(eq(letters.threadId, threadId))
    .orderBy(asc(letters.id))
  return { given, decided, written }
}
