import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Core } from './core.ts'
import { incidents, mailboxes, messages, senderAddresses, senders, threads } from './tables.ts'

/** A mail of a case without a word of its text. */
export type CaseMail = Pick<typeof messages.$inferSelect, keyof typeof mailColumns> & {
  readonly mailbox: string
}

/** What a case is made of, by ids; words and bytes are read one by one. */
export type Dossiers = {
  /** The sender with that id, or the one that is known by that address. */
  sender(idOrAddress: { readonly id: string; readonly address: string }): Promise<string | null>
  /** Every mail in the threads of these senders, in the order that they came in. */
  mailIds(senderIds: readonly string[]): Promise<{ id: string; threadId: string }[]>
  incidentIds(senderIds: readonly string[]): Promise<string[]>
  /** These mails, in the order of their ids. */
  mails(ids: readonly string[]): Promise<CaseMail[]>
}

const mailColumns = {
  id: messages.id,
  threadId: messages.threadId,
  direction: messages.direction,
  messageId: messages.messageId,
  fromAddress: messages.fromAddress,
  fromName: messages.fromName,
  subject: messages.subject,
  sentAt: messages.sentAt,
  receivedAt: messages.receivedAt,
  identity: messages.identity,
  nature: messages.nature,
  mutedBy: messages.mutedBy,
  rawSha256: messages.rawSha256,
}

/** Ids read at a time. */
const pageSize = 5000

export function dossiersIn({ db }: Core): Dossiers {
  return {
    async sender({ id, address }) {
      const [byAddress] = await db
        .select({ id: senderAddresses.senderId })
        .from(senderAddresses)
        .where(eq(senderAddresses.address, address))
      if (byAddress) return byAddress.id
      const [byId] = await db.select({ id: senders.id }).from(senders).where(eq(senders.id, id))
      return byId?.id ?? null
    },
    async mailIds(senderIds) {
      const found: { id: string; threadId: string }[] = []
      for (let last = ''; ; ) {
        const page = await db
          .select({ id: messages.id, threadId: messages.threadId })
          .from(messages)
          .innerJoin(threads, eq(threads.id, messages.threadId))
          .where(and(inArray(threads.senderId, [...senderIds]), gt(messages.id, last)))
          .orderBy(asc(messages.id))
          .limit(pageSize)
        found.push(...page)
        if (page.length < pageSize) return found
        last = page.at(-1)?.id ?? ''
      }
    },
    async incidentIds(senderIds) {
      const rows = await db
        .select({ id: incidents.id })
        .from(incidents)
        .where(inArray(incidents.senderId, [...senderIds]))
        .orderBy(asc(incidents.occurredAt), asc(incidents.id))
      return rows.map(({ id }) => id)
    },
    async mails(ids) {
      return db
        .select({ ...mailColumns, mailbox: mailboxes.address })
        .from(messages)
        .innerJoin(mailboxes, eq(mailboxes.id, messages.mailboxId))
        .where(inArray(messages.id, [...ids]))
        .orderBy(asc(messages.id))
    },
  }
}
