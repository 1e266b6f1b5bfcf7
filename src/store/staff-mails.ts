import { and, asc, eq, lte } from 'drizzle-orm'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Tx, Write } from './engine.ts'
import { staffMails } from './tables.ts'

/** Mail to somebody of the staff about accounts; `content` is sealed. */
export type StaffMail = {
  readonly id: string
  readonly toAddress: string
  readonly content: string
  readonly attempts: number
  readonly nextAttemptAt: Instant
}

export type StaffMails = {
  due(at: Instant, limit: number): Promise<StaffMail[]>
  /** Notes an attempt before it is made, with the time of the next one. */
  attempt(mail: StaffMail, nextAttemptAt: Instant): Promise<void>
  /** It was sent, or will not be: its words go as well. */
  forget(mail: StaffMail): Promise<void>
}

export function staffMailsIn(core: Core): StaffMails {
  return {
    due(at, limit) {
      const rows = core.db
        .select()
        .from(staffMails)
        .where(lte(staffMails.nextAttemptAt, at))
        .orderBy(asc(staffMails.nextAttemptAt))
        .limit(limit)
      return Promise.resolve(rows)
    },
    attempt({ id, attempts }, nextAttemptAt) {
      return core.write((tx) => [
        tx
          .update(staffMails)
          .set({ attempts: attempts + 1, nextAttemptAt })
          .where(and(eq(staffMails.id, id), eq(staffMails.attempts, attempts)))
          .returning({ id: staffMails.id }),
      ])
    },
    forget({ id }) {
      return core.write((tx) => [
        tx.delete(staffMails).where(eq(staffMails.id, id)).returning({ id: staffMails.id }),
      ])
    },
  }
}

export function staffMailWrites(tx: Tx, mails: readonly StaffMail[]): Write[] {
  return mails.map((mail) => tx.insert(staffMails).values(mail).returning({ id: staffMails.id }))
}
