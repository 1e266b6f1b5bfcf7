import { and, asc, desc, eq, gt, gte, inArray, ne } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Ground, Identity } from '../domain/mail.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db, Write } from './engine.ts'
import { mailboxes, messages } from './tables.ts'

/** A received mail, as far as its identity goes. */
export type Received = {
  readonly id: string
  readonly threadId: string
  readonly rawSha256: string
  readonly receivedAt: Instant
  readonly identity: Identity
  readonly ground: Ground | null
  readonly mutedBy: string | null
}

export type Identities = {
  /** Mails that came in since an instant, page by page, in the order of their ids. */
  since(at: Instant): AsyncIterable<readonly Received[]>
  /** The newest mails of these mailboxes, or of all. */
  newest(mailboxIds: readonly string[] | null, limit: number): Promise<Received[]>
  /** Mailboxes' ids by name; all of them without one. */
  mailboxIds(name: string | undefined): Promise<string[]>
  /** Mails that are kept in that mailbox under one of these Message-IDs, with their bytes' hash. */
  sameMessageId(
    mailboxId: string,
    messageIds: readonly string[],
  ): Promise<{ readonly messageId: string | null; readonly rawSha256: string }[]>
}

const pageSize = 200

export function identitiesIn({ db }: Core): Identities {
  // Who reports on a letter of ours says nothing of who wrote the thread's mails.
  const incoming = and(eq(messages.direction, 'in'), ne(messages.nature, 'report'))
  return {
    async *since(at) {
      for (let last = ''; ; ) {
        const page = await db
          .select(columns)
          .from(messages)
          .where(and(incoming, gte(messages.receivedAt, at), gt(messages.id, last)))
          .orderBy(asc(messages.id))
          .limit(pageSize)
        if (page.length === 0) return
        yield page
        last = page.at(-1)?.id ?? ''
      }
    },
    newest(mailboxIds, limit) {
      const here = mailboxIds ? inArray(messages.mailboxId, [...mailboxIds]) : undefined
      return db
        .select(columns)
        .from(messages)
        .where(and(incoming, here))
        .orderBy(desc(messages.id))
        .limit(limit)
    },
    async mailboxIds(name) {
      const named = name === undefined ? undefined : eq(mailboxes.name, name)
      const rows = await db.select({ id: mailboxes.id }).from(mailboxes).where(named)
      return rows.map(({ id }) => id)
    },
    sameMessageId(mailboxId, messageIds) {
      const { messageId, rawSha256 } = messages
      return db
        .select({ messageId, rawSha256 })
        .from(messages)
        .where(and(eq(messages.mailboxId, mailboxId), inArray(messageId, [...messageIds])))
    },
  }
}

const columns = {
  id: messages.id,
  threadId: messages.threadId,
  rawSha256: messages.rawSha256,
  receivedAt: messages.receivedAt,
  identity: messages.identity,
  ground: messages.ground,
  mutedBy: messages.mutedBy,
}

/** The row of a mail whose identity was looked at again. */
export function recheckWrite(
  tx: Db,
  { messageId, was, identity, ground }: Extract<Event, { kind: 'identity_rechecked' }>,
): Write {
  return tx
    .update(messages)
    .set({ identity, ground })
    .where(and(eq(messages.id, messageId), eq(messages.identity, was)))
    .returning({ id: messages.id })
}
