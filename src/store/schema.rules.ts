import { sql } from 'drizzle-orm'
import type { ProposalState } from '../domain/proposal.ts'
import type { RuleOverlay, RuleWish } from '../domain/rule-change.ts'
import type { RuleTrialResult } from '../domain/rule-trial.ts'
import type { Columns } from './columns.sqlite.ts'

/** Rule sets, how they came into force, what is proposed of them, and how rules fare. */
export function ruleTables(c: Columns) {
  return { ...ruleSetTables(c), ...ruleProposalTables(c), ...ruleFigureTables(c) }
}

function ruleSetTables(c: Columns) {
  /** Policy files as they were, once for all the rule sets made of them. */
  const ruleFiles = c.table('rule_files', {
    id: c.id().primaryKey(),
    /** `PolicySource[]` as JSON, zstd. */
    bytes: c.bytes().notNull(),
  })

  /** Every rule set that ever assessed mail, by its version. */
  const ruleSets = c.table('rule_sets', {
    id: c.id().primaryKey(),
    filesId: c
      .text()
      .notNull()
      .references(() => ruleFiles.id),
    overlays: c.json<RuleOverlay[]>().notNull(),
    madeAt: c.instant().notNull(),
  })

  /** Which rule set came into force when, in order, and how far open threads were assessed anew. */
  const ruleReigns = c.table('rule_reigns', {
    place: c.int().primaryKey(),
    ruleSet: c
      .text()
      .notNull()
      .references(() => ruleSets.id),
    /** The files on the disk that this was decided over: others change the rules again. */
    filesId: c.text().notNull(),
    proposalId: c.text(),
    by: c.text(),
    at: c.instant().notNull(),
    /** The last thread that was looked at; threads above it are still to come. */
    cursor: c.text().notNull(),
    total: c.int().notNull(),
    looked: c.int().notNull(),
    changed: c.int().notNull(),
    finishedAt: c.instant(),
  })

  return { ruleFiles, ruleSets, ruleReigns }
}

function ruleProposalTables(c: Columns) {
  const ruleProposals = c.table(
    'rule_proposals',
    {
      id: c.id().primaryKey(),
      /** A rule's id, or the version that is to come back. */
      about: c.text().notNull(),
      wish: c.json<RuleWish>().notNull(),
      base: c.text().notNull(),
      reason: c.text().notNull(),
      proposer: c.text().notNull(),
      proposedAt: c.instant().notNull(),
      state: c.text().$type<ProposalState>().notNull(),
      decider: c.text(),
      decidedAt: c.instant(),
      decision: c.text().notNull(),
      /** The rule set that came of it. */
      made: c.text(),
    },
    (t) => [
      c.index('rule_proposals_by_state').on(t.state, t.proposedAt),
      c.uniqueIndex('one_open_proposal_a_rule').on(t.about).where(sql`${t.state} = 'open'`),
      c.check(
        'nobody_decides_on_their_own_rules',
        sql`${t.state} not in ('approved', 'declined') or (${t.decider} is not null and ${t.decider} <> ${t.proposer})`,
      ),
    ],
  )

  /** A proposal tried on what people decided: how far, and what would change. */
  const ruleTrials = c.table('rule_trials', {
    id: c
      .text()
      .primaryKey()
      .references(() => ruleProposals.id),
    before: c.text().notNull(),
    after: c.text().notNull(),
    cursor: c.text().notNull(),
    total: c.int().notNull(),
    looked: c.int().notNull(),
    result: c.json<RuleTrialResult>().notNull(),
    /** Why it cannot be tried: the rules that would come of it are no rules. */
    trouble: c.json<string[]>(),
    finishedAt: c.instant(),
  })

  return { ruleProposals, ruleTrials }
}

function ruleFigureTables(c: Columns) {
  /** Where a rule spoke, and what people said to that: made from the log, and can be made again. */
  const ruleHits = c.table(
    'rule_hits',
    {
      id: c.id().primaryKey(),
      threadId: c.text().notNull(),
      rule: c.text().notNull(),
      /** In the newest revision, on which nobody has decided. */
      open: c.flag().notNull(),
      /** What was decided where it spoke last; null where nothing was. */
      upheld: c.flag(),
      at: c.instant().notNull(),
    },
    (t) => [
      c.index('rule_hits_by_rule').on(t.rule, t.at),
      c.index('rule_hits_by_thread').on(t.threadId),
    ],
  )

  /** One row: how far the log was read for the hits, and what is wrong with the files on the disk. */
  const ruleDesk = c.table('rule_desk', {
    id: c.int().primaryKey(),
    seq: c.int().notNull(),
    trouble: c.json<string[]>(),
    troubleAt: c.instant(),
  })

  return { ruleHits, ruleDesk }
}
