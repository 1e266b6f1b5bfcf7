import { and, asc, eq, gt, isNotNull, lt } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Arrival, TouchedThread } from './arrivals.ts'
import {
  assessmentRows,
  attachmentRows,
  eventWrites,
  threadUpdate,
  viewColumns,
} from './arrivals.writes.ts'
import type { Core } from './core.ts'
import type { Tx, Write } from './engine.ts'
import { assessments, attachments, messages, searchTexts } from './tables.ts'

/** A mail that could not be read, as it was filed; its bytes are in `raws`. */
export type UnreadMail = Pick<
  typeof messages.$inferSelect,
  | 'id'
  | 'threadId'
  | 'direction'
  | 'fromAddress'
  | 'fromName'
  | 'sentAt'
  | 'receivedAt'
  | 'mutedBy'
  | 'identity'
  | 'nature'
  | 'rawSha256'
  | 'reader'
>

/** A mail that was read again: its new view in place of the one by an older reader. */
export type Reread = {
  readonly before: UnreadMail
  readonly arrival: Arrival
  readonly thread: TouchedThread
  readonly events: readonly Event[]
}

export type Rereads = {
  /** Mails that readers before that version could not read, by id, after the one given. */
  unread(before: number, after: string, limit: number): Promise<UnreadMail[]>
  /** The mail as it is filed now; null where it has become readable meanwhile. */
  find(id: string): Promise<UnreadMail | null>
  /** Puts the new view in place, with its events, or throws `StaleWrite` and changes nothing. */
  commit(reread: Reread): Promise<void>
}

export function rereadsIn(core: Core): Rereads {
  return {
    unread: (before, after, limit) =>
      core.db
        .select(asFiled)
        .from(messages)
        .where(
          and(isNotNull(messages.unreadable), lt(messages.reader, before), gt(messages.id, after)),
        )
        .orderBy(asc(messages.id))
        .limit(limit),
    async find(id) {
      const unread = and(eq(messages.id, id), isNotNull(messages.unreadable))
      const [row] = await core.db.select(asFiled).from(messages).where(unread)
      return row ?? null
    },
    commit: (reread) => core.commit(reread.events, (tx) => rereadWrites(tx, reread)),
  }
}

const asFiled = {
  id: messages.id,
  threadId: messages.threadId,
  direction: messages.direction,
  fromAddress: messages.fromAddress,
  fromName: messages.fromName,
  sentAt: messages.sentAt,
  receivedAt: messages.receivedAt,
  mutedBy: messages.mutedBy,
  identity: messages.identity,
  nature: messages.nature,
  rawSha256: messages.rawSha256,
  reader: messages.reader,
}

function rereadWrites(tx: Tx, { before, arrival, thread, events }: Reread): Write[] {
  const unchanged = and(eq(messages.id, before.id), eq(messages.reader, before.reader))
  return [
    ...threadUpdate(tx, thread),
    tx
      .update(messages)
      .set(viewColumns(arrival.mail))
      .where(and(unchanged, isNotNull(messages.unreadable)))
      .returning({ id: messages.id }),
    tx
      .update(searchTexts)
      .set({ terms: arrival.terms })
      .where(eq(searchTexts.messageId, before.id))
      .returning({ id: searchTexts.messageId }),
    ...tx.add(attachments, attachmentRows(arrival)),
    ...assessmentRows(arrival).map((row) =>
      tx
        .insert(assessments)
        .values(row)
        .onConflictDoUpdate({ target: assessments.messageId, set: row })
        .returning({ id: assessments.messageId }),
    ),
    ...events.flatMap((event) => eventWrites(tx, event)),
  ]
}
