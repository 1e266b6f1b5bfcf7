import type { Person } from '../domain/person.ts'
import {
  approveRules,
  declineRules,
  proposeRules,
  type RuleContent,
  type RuleWish,
  withdrawRules,
  withOverlay,
} from '../domain/rule-change.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import { versionOf } from '../policy.ts'
import { StaleWrite } from '../store/engine.ts'
import type { ProposalRecord, Trial } from '../store/rule-proposals.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'
import { checkRules } from './rules-check.ts'

export type Proposed =
  | { readonly kind: 'proposed'; readonly proposalId: string }
  /** The rules that would come of it are no rules: every mistake in words. */
  | { readonly kind: 'invalid'; readonly mistakes: readonly string[] }

/** What the rules are made of once a wish comes true; null where the version is not kept. */
export async function contentAfter(
  { rulebook, store }: House,
  wish: RuleWish,
): Promise<RuleContent | null> {
  if (wish.kind === 'restore') return store.ruleSets.content(wish.version)
  const { files, overlays } = rulebook.current().content
  return { files, overlays: withOverlay(overlays, wish.overlay) }
}

/** Proposes a change of the rules; what would not be a rule set is refused with its mistakes. */
export async function proposeRuleChange(
  house: House,
  wish: RuleWish,
  reason: string,
  who: Person,
): Promise<Proposed | Refusal> {
  const { store, newId, now, rulebook } = house
  await rulebook.follow()
  const content = await contentAfter(house, wish)
  if (!content) throw new NotFound('rule set', wish.kind === 'restore' ? wish.version : '')
  const base = rulebook.current().rules.version
  if (versionOf(content) === base) return refuse('rule_unchanged')
  const open = await store.ruleProposals.list(['open'], openMax)
  const given = { id: newId(), wish, sha256: sha256(sealing.canonical(wish)) }
  const at = now()
  const decision = proposeRules(given, reason, open, who, at)
  if (decision.kind === 'refused') return decision
  const checked = await checkRules(content)
  if (!checked.ok) return { kind: 'invalid', mistakes: checked.mistakes }
  const [event] = decision.events
  if (!event) return refuse('not_allowed')
  const proposal = { id: given.id, wish, base, reason, proposer: who.id, proposedAt: at }
  try {
    await store.ruleProposals.add(proposal, event)
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('rule_proposal_open')
    throw error
  }
  return { kind: 'proposed', proposalId: given.id }
}

/** More open proposals than this nobody looks through. */
const openMax = 500

/** Approves a change that was tried on the rules in force, and puts what comes of it in force. */
export async function approveRuleChange(
  house: House,
  id: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  const { store, rulebook, now } = house
  const outcome = await untilFresh(async (): Promise<Outcome> => {
    await rulebook.follow()
    const { proposal, content, trial, tried } = await tables(house, id)
    if (!content || trial?.trouble) return refuse('rule_not_applicable')
    const reign = await store.ruleSets.current()
    const { filesId, rules } = rulebook.current()
    if (reign && reign.ruleSet !== rules.version) throw new StaleWrite(0)
    const ruleSet = versionOf(content)
    const made = { ruleSet, filesSha256: filesId }
    const at = now()
    const decision = approveRules(proposal, { reason, tried }, made, who, at)
    if (decision.kind === 'refused') return decision
    const after = reign?.place ?? 0
    const by = { proposalId: id, by: who.id, at }
    const succession = { ruleSet, content, filesId, after, ...by }
    const deciding = { decider: who.id, at, reason }
    await store.ruleProposals.enact(id, deciding, succession, decision.events)
    return done
  })
  await rulebook.follow()
  return outcome
}

export function declineRuleChange(
  house: House,
  id: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  return endProposal(house, id, 'declined', reason, who, (proposal, at) =>
    declineRules(proposal, reason, who, at),
  )
}

/** Takes one's own proposal back. */
export function withdrawRuleChange(house: House, id: string, who: Person): Promise<Outcome> {
  return endProposal(house, id, 'withdrawn', '', who, (proposal, at) =>
    withdrawRules(proposal, who, at),
  )
}

function endProposal(
  { store, now }: House,
  id: string,
  state: 'declined' | 'withdrawn',
  reason: string,
  who: Person,
  decide: (proposal: ProposalRecord, at: string) => Step | Refusal,
): Promise<Outcome> {
  return untilFresh(async () => {
    const at = now()
    const decision = decide(await found(store, id), at)
    if (decision.kind === 'refused') return decision
    const [event] = decision.events
    if (event) await store.ruleProposals.end(id, state, { decider: who.id, at, reason }, event)
    return done
  })
}

/** A proposal with what would come of it now, and whether just that was tried. */
export async function tables(house: House, id: string) {
  const proposal = await found(house.store, id)
  const content = await contentAfter(house, proposal.wish)
  const trial = await house.store.ruleProposals.trial(id)
  const before = house.rulebook.current().rules.version
  const current = trial !== null && content !== null && isOf(trial, before, versionOf(content))
  const tried = current && trial.finishedAt !== null && trial.trouble === null
  return { proposal, content, trial: current ? trial : null, tried }
}

/** Whether a trial compares just these two rule sets. */
export function isOf(trial: Trial, before: string, after: string): boolean {
  return trial.before === before && trial.after === after
}

async function found({ ruleProposals }: House['store'], id: string): Promise<ProposalRecord> {
  const proposal = await ruleProposals.find(id)
  if (!proposal) throw new NotFound('proposal', id)
  return proposal
}
