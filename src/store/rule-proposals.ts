import { and, asc, count, desc, eq, gt, inArray, max } from 'drizzle-orm'
import type { Decision } from '../domain/decision.ts'
import type { Event } from '../domain/event.ts'
import { aboutOf, type RuleProposal, type RuleWish } from '../domain/rule-change.ts'
import { emptyTrial, type RuleTrialResult } from '../domain/rule-trial.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { decisionOf } from './rows.ts'
import { type Succession, successionWrites } from './rule-sets.ts'
import { assessments, decisions, ruleProposals, ruleTrials } from './tables.ts'

/** A proposal with its words. */
export type ProposalRecord = RuleProposal & {
  /** The rules in force when it was made. */
  readonly base: string
  readonly reason: string
  readonly proposedAt: Instant
  readonly decider: string | null
  readonly decidedAt: Instant | null
  readonly decision: string
  readonly made: string | null
}

export type Trial = typeof ruleTrials.$inferSelect

/** A thread that people decided on, with the mails that the rules had read by then. */
export type DecidedThread = {
  readonly threadId: string
  readonly decision: Decision
  readonly read: readonly string[]
}

type Deciding = { readonly decider: string; readonly at: Instant; readonly reason: string }

export type RuleProposals = {
  list(states: readonly RuleProposal['state'][], limit: number): Promise<ProposalRecord[]>
  find(id: string): Promise<ProposalRecord | null>
  /** Adds it with its event; throws `StaleWrite` where one about the same is open. */
  add(
    proposal: Omit<ProposalRecord, 'state' | 'decider' | 'decidedAt' | 'decision' | 'made'>,
    event: Event,
  ): Promise<void>
  /** Ends it without a change of rules; throws `StaleWrite` where it is not open. */
  end(id: string, state: 'declined' | 'withdrawn', by: Deciding, event: Event): Promise<void>
  /** Ends it with another rule set in force, in one commit. */
  enact(id: string, by: Deciding, succession: Succession, events: readonly Event[]): Promise<void>
  trial(proposalId: string): Promise<Trial | null>
  /** Begins anew, whatever was tried before. */
  beginTrial(
    proposalId: string,
    between: Pick<Trial, 'before' | 'after' | 'trouble'>,
    at: Instant,
  ): Promise<void>
  /** Moves a trial on; throws `StaleWrite` where it began anew meanwhile. */
  advanceTrial(trial: Trial, to: Partial<Trial>): Promise<void>
  /** Decided threads after that one, in the order of ids. */
  decided(after: string, limit: number): Promise<DecidedThread[]>
}

export function ruleProposalsIn(core: Core): RuleProposals {
  const { db } = core
  return {
    async list(states, limit) {
      const rows = await db
        .select()
        .from(ruleProposals)
        .where(inArray(ruleProposals.state, [...states]))
        .orderBy(desc(ruleProposals.proposedAt), desc(ruleProposals.id))
        .limit(limit)
      return rows
    },
    async find(id) {
      const [row] = await db.select().from(ruleProposals).where(eq(ruleProposals.id, id))
      return row ?? null
    },
    add(proposal, event) {
      const wish = proposal.wish as RuleWish
      const undecided = { decider: null, decidedAt: null, decision: '', made: null }
      const row = { ...proposal, about: aboutOf(wish), wish, state: 'open' as const, ...undecided }
      return core.commit([event], (tx) => [
        tx
          .insert(ruleProposals)
          .values(row)
          .onConflictDoNothing()
          .returning({ id: ruleProposals.id }),
      ])
    },
    end: (id, state, by, event) => core.commit([event], (tx) => [ending(tx, id, { state, ...by })]),
    async enact(id, by, succession, events) {
      const writes = await successionWrites(core, succession)
      const made = { state: 'approved' as const, made: succession.ruleSet }
      await core.commit(events, (tx) => [ending(tx, id, { ...made, ...by }), ...writes(tx)])
    },
    ...trialsIn(core),
    decided: (after, limit) => decided(core, after, limit),
  }
}

function ending(
  tx: Core['db'],
  id: string,
  { at, reason, ...end }: Deciding & { state: RuleProposal['state']; made?: string },
) {
  return tx
    .update(ruleProposals)
    .set({ ...end, decidedAt: at, decision: reason })
    .where(and(eq(ruleProposals.id, id), eq(ruleProposals.state, 'open')))
    .returning({ id: ruleProposals.id })
}

function trialsIn(core: Core): Pick<RuleProposals, 'trial' | 'beginTrial' | 'advanceTrial'> {
  const { db } = core
  return {
    async trial(proposalId) {
      const [row] = await db.select().from(ruleTrials).where(eq(ruleTrials.id, proposalId))
      return row ?? null
    },
    async beginTrial(id, { before, after, trouble }, at) {
      const [threads] = await db
        .select({ n: count() })
        .from(db.selectDistinct({ id: decisions.threadId }).from(decisions).as('decided'))
      const result: RuleTrialResult = emptyTrial
      const fresh = { before, after, trouble, result, cursor: '', looked: 0 }
      const row = { ...fresh, total: threads?.n ?? 0, finishedAt: trouble ? at : null }
      await core.write((tx) => [
        tx
          .insert(ruleTrials)
          .values({ id, ...row })
          .onConflictDoUpdate({ target: ruleTrials.id, set: row })
          .returning({ id: ruleTrials.id }),
      ])
    },
    advanceTrial: ({ id, before, after, cursor }, to) =>
      core.write((tx) => [
        tx
          .update(ruleTrials)
          .set(to)
          .where(
            and(
              eq(ruleTrials.id, id),
              eq(ruleTrials.before, before),
              eq(ruleTrials.after, after),
              eq(ruleTrials.cursor, cursor),
            ),
          )
          .returning({ id: ruleTrials.id }),
      ]),
  }
}

async function decided({ db }: Core, after: string, limit: number): Promise<DecidedThread[]> {
  const newest = await db
    .select({ threadId: decisions.threadId, revision: max(decisions.revision) })
    .from(decisions)
    .where(gt(decisions.threadId, after))
    .groupBy(decisions.threadId)
    .orderBy(asc(decisions.threadId))
    .limit(limit)
  const revisions = new Map(newest.map(({ threadId, revision }) => [threadId, revision]))
  const ids = [...revisions.keys()]
  const made = await db.select().from(decisions).where(inArray(decisions.threadId, ids))
  const said = await db
    .select({
      threadId: assessments.threadId,
      revision: assessments.revision,
      read: assessments.read,
    })
    .from(assessments)
    .innerJoin(
      decisions,
      and(
        eq(decisions.threadId, assessments.threadId),
        eq(decisions.revision, assessments.revision),
      ),
    )
    .where(and(inArray(assessments.threadId, ids), eq(assessments.muted, false)))
  return ids.flatMap((threadId) => {
    const revision = revisions.get(threadId)
    const of = <Row extends { threadId: string; revision: number }>(rows: readonly Row[]) =>
      rows.find((row) => row.threadId === threadId && row.revision === revision)
    const decision = of(made)
    if (!decision) return []
    return [{ threadId, decision: decisionOf(decision), read: of(said)?.read ?? [] }]
  })
}
