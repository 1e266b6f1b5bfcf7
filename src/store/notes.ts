import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { DeskEvent } from '../domain/desk-event.ts'
import type { Event } from '../domain/event.ts'
import type { Note } from '../domain/note.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { mentions, notes } from './tables.ts'

/** An internal note with its words. */
export type StoredNote = Note & { readonly body: string; readonly at: Instant }

type Of<Kind extends DeskEvent['kind']> = Extract<Event, { kind: Kind }>

export type Notes = {
  /** Of one thread, oldest first. */
  of(threadId: string): Promise<StoredNote[]>
  ofThreads(threadIds: readonly string[]): Promise<StoredNote[]>
  find(id: string): Promise<StoredNote | null>
  write(event: Of<'note_written'>, body: string): Promise<void>
  /** Throws `StaleWrite` where it was withdrawn meanwhile. */
  withdraw(event: Of<'note_withdrawn'>): Promise<void>
  /** Notes of a thread that call the person, who has not said yet that they saw them. */
  unread(threadId: string, personId: string): Promise<ReadonlySet<string>>
  /** The person has seen it; where it does not call them, or they had, nothing happens. */
  markRead(noteId: string, personId: string, at: Instant): Promise<void>
}

export function notesIn(core: Core): Notes {
  const { db } = core
  const list = (threadIds: readonly string[]) =>
    db
      .select()
      .from(notes)
      .where(inArray(notes.threadId, [...threadIds]))
      .orderBy(asc(notes.at), asc(notes.id))
  return {
    async of(threadId) {
      return list([threadId])
    },
    async ofThreads(threadIds) {
      return list(threadIds)
    },
    async find(id) {
      const [row] = await db.select().from(notes).where(eq(notes.id, id))
      return row ?? null
    },
    write: (event, body) => write(core, event, body),
    withdraw(event) {
      return core.commit([event], (tx) => [
        tx
          .update(notes)
          .set({ withdrawnAt: event.at })
          .where(and(eq(notes.id, event.noteId), isNull(notes.withdrawnAt)))
          .returning({ id: notes.id }),
      ])
    },
    ...readingIn(core),
  }
}

/** Who has seen what calls them: theirs alone, and no event. */
function readingIn({ db }: Core): Pick<Notes, 'unread' | 'markRead'> {
  return {
    async unread(threadId, personId) {
      const rows = await db
        .select({ id: mentions.noteId })
        .from(mentions)
        .where(
          and(
            eq(mentions.personId, personId),
            isNull(mentions.readAt),
            eq(mentions.threadId, threadId),
          ),
        )
      return new Set(rows.map(({ id }) => id))
    },
    async markRead(noteId, personId, at) {
      await db
        .update(mentions)
        .set({ readAt: at })
        .where(
          and(
            eq(mentions.noteId, noteId),
            eq(mentions.personId, personId),
            isNull(mentions.readAt),
          ),
        )
    },
  }
}

function write(core: Core, event: Of<'note_written'>, body: string): Promise<void> {
  const { noteId: id, threadId, at } = event
  const row = { id, threadId, author: event.by ?? '', body, at, withdrawnAt: null }
  const called = event.mentions.map((personId) => ({
    id: `${id}/${personId}`,
    noteId: id,
    threadId,
    personId,
    at,
  }))
  return core.commit([event], (tx) => [
    tx
      .insert(notes)
      .values({ ...row, mentions: [...event.mentions] })
      .returning({ id: notes.id }),
    ...tx.add(mentions, called),
  ])
}
