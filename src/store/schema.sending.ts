import type { Columns } from './columns.sqlite.ts'

/** How the copy of a sent letter fares on the mail server. */
export const copyStates = ['due', 'kept', 'left'] as const
export type CopyState = (typeof copyStates)[number]

/** What the postman knows of a letter beside its state: its bytes, and where traces of it are. */
export function sendingTables(c: Columns) {
  const outgoing = c.table(
    'outgoing',
    {
      /** The letter's. */
      id: c.id().primaryKey(),
      /** The mail as it leaves: made before the first attempt, the same at every one. */
      rawSha256: c.text().notNull(),
      copy: c.text().$type<CopyState>().notNull().default('due'),
      copyAttempts: c.int().notNull().default(0),
      copyAt: c.instant().notNull(),
      /** Why there is no copy yet, or no more. */
      copyTrouble: c.text().notNull().default(''),
      /** How often the Sent folder was looked through for a letter of unknown result. */
      looks: c.int().notNull().default(0),
      lookAt: c.instant().notNull(),
    },
    (t) => [c.index('outgoing_copies').on(t.copy, t.copyAt)],
  )

  return { outgoing }
}
