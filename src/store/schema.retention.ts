import { isNull, sql } from 'drizzle-orm'
import type { DeletionRequest } from '../domain/deletion.ts'
import type { DisclosureRequest } from '../domain/disclosure.ts'
import type { Withheld } from '../domain/disclosure-event.ts'
import type { HeldThing } from '../domain/retention-event.ts'
import type { Columns } from './columns.sqlite.ts'

/** What is never erased as long as it is held, and which periods two people let run. */
export function retentionTables(c: Columns) {
  const holds = c.table(
    'holds',
    {
      id: c.id().primaryKey(),
      /** A thread, or a sender with everybody who is one with them. */
      what: c.text().$type<HeldThing>().notNull(),
      thingId: c.text().notNull(),
      reason: c.text().notNull(),
      placedBy: c.text().notNull(),
      placedAt: c.instant().notNull(),
      liftedBy: c.text(),
      liftedAt: c.instant(),
      liftReason: c.text().notNull(),
    },
    (t) => [
      c.uniqueIndex('one_open_hold_a_thing').on(t.what, t.thingId).where(isNull(t.liftedAt)),
      c.check('nobody_lifts_their_own_hold', sql`${t.liftedBy} <> ${t.placedBy}`),
    ],
  )

  const retentionRules = c.table(
    'retention_rules',
    {
      /** The hash of the periods. */
      id: c.id().primaryKey(),
      proposedBy: c.text().notNull(),
      proposedAt: c.instant().notNull(),
      approvedBy: c.text(),
      approvedAt: c.instant(),
    },
    (t) => [c.check('nobody_approves_their_own_periods', sql`${t.approvedBy} <> ${t.proposedBy}`)],
  )

  const deletionRequests = c.table(
    'deletion_requests',
    {
      id: c.id().primaryKey(),
      senderId: c.text().notNull(),
      receivedOn: c.text().notNull(),
      reason: c.text().notNull(),
      proposedBy: c.text().notNull(),
      proposedAt: c.instant().notNull(),
      state: c.text().$type<DeletionRequest['state']>().notNull(),
      decidedBy: c.text(),
      decidedAt: c.instant(),
      threads: c.json<readonly string[]>().notNull().default([]),
      answer: c.text().notNull(),
    },
    (t) => [
      c.uniqueIndex('one_open_deletion_a_sender').on(t.senderId).where(sql`${t.state} = 'open'`),
      c.check('nobody_deletes_alone', sql`${t.decidedBy} <> ${t.proposedBy}`),
      c.check('decided_by_somebody', sql`(${t.state} = 'open') = (${t.decidedBy} is null)`),
    ],
  )

  return { holds, retentionRules, deletionRequests, ...disclosureTables(c) }
}

function disclosureTables(c: Columns) {
  const disclosureRequests = c.table(
    'disclosure_requests',
    {
      id: c.id().primaryKey(),
      senderId: c.text().notNull(),
      receivedOn: c.text().notNull(),
      reason: c.text().notNull(),
      /** By which way it was checked that it is they who ask. */
      identityCheck: c.text().notNull(),
      proposedBy: c.text().notNull(),
      proposedAt: c.instant().notNull(),
      state: c.text().$type<DisclosureRequest['state']>().notNull(),
      decidedBy: c.text(),
      decidedAt: c.instant(),
      withheld: c.json<readonly Withheld[]>().notNull(),
      answer: c.text().notNull(),
    },
    (t) => [
      c.uniqueIndex('one_open_disclosure_a_sender').on(t.senderId).where(sql`${t.state} = 'open'`),
      c.check('nobody_discloses_alone', sql`${t.decidedBy} <> ${t.proposedBy}`),
      c.check('disclosure_decided', sql`(${t.state} = 'open') = (${t.decidedBy} is null)`),
    ],
  )
  return { disclosureRequests }
}
