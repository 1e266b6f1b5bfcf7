import { and, eq, isNull } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Cursor } from '../domain/mail.ts'
import type { FolderTrouble } from '../domain/mailbox.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db, Write } from './engine.ts'
import { folders } from './tables.ts'

/** One folder of a mailbox on the mail server, and how far we have read it. */
export type Folder = {
  readonly id: string
  readonly mailboxId: string
  readonly name: string
  /** False for one that is not read any more; its place is kept in case it is again. */
  readonly watched: boolean
  readonly cursor: Cursor | null
  /** RFC 7162: the folder's state when nothing was left above the cursor. */
  readonly modSeq: string | null
  /** Mails that the server had and we had not fetched yet, as of the last look. */
  readonly remaining: number
  /** When everything that was there at first had been stored. */
  readonly firstSyncedAt: Instant | null
  readonly lastContactAt: Instant | null
  /** From the server's INTERNALDATE of the newest mail until we stored it. */
  readonly lagSeconds: number | null
  /** What keeps the folder from being read; null where all is well. */
  readonly trouble: FolderTrouble | null
}

/** How a look at the folder went. */
export type Contact = {
  readonly at: Instant
  readonly remaining: number
  readonly lagSeconds: number | null
  readonly modSeq: string | null
}

export type Folders = {
  /** Starts over where the server says that its UIDs mean something else now (RFC 9051). */
  reset(folder: Folder, uidValidity: string, at: Instant): Promise<void>
  /** Notes that all went well; the first time nothing remains, the first synchronisation is over. */
  contacted(folder: Folder, contact: Contact): Promise<void>
  /** Notes what keeps the folder from being read. */
  troubled(folderId: string, trouble: FolderTrouble): Promise<void>
}

export function foldersIn(core: Core): Folders {
  return {
    reset({ id, mailboxId, name, cursor }, uidValidity, at) {
      const event: Event = {
        kind: 'mailbox_reset',
        at,
        by: null,
        mailboxId,
        folder: name,
        uidValidity,
      }
      const before = cursor
        ? eq(folders.uidValidity, cursor.uidValidity)
        : isNull(folders.uidValidity)
      return core.commit([event], (tx) => [
        tx
          .update(folders)
          .set({ uidValidity, uid: 0, modSeq: null })
          .where(and(eq(folders.id, id), before))
          .returning({ id: folders.id }),
      ])
    },
    contacted({ id, firstSyncedAt, lagSeconds: lagBefore }, { at, remaining, lagSeconds, modSeq }) {
      const synced = firstSyncedAt ?? (remaining === 0 ? at : null)
      const row = { lastContactAt: at, remaining, trouble: null, modSeq, firstSyncedAt: synced }
      return core.write((tx) => [
        tx
          .update(folders)
          .set({ ...row, lagSeconds: lagSeconds ?? lagBefore })
          .where(eq(folders.id, id))
          .returning({ id: folders.id }),
      ])
    },
    troubled(folderId, trouble) {
      return core.write((tx) => [
        tx
          .update(folders)
          .set({ trouble })
          .where(eq(folders.id, folderId))
          .returning({ id: folders.id }),
      ])
    },
  }
}

/** Makes exactly these folders the ones that are read; the place in the others is kept. */
export function folderWrites(
  tx: Db,
  mailboxId: string,
  names: readonly string[],
  before: readonly Folder[],
  newId: () => string,
): Write[] {
  const known = new Set(before.map(({ name }) => name))
  const added = names
    .filter((name) => !known.has(name))
    .map((name) => ({ id: newId(), mailboxId, name, watched: true, uid: 0, remaining: 0 }))
  const turned = before.filter(({ name, watched }) => names.includes(name) !== watched)
  return [
    ...(added.length > 0 ? [tx.insert(folders).values(added).returning({ id: folders.id })] : []),
    ...turned.map(({ id, watched }) =>
      tx
        .update(folders)
        .set({ watched: !watched, trouble: null })
        .where(eq(folders.id, id))
        .returning({ id: folders.id }),
    ),
  ]
}

export function folderOf(row: typeof folders.$inferSelect): Folder {
  const { uidValidity, uid, ...folder } = row
  return { ...folder, cursor: uidValidity === null ? null : { uidValidity, uid } }
}
