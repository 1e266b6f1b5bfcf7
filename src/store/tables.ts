import { sqliteColumns } from './columns.sqlite.ts'
import { defineSchema } from './schema.ts'

/**
 * The tables that queries are built on, for both engines: PostgreSQL's own ones (`tables.pg.ts`)
 * have the same names and take the same values.
 */
export const {
  people,
  sessions,
  totps,
  recoveryCodes,
  passkeys,
  externalIds,
  invitations,
  grants,
  staffMails,
  mailboxes,
  folders,
  senders,
  senderAddresses,
  trustedServers,
  raws,
  threads,
  messages,
  attachments,
  leads,
  assessments,
  searchTexts,
  searchState,
  reviews,
  decisions,
  measures,
  letters,
  outgoing,
  templateProposals,
  alerts,
  exposures,
  ruleFiles,
  ruleSets,
  ruleReigns,
  ruleProposals,
  ruleTrials,
  ruleHits,
  ruleDesk,
  events,
  chain,
  leases,
} = defineSchema(sqliteColumns)
