import type { Columns } from './columns.sqlite.ts'
import { accountTables } from './schema.accounts.ts'
import { careTables } from './schema.care.ts'
import { deskTables } from './schema.desk.ts'
import { drillTables } from './schema.drills.ts'
import { eventTables } from './schema.events.ts'
import { ladderTables } from './schema.ladder.ts'
import { mailTables } from './schema.mail.ts'
import { peopleTables } from './schema.people.ts'
import { policyTables } from './schema.policy.ts'
import { replyTables } from './schema.replies.ts'
import { retentionTables } from './schema.retention.ts'
import { ruleTables } from './schema.rules.ts'
import { senderTables } from './schema.senders.ts'
import { sendingTables } from './schema.sending.ts'
import { templateTables } from './schema.templates.ts'
import { tokenTables } from './schema.tokens.ts'
import { toldTables } from './schema.told.ts'
import { verdictTables } from './schema.verdicts.ts'

/** Every table of the product, written once over the column kit of an engine. */
export function defineSchema(c: Columns) {
  return {
    ...peopleTables(c),
    ...accountTables(c),
    ...mailTables(c),
    ...verdictTables(c),
    ...ladderTables(c),
    ...ruleTables(c),
    ...senderTables(c),
    ...sendingTables(c),
    ...templateTables(c),
    ...toldTables(c),
    ...tokenTables(c),
    ...replyTables(c),
    ...deskTables(c),
    ...careTables(c),
    ...drillTables(c),
    ...retentionTables(c),
    ...policyTables(c),
    ...eventTables(c),
  }
}
