import { and, asc, desc, eq, inArray, lte } from 'drizzle-orm'
import type { LetterState } from '../domain/letter.ts'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { ofReach } from './reach.ts'
import { writtenLetterOf } from './rows.ts'
import { letters } from './tables.ts'
import type { WrittenLetter } from './threads.ts'

export type Letters = {
  list(states: readonly LetterState[], limit: number): Promise<WrittenLetter[]>
  find(id: string): Promise<WrittenLetter | null>
  /** Approved and due, oldest first. */
  due(at: Instant, limit: number): Promise<WrittenLetter[]>
  /** Begun and not finished: by a postman who is at it, or by one who is gone. */
  begun(): Promise<WrittenLetter[]>
}

export function lettersIn({ db }: Core, reach: Reach = 'all'): Letters {
  const seen = ofReach(db, letters.threadId, reach)
  return {
    async list(states, limit) {
      const rows = await db
        .select()
        .from(letters)
        .where(and(inArray(letters.state, [...states]), seen))
        .orderBy(desc(letters.id))
        .limit(limit)
      return rows.map(writtenLetterOf)
    },
    async find(id) {
      const [row] = await db
        .select()
        .from(letters)
        .where(and(eq(letters.id, id), seen))
      return row ? writtenLetterOf(row) : null
    },
    async due(at, limit) {
      const rows = await db
        .select()
        .from(letters)
        .where(and(eq(letters.state, 'queued'), lte(letters.nextAttemptAt, at), seen))
        .orderBy(asc(letters.nextAttemptAt))
        .limit(limit)
      return rows.map(writtenLetterOf)
    },
    async begun() {
      const rows = await db
        .select()
        .from(letters)
        .where(and(eq(letters.state, 'sending'), seen))
      return rows.map(writtenLetterOf)
    },
  }
}
