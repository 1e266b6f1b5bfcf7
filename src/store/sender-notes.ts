import { asc, gt } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { senderNotes } from './tables.ts'

/** A short internal note on a sender. */
export type SenderNote = {
  readonly id: string
  readonly senderId: string
  readonly mailboxId: string
  readonly author: string
  readonly at: Instant
  readonly text: string
  readonly textSha256: string
  readonly corrects: string | null
}

export type SenderNotes = {
  add(note: SenderNote, event: Event): Promise<void>
  /** SenderNotes after an id, in order: to check them all. */
  after(id: string, limit: number): Promise<SenderNote[]>
}

export function senderNotesIn(core: Core): SenderNotes {
  return {
    add(note, event) {
      return core.commit([event], (tx) => [
        tx.insert(senderNotes).values(note).returning({ id: senderNotes.id }),
      ])
    },
    async after(id, limit) {
      return core.db
        .select()
        .from(senderNotes)
        .where(gt(senderNotes.id, id))
        .orderBy(asc(senderNotes.id))
        .limit(limit)
    },
  }
}
