import type { Bilingual } from '../domain/assessment.ts'
import type { Account, AfterStoring, FolderTrouble, SentCopies } from '../domain/mailbox.ts'
import type { Language, Role, Within } from '../domain/person.ts'
import type { SessionStage, SignInWay } from '../domain/session.ts'
import type { Columns } from './columns.sqlite.ts'

/** Staff and their sessions; mailboxes and their folders; senders and the addresses known to be theirs. */
export function peopleTables(c: Columns) {
  const people = c.table('people', {
    id: c.id().primaryKey(),
    name: c.text().notNull(),
    email: c.text().notNull().unique(),
    passwordHash: c.text().notNull(),
    roles: c.json<Role[]>().notNull(),
    within: c.json<Within>().notNull().default({}),
    language: c.text().$type<Language>().notNull(),
    disabledAt: c.instant(),
    version: c.int().notNull().default(1),
  })

  const sessions = c.table(
    'sessions',
    {
      // NOTE the hash of the cookie's token: a copy of the database opens no session.
      id: c.id().primaryKey(),
      personId: c
        .text()
        .notNull()
        .references(() => people.id),
      csrfToken: c.text().notNull(),
      createdAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
      /** Null where the session is from before it was noted. */
      lastSeenAt: c.instant(),
      stage: c.text().$type<SessionStage>().notNull().default('full'),
      /** How the person proved who they are:  */
      way: c.text().$type<SignInWay>().notNull().default('password'),
      ip: c.text().notNull(),
      userAgent: c.text().notNull(),
    },
    (t) => [c.index('sessions_by_person').on(t.personId)],
  )

  const mailboxes = c.table('mailboxes', {
    id: c.id().primaryKey(),
    name: c.text().notNull().unique(),
    department: c.json<Bilingual>().notNull(),
    address: c.text().notNull(),
    fromName: c.text(),
    /** Null for the account that the environment names. */
    account: c.json<Account>(),
    /** An `AccountSecret`, sealed. */
    secret: c.text(),
    afterStoring: c.json<AfterStoring>().notNull().default({ kind: 'leave' }),
    sentCopies: c.json<SentCopies>().notNull().default({ kind: 'none' }),
    mutedFolder: c.text(),
    pausedAt: c.instant(),
    version: c.int().notNull().default(1),
  })

  /** One folder of a mailbox, with how far it has been read and how it fares. */
  const folders = c.table(
    'folders',
    {
      id: c.id().primaryKey(),
      mailboxId: c
        .text()
        .notNull()
        .references(() => mailboxes.id),
      name: c.text().notNull(),
      /** False for one that is not read any more; its place is kept in case it is again. */
      watched: c.flag().notNull(),
      uidValidity: c.text(),
      uid: c.int().notNull(),
      modSeq: c.text(),
      /** Mails that the server has and we have not fetched yet, as of the last look. */
      remaining: c.int().notNull(),
      firstSyncedAt: c.instant(),
      lastContactAt: c.instant(),
      lagSeconds: c.int(),
      trouble: c.json<FolderTrouble>(),
    },
    (t) => [c.unique('folders_once_a_mailbox').on(t.mailboxId, t.name)],
  )

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

  return { people, sessions, mailboxes, folders, senders, senderAddresses, trustedServers }
}
