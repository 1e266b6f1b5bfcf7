import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { TemplateName } from '../domain/notice.ts'
import type { TemplateProposal } from '../domain/template-change.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { templateProposals } from './tables.ts'

/** A proposal with its words. */
export type TemplateProposalRecord = TemplateProposal & {
  readonly content: string
  /** The words that it was written over. */
  readonly over: string
  readonly reason: string
  readonly proposedAt: Instant
  readonly decider: string | null
  readonly decidedAt: Instant | null
  readonly decision: string
}

type Deciding = { readonly decider: string; readonly at: Instant; readonly reason: string }

export type TemplateProposals = {
  list(
    states: readonly TemplateProposal['state'][],
    limit: number,
  ): Promise<TemplateProposalRecord[]>
  find(id: string): Promise<TemplateProposalRecord | null>
  /** What was approved last, by template. */
  inForce(): Promise<Map<TemplateName, TemplateProposalRecord>>
  /** Adds it with its event; throws `StaleWrite` where one for the same template is open. */
  add(
    proposal: Omit<TemplateProposalRecord, 'state' | 'decider' | 'decidedAt' | 'decision'>,
    event: Event,
  ): Promise<void>
  /** Decides on it or takes it back; throws `StaleWrite` where it is not open any more. */
  end(
    id: string,
    state: Exclude<TemplateProposal['state'], 'open'>,
    by: Deciding,
    events: readonly Event[],
  ): Promise<void>
}

export function templateProposalsIn(core: Core): TemplateProposals {
  const { db } = core
  return {
    async list(states, limit) {
      return db
        .select()
        .from(templateProposals)
        .where(inArray(templateProposals.state, [...states]))
        .orderBy(desc(templateProposals.proposedAt), desc(templateProposals.id))
        .limit(limit)
    },
    async find(id) {
      const [row] = await db.select().from(templateProposals).where(eq(templateProposals.id, id))
      return row ?? null
    },
    async inForce() {
      const rows = await db
        .select()
        .from(templateProposals)
        .where(eq(templateProposals.state, 'approved'))
        .orderBy(asc(templateProposals.decidedAt), asc(templateProposals.id))
      return new Map(rows.map((row) => [row.template, row]))
    },
    add(proposal, event) {
      const undecided = { state: 'open' as const, decider: null, decidedAt: null, decision: '' }
      const row = { ...proposal, ...undecided }
      return core.commit([event], (tx) => [
        tx.insert(templateProposals).values(row).returning({ id: templateProposals.id }),
      ])
    },
    end(id, state, { decider, at, reason }, events) {
      return core.commit(events, (tx) => [
        tx
          .update(templateProposals)
          .set({ state, decider, decidedAt: at, decision: reason })
          .where(and(eq(templateProposals.id, id), eq(templateProposals.state, 'open')))
          .returning({ id: templateProposals.id }),
      ])
    },
  }
}
