import { sqliteColumns } from './columns.sqlite.ts'
import { defineSchema } from './schema.ts'

/**
 * The tables that queries are typed against. On PostgreSQL the same names are made by its own
 * column kit and cast to these at one line of its engine.
 */
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
} = defineSchema(sqliteColumns)
