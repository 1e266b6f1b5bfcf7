import { sql } from 'drizzle-orm'
import type { TemplateName } from '../domain/notice.ts'
import type { ProposalState } from '../domain/proposal.ts'
import type { Columns } from './columns.sqlite.ts'

/** Other words for notices: proposed by one person, decided on by another. */
export function templateTables(c: Columns) {
  const templateProposals = c.table(
    'template_proposals',
    {
      id: c.id().primaryKey(),
      template: c.text().$type<TemplateName>().notNull(),
      content: c.text().notNull(),
      contentSha256: c.text().notNull(),
      /** The words in force when it was written, and their hash. */
      over: c.text().notNull(),
      base: c.text().notNull(),
      reason: c.text().notNull(),
      proposer: c.text().notNull(),
      proposedAt: c.instant().notNull(),
      state: c.text().$type<ProposalState>().notNull(),
      decider: c.text(),
      decidedAt: c.instant(),
      decision: c.text().notNull(),
    },
    (t) => [
      c.index('template_proposals_by_state').on(t.state, t.proposedAt),
      c.uniqueIndex('one_open_proposal_a_template').on(t.template).where(sql`${t.state} = 'open'`),
      c.check(
        'nobody_decides_on_their_own_template',
        sql`${t.state} not in ('approved', 'declined') or (${t.decider} is not null and ${t.decider} <> ${t.proposer})`,
      ),
    ],
  )

  return { templateProposals }
}
