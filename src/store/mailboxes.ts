import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Bilingual } from '../domain/assessment.ts'
import type { Event } from '../domain/event.ts'
import type { Cursor } from '../domain/mail.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { mailboxes } from './tables.ts'

/** One IMAP account and folder with its department and its sending identity (受信箱). */
export type Mailbox = {
  readonly id: string
  readonly name: string
  readonly department: Bilingual
  readonly address: string
  readonly folder: string
  readonly cursor: Cursor | null
  readonly lastContactAt: Instant | null
  /** What keeps the mailbox from being read, in words; null where all is well. */
  readonly trouble: string | null
}

export type NewMailbox = Pick<Mailbox, 'id' | 'name' | 'department' | 'address' | 'folder'>

export type Mailboxes = {
  list(): Promise<Mailbox[]>
  find(name: string): Promise<Mailbox | null>
  add(mailbox: NewMailbox, at: Instant): Promise<void>
  /** Starts over where the server says that its UIDs mean something else now (RFC 9051). */
  reset(mailbox: Mailbox, uidValidity: string, at: Instant): Promise<void>
  /** Notes how the last contact went; `trouble` is null where it went well. */
  note(id: string, at: Instant, trouble: string | null): Promise<void>
}

export function mailboxesIn(core: Core): Mailboxes {
  const { db } = core
  return {
    async list() {
      const rows = await db.select().from(mailboxes).orderBy(asc(mailboxes.id))
      return rows.map(mailboxOf)
    },
    async find(name) {
      const [row] = await db.select().from(mailboxes).where(eq(mailboxes.name, name))
      return row ? mailboxOf(row) : null
    },
    add(mailbox, at) {
      const { id: mailboxId, name, address } = mailbox
      const added: Event = { kind: 'mailbox_added', at, by: null, mailboxId, name, address }
      return core.commit([added], (tx) => [
        tx
          .insert(mailboxes)
          .values({ ...mailbox, uid: 0 })
          .returning({ id: mailboxes.id }),
      ])
    },
    reset({ id, cursor }, uidValidity, at) {
      const event: Event = { kind: 'mailbox_reset', at, by: null, mailboxId: id, uidValidity }
      const before = cursor
        ? eq(mailboxes.uidValidity, cursor.uidValidity)
        : isNull(mailboxes.uidValidity)
      return core.commit([event], (tx) => [
        tx
          .update(mailboxes)
          .set({ uidValidity, uid: 0 })
          .where(and(eq(mailboxes.id, id), before))
          .returning({ id: mailboxes.id }),
      ])
    },
    note(id, at, trouble) {
      const contact = trouble === null ? { lastContactAt: at } : {}
      return core.write((tx) => [
        tx
          .update(mailboxes)
          .set({ ...contact, trouble })
          .where(eq(mailboxes.id, id))
          .returning({ id: mailboxes.id }),
      ])
    },
  }
}

function mailboxOf(row: typeof mailboxes.$inferSelect): Mailbox {
  const { uidValidity, uid, ...mailbox } = row
  return { ...mailbox, cursor: uidValidity === null ? null : { uidValidity, uid } }
}
