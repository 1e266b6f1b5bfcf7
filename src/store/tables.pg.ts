import { pgColumns } from './columns.pg.ts'
import { defineSchema } from './schema.ts'

/** The tables of PostgreSQL, for making its migrations. */
export const {
  people,
  sessions,
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
  events,
  chain,
  leases,
} = defineSchema(pgColumns)
