import { sql } from 'drizzle-orm'
import type { Role, Within } from '../domain/person.ts'
import type { Columns } from './columns.sqlite.ts'

/** What proves that somebody is who they say: second factors, passkeys, invitations, roles asked for. */
export function accountTables(c: Columns) {
  /** One-time codes of an app (RFC 6238). */
  const totps = c.table('totps', {
    personId: c.id().primaryKey(),
    /** Sealed for `totp:PERSON`. */
    secret: c.text().notNull(),
    /** Null until the person has shown that their app makes the right codes. */
    confirmedAt: c.instant(),
    /** RFC 6238 section 5.2: a code, and any older one, is taken once. */
    lastStep: c.int().notNull().default(0),
  })

  const recoveryCodes = c.table(
    'recovery_codes',
    {
      // NOTE the hash: the codes themselves are shown once and kept nowhere.
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      usedAt: c.instant(),
    },
    (t) => [c.index('recovery_codes_by_person').on(t.personId)],
  )

  const passkeys = c.table(
    'passkeys',
    {
      /** The credential's id, base64url. */
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      name: c.text().notNull(),
      publicKey: c.text().notNull(),
      counter: c.int().notNull(),
      transports: c.json<string[]>().notNull(),
      createdAt: c.instant().notNull(),
      lastUsedAt: c.instant(),
    },
    (t) => [c.index('passkeys_by_person').on(t.personId)],
  )

  /** Whom a provider of sign-ins (OpenID Connect) means. */
  const externalIds = c.table(
    'external_ids',
    {
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      issuer: c.text().notNull(),
      subject: c.text().notNull(),
      linkedAt: c.instant().notNull(),
    },
    (t) => [c.index('external_ids_by_person').on(t.personId)],
  )

  /** Links that let somebody set a password once. */
  const invitations = c.table(
    'invitations',
    {
      // NOTE the hash of the link's token.
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      by: c.text(),
      createdAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
      usedAt: c.instant(),
    },
    (t) => [c.index('invitations_by_person').on(t.personId)],
  )

  /** Roles that one administrator wants somebody to have, until they have them or are refused. */
  const grants = c.table(
    'grants',
    {
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      roles: c.json<Role[]>().notNull(),
      within: c.json<Within>().notNull(),
      proposedBy: c.text().notNull(),
      proposedAt: c.instant().notNull(),
      /** Where nobody can second them: when they hold by themselves. */
      effectiveAt: c.instant(),
      state: c.text().$type<'waiting' | 'in_force' | 'declined'>().notNull(),
      decidedBy: c.text(),
      decidedAt: c.instant(),
    },
    (t) => [
      c.index('grants_by_state').on(t.state),
      c.uniqueIndex('one_waiting_grant_a_person').on(t.personId).where(sql`${t.state} = 'waiting'`),
      c.check(
        'grants_need_another_person',
        sql`${t.proposedBy} <> ${t.personId} and (${t.state} <> 'in_force' or ${t.decidedBy} is null
          or (${t.decidedBy} <> ${t.proposedBy} and ${t.decidedBy} <> ${t.personId}))`,
      ),
    ],
  )

  /** Mail to staff about their accounts, until it is sent. */
  const staffMails = c.table('staff_mails', {
    id: c.id().primaryKey(),
    toAddress: c.text().notNull(),
    /** Subject and words, sealed for `staff-mail:ID`: a link in them opens an account. */
    content: c.text().notNull(),
    attempts: c.int().notNull(),
    nextAttemptAt: c.instant().notNull(),
  })

  return { totps, recoveryCodes, passkeys, externalIds, invitations, grants, staffMails }
}
