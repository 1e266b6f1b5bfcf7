import type { TemplateName } from './notice.ts'
import { may, type Person } from './person.ts'
import { type ProposalRules, type ProposalState, whyNotDecide, whyNotWithdraw } from './proposal.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** A proposal as far as deciding on it goes; its words are kept beside it, named by their hash. */
export type TemplateProposal = {
  readonly id: string
  readonly template: TemplateName
  readonly contentSha256: string
  /** Hash of the words in force when it was written. */
  readonly base: string
  readonly proposer: string
  readonly state: ProposalState
}

/** What happens to the templates; their words are in rows, an event has the hash. */
export type TemplateEvent =
  | {
      readonly kind: 'template_change_proposed'
      readonly proposalId: string
      readonly template: TemplateName
      readonly contentSha256: string
      readonly reason: string
    }
  | {
      readonly kind: 'template_change_approved' | 'template_change_declined'
      readonly proposalId: string
      readonly reason: string
    }
  | { readonly kind: 'template_change_withdrawn'; readonly proposalId: string }
  | {
      readonly kind: 'template_in_force'
      readonly template: TemplateName
      readonly proposalId: string
      readonly contentSha256: string
    }

const deciding: ProposalRules = {
  propose: 'propose_templates',
  decide: 'approve_templates',
  closed: 'template_proposal_closed',
  own: 'own_template_proposal',
}

/** Puts other words for a notice on the table. */
export function proposeTemplate(
  given: Pick<TemplateProposal, 'id' | 'template' | 'contentSha256' | 'base'>,
  reason: string,
  others: readonly TemplateProposal[],
  who: Person,
  at: Instant,
): Step | Refusal {
  const { id: proposalId, template, contentSha256, base } = given
  if (!may(who, 'propose_templates')) return refuse('not_allowed')
  if (reason.trim() === '') return refuse('reason_missing')
  if (contentSha256 === base) return refuse('template_unchanged')
  if (others.some((one) => one.state === 'open' && one.template === template)) {
    return refuse('template_proposal_open')
  }
  const what = { proposalId, template, contentSha256, reason }
  return step({ kind: 'template_change_proposed', at, by: who.id, ...what })
}

/** Approves what another person wrote, on the words that it was written over. */
export function approveTemplate(
  proposal: TemplateProposal,
  given: { readonly reason: string; readonly inForce: string; readonly sound: boolean },
  who: Person,
  at: Instant,
): Step | Refusal {
  const refusal = whyNotDecide(proposal, deciding, given.reason, who)
  if (refusal) return refusal
  if (proposal.base !== given.inForce) return refuse('template_changed_meanwhile')
  if (!given.sound) return refuse('template_flawed')
  const { id: proposalId, template, contentSha256 } = proposal
  return step(
    { kind: 'template_change_approved', at, by: who.id, proposalId, reason: given.reason },
    { kind: 'template_in_force', at, by: who.id, template, proposalId, contentSha256 },
  )
}

export function declineTemplate(
  proposal: TemplateProposal,
  reason: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  const refusal = whyNotDecide(proposal, deciding, reason, who)
  if (refusal) return refusal
  const { id: proposalId } = proposal
  return step({ kind: 'template_change_declined', at, by: who.id, proposalId, reason })
}

/** Takes one's own proposal back. */
export function withdrawTemplate(
  proposal: TemplateProposal,
  who: Person,
  at: Instant,
): Step | Refusal {
  const refusal = whyNotWithdraw(proposal, deciding, who)
  if (refusal) return refusal
  return step({ kind: 'template_change_withdrawn', at, by: who.id, proposalId: proposal.id })
}
