import type { Severity } from './category.ts'
import { may, type Person } from './person.ts'
import { type ProposalRules, type ProposalState, whyNotDecide, whyNotWithdraw } from './proposal.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** What people changed of one rule, on top of what the files say; null stays as it is there. */
export type RuleOverlay = {
  readonly rule: string
  readonly off: boolean
  readonly weight: number | null
  readonly severity: Severity | null
  /** Examples that the rule must match, beside those that it has. */
  readonly matches: readonly string[]
  /** Counter-examples that it must pass over, beside those that it has. */
  readonly passes: readonly string[]
  readonly text: RuleText | null
}

/** A rule written anew as YAML. */
export type RuleText = {
  readonly yaml: string
  /** Hash of the files' rule that it was written over; null where the files have none. */
  readonly over: string | null
}

/** A policy file as it was read; the name is relative to the policy folder. */
export type PolicySource = { readonly name: string; readonly text: string }

/** Everything that a rule set is made of: same content, same version. */
export type RuleContent = {
  readonly files: readonly PolicySource[]
  /** In the order of the rules' ids, one a rule. */
  readonly overlays: readonly RuleOverlay[]
}

/** What somebody wants of the rules: one rule otherwise, or a version back in force. */
export type RuleWish =
  | { readonly kind: 'change'; readonly overlay: RuleOverlay }
  | { readonly kind: 'restore'; readonly version: string }

/** A proposal as far as deciding on it goes. */
export type RuleProposal = {
  readonly id: string
  readonly wish: RuleWish
  readonly proposer: string
  readonly state: ProposalState
}

/** What happens to the rules; their words are in rows, an event has the hash. */
export type RuleEvent =
  | {
      readonly kind: 'rule_change_proposed'
      readonly proposalId: string
      /** The rule, or the version that is to come back. */
      readonly about: string
      readonly wishSha256: string
      readonly reason: string
    }
  | {
      readonly kind: 'rule_change_approved' | 'rule_change_declined'
      readonly proposalId: string
      readonly reason: string
    }
  | { readonly kind: 'rule_change_withdrawn'; readonly proposalId: string }
  | {
      readonly kind: 'rule_set_in_force'
      readonly ruleSet: string
      /** Null where the files changed and nobody's proposal did. */
      readonly proposalId: string | null
      readonly filesSha256: string
    }

/** What a wish is about: a rule's id, or a version. */
export function aboutOf(wish: RuleWish): string {
  return wish.kind === 'change' ? wish.overlay.rule : wish.version
}

const deciding: ProposalRules = {
  propose: 'propose_rules',
  decide: 'approve_rules',
  closed: 'rule_proposal_closed',
  own: 'own_rule_proposal',
}

/** Puts a change on the table. */
export function proposeRules(
  given: { readonly id: string; readonly wish: RuleWish; readonly sha256: string },
  reason: string,
  others: readonly RuleProposal[],
  who: Person,
  at: Instant,
): Step | Refusal {
  const { id: proposalId, wish, sha256: wishSha256 } = given
  if (!may(who, 'propose_rules')) return refuse('not_allowed')
  if (reason.trim() === '') return refuse('reason_missing')
  const about = aboutOf(wish)
  if (others.some((one) => one.state === 'open' && aboutOf(one.wish) === about)) {
    return refuse('rule_proposal_open')
  }
  const what = { proposalId, about, wishSha256, reason }
  return step({ kind: 'rule_change_proposed', at, by: who.id, ...what })
}

/** Approves; only what was tried, and never one's own. */
export function approveRules(
  proposal: RuleProposal,
  given: { readonly reason: string; readonly tried: boolean },
  made: { readonly ruleSet: string; readonly filesSha256: string },
  who: Person,
  at: Instant,
): Step | Refusal {
  const refusal = whyNotDecide(proposal, deciding, given.reason, who)
  if (refusal) return refusal
  if (!given.tried) return refuse('rule_trial_missing')
  const { id: proposalId } = proposal
  return step(
    { kind: 'rule_change_approved', at, by: who.id, proposalId, reason: given.reason },
    { kind: 'rule_set_in_force', at, by: who.id, proposalId, ...made },
  )
}

export function declineRules(
  proposal: RuleProposal,
  reason: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  const refusal = whyNotDecide(proposal, deciding, reason, who)
  if (refusal) return refusal
  return step({
    kind: 'rule_change_declined',
    at,
    by: who.id,
    proposalId: proposal.id,
    reason,
  })
}

/** Takes one's own proposal back. */
export function withdrawRules(proposal: RuleProposal, who: Person, at: Instant): Step | Refusal {
  const refusal = whyNotWithdraw(proposal, deciding, who)
  if (refusal) return refusal
  return step({ kind: 'rule_change_withdrawn', at, by: who.id, proposalId: proposal.id })
}

/** The overlays with one rule's replaced; one that says nothing is left out. */
export function withOverlay(
  overlays: readonly RuleOverlay[],
  overlay: RuleOverlay,
): readonly RuleOverlay[] {
  const others = overlays.filter(({ rule }) => rule !== overlay.rule)
  const all = saysNothing(overlay) ? others : [...others, overlay]
  return all.toSorted((a, b) => (a.rule < b.rule ? -1 : 1))
}

/** A rule as the files have it. */
export function asInFiles(rule: string): RuleOverlay {
  const same = { off: false, weight: null, severity: null, matches: [], passes: [], text: null }
  return { rule, ...same }
}

function saysNothing({ off, weight, severity, matches, passes, text }: RuleOverlay): boolean {
  const plain = !off && weight === null && severity === null && text === null
  return plain && matches.length === 0 && passes.length === 0
}
