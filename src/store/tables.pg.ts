import { pgColumns } from './columns.pg.ts'
import { defineSchema } from './schema.ts'

/** The tables of PostgreSQL, for making its migrations. */
export const {
  people,
  sessions,
  mailboxes,
  senders,
  senderAddresses,
  raws,
  threads,
  messages,
  attachments,
  leads,
  assessments,
  searchTexts,
  reviews,
  decisions,
  measures,
  letters,
  alerts,
  exposures,
  events,
  chain,
  leases,
} = defineSchema(pgColumns)
