import type { Event } from '../domain/event.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import { amend, type Book, type Said } from './verify.rows.ts'

/** What was proposed of the rules, by whom, and what became of it. */
export const ruleProposalsBook: Book<'ruleProposals'> = {
  name: 'ruleProposals',
  what: 'proposal',
  note(said, event) {
    if (event.kind === 'rule_change_proposed') {
      const { about, wishSha256 } = event
      noteMade(said, event, { about, wishSha256 })
    } else noteEnd(said, event, 'rule_change')
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
    if (event.kind === 'template_change_proposed') {
      const { template, contentSha256 } = event
      noteMade(said, event, { template, contentSha256 })
    } else noteEnd(said, event, 'template_change')
  },
  // That the words are those of the hash, `verify.templates.ts` says.
  kept({ id, template, contentSha256, reason, proposer, proposedAt, state, decider }) {
    return [id, { template, contentSha256, reason, proposer, proposedAt, state, decider }]
  },
}

type Made = Extract<Event, { kind: 'rule_change_proposed' | 'template_change_proposed' }>

function noteMade(said: Said, { proposalId, reason, by, at }: Made, what: object): void {
  const made = { ...what, reason, proposer: by, proposedAt: at }
  said.set(proposalId, { ...made, state: 'open', decider: null })
}

const ends = ['approved', 'declined', 'withdrawn'] as const

/** What became of a proposal is the last word of its event's kind. */
function noteEnd(said: Said, event: Event, of: 'rule_change' | 'template_change'): void {
  const state = ends.find((end) => event.kind === `${of}_${end}`)
  if (state && 'proposalId' in event && event.proposalId !== null) {
    amend(said, event.proposalId, { state, decider: event.by })
  }
}
