import { sql } from 'drizzle-orm'
import type { Scope, TokenState } from '../domain/token.ts'
import type { Columns } from './columns.sqlite.ts'

/** What programs show instead of a sign-in; of the secret itself only the hash is kept. */
export function tokenTables(c: Columns) {
  const apiTokens = c.table(
    'api_tokens',
    {
      id: c.id().primaryKey(),
      name: c.text().notNull(),
      sha256: c.text().notNull().unique(),
      scopes: c.json<Scope[]>().notNull(),
      /** Null for all mailboxes. */
      mailboxes: c.json<string[]>(),
      createdBy: c.text(),
      createdAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
      needsSecond: c.flag().notNull(),
      state: c.text().$type<TokenState>().notNull(),
      approver: c.text(),
      endedBy: c.text(),
      endedAt: c.instant(),
      /** The day (UTC) of its last use; no part of the record, and not replayed. */
      lastUsedOn: c.text(),
    },
    (t) => [
      c
        .uniqueIndex('one_living_token_a_name')
        .on(t.name)
        .where(sql`${t.state} in ('active', 'waiting')`),
      c.check(
        'nobody_approves_their_own_token',
        sql`${t.approver} is null or (${t.createdBy} is not null and ${t.approver} <> ${t.createdBy})`,
      ),
      c.check(
        'no_token_on_one_word_that_takes_two',
        sql`${t.state} <> 'active' or not ${t.needsSecond} or ${t.approver} is not null`,
      ),
      c.check(
        'shielded_words_take_two_people',
        sql`${t.needsSecond} or ${t.createdBy} is null or (cast(${t.scopes} as text) not like '%shielded:read%' and cast(${t.scopes} as text) not like '%muted:read%')`,
      ),
    ],
  )

  return { apiTokens }
}
