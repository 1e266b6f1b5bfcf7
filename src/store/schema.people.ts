import type { Bilingual } from '../domain/assessment.ts'
import type { Language, Role } from '../domain/person.ts'
import type { Columns } from './columns.sqlite.ts'

/** Staff and their sessions; mailboxes; senders and the addresses known to be theirs. */
export function peopleTables(c: Columns) {
  const people = c.table('people', {
    id: c.id().primaryKey(),
    name: c.text().notNull(),
    email: c.text().notNull().unique(),
    passwordHash: c.text().notNull(),
    roles: c.json<Role[]>().notNull(),
    language: c.text().$type<Language>().notNull(),
    disabledAt: c.instant(),
  })

  const sessions = c.table('sessions', {
    // NOTE the hash of the cookie's token: a copy of the database opens no session.
    id: c.id().primaryKey(),
    personId: c
      .text()
      .notNull()
      .references(() => people.id),
    csrfToken: c.text().notNull(),
    createdAt: c.instant().notNull(),
    expiresAt: c.instant().notNull(),
    ip: c.text().notNull(),
    userAgent: c.text().notNull(),
  })

  const mailboxes = c.table('mailboxes', {
    id: c.id().primaryKey(),
    name: c.text().notNull().unique(),
    department: c.json<Bilingual>().notNull(),
    address: c.text().notNull(),
    folder: c.text().notNull(),
    uidValidity: c.text(),
    uid: c.int().notNull(),
    lastContactAt: c.instant(),
    trouble: c.text(),
  })

  const senders = c.table('senders', {
    id: c.id().primaryKey(),
    name: c.text().notNull(),
    proof: c.text().notNull(),
    createdAt: c.instant().notNull(),
  })

  const senderAddresses = c.table(
    'sender_addresses',
    {
      address: c.text().primaryKey(),
      senderId: c
        .text()
        .notNull()
        .references(() => senders.id),
    },
    (t) => [c.index('sender_addresses_by_sender').on(t.senderId)],
  )

  /** Receiving servers that an admin decided to believe, beside those of the settings. */
  const trustedServers = c.table('trusted_servers', {
    id: c.id().primaryKey(),
    acceptedBy: c.text().notNull(),
    acceptedAt: c.instant().notNull(),
  })

  return { people, sessions, mailboxes, senders, senderAddresses, trustedServers }
}
