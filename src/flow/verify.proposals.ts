import { sealing, sha256 } from '../store/sealing.ts'
import { amend, type Book } from './verify.rows.ts'

/** What was proposed of the rules, by whom, and what became of it. */
export const ruleProposalsBook: Book<'ruleProposals'> = {
  name: 'ruleProposals',
  what: 'proposal',
  note(said, event) {
    switch (event.kind) {
      case 'rule_change_proposed': {
        const { about, wishSha256, reason, by: proposer, at: proposedAt } = event
        const made = { about, wishSha256, reason, proposer, proposedAt }
        said.set(event.proposalId, { ...made, state: 'open', decider: null })
        break
      }
      case 'rule_change_approved':
        amend(said, event.proposalId, { state: 'approved', decider: event.by })
        break
      case 'rule_change_declined':
        amend(said, event.proposalId, { state: 'declined', decider: event.by })
        break
      case 'rule_change_withdrawn':
        amend(said, event.proposalId, { state: 'withdrawn', decider: event.by })
        break
      default:
    }
  },
  kept({ id, about, wish, reason, proposer, proposedAt, state, decider }) {
    const wishSha256 = sha256(sealing.canonical(wish))
    return [id, { about, wishSha256, reason, proposer, proposedAt, state, decider }]
  },
}

/** Other words for notices: those that were proposed, and what became of them. */
export const templateProposalsBook: Book<'templateProposals'> = {
  name: 'templateProposals',
  what: 'proposal',
  note(said, event) {
    switch (event.kind) {
      case 'template_change_proposed': {
        const { template, contentSha256, reason, by: proposer, at: proposedAt } = event
        const made = { template, contentSha256, reason, proposer, proposedAt }
        said.set(event.proposalId, { ...made, state: 'open', decider: null })
        break
      }
      case 'template_change_approved':
        amend(said, event.proposalId, { state: 'approved', decider: event.by })
        break
      case 'template_change_declined':
        amend(said, event.proposalId, { state: 'declined', decider: event.by })
        break
      case 'template_change_withdrawn':
        amend(said, event.proposalId, { state: 'withdrawn', decider: event.by })
        break
      default:
    }
  },
  // That the words are those of the hash, `verify.templates.ts` says.
  kept({ id, template, contentSha256, reason, proposer, proposedAt, state, decider }) {
    return [id, { template, contentSha256, reason, proposer, proposedAt, state, decider }]
  },
}
