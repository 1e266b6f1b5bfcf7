import type { PolicyWords } from '../domain/policy-words.ts'
import type { Columns } from './columns.sqlite.ts'

/** The policy as it was made known: every version's words, and who has read which. */
export function policyTables(c: Columns) {
  const policyVersions = c.table(
    'policy_versions',
    {
      place: c.int().primaryKey(),
      /** Of the words; a version that came back has the hash that it had. */
      sha256: c.text().notNull(),
      words: c.json<PolicyWords>().notNull(),
      at: c.instant().notNull(),
      by: c.text(),
    },
    (t) => [c.index('policy_versions_by_hash').on(t.sha256)],
  )

  const policyConfirmations = c.table(
    'policy_confirmations',
    {
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      sha256: c.text().notNull(),
      at: c.instant().notNull(),
    },
    (t) => [
      c.unique('one_confirmation_a_person_and_version').on(t.personId, t.sha256),
      c.index('policy_confirmations_by_version').on(t.sha256, t.at),
    ],
  )

  return { policyVersions, policyConfirmations }
}
