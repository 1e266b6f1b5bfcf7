import { type Action, may, type Person } from './person.ts'
import { type Refusal, type RefusalReason, refuse } from './step.ts'

export type ProposalState = 'open' | 'approved' | 'declined' | 'withdrawn'

/** A proposal of one person's that another one decides on, as far as that rule goes. */
export type Proposal = { readonly proposer: string; readonly state: ProposalState }

/** Who may propose and decide in one matter, and how its refusals read. */
export type ProposalRules = {
  readonly propose: Action
  readonly decide: Action
  readonly closed: RefusalReason
  readonly own: RefusalReason
}

/** Approving and declining take a reason and another person than the one who proposed. */
export function whyNotDecide(
  { proposer, state }: Proposal,
  { decide, closed, own }: ProposalRules,
  reason: string,
  who: Person,
): Refusal | null {
  if (!may(who, decide)) return refuse('not_allowed')
  if (state !== 'open') return refuse(closed)
  if (proposer === who.id) return refuse(own)
  return reason.trim() === '' ? refuse('reason_missing') : null
}

/** Only the proposer takes a proposal back. */
export function whyNotWithdraw(
  { proposer, state }: Proposal,
  { propose, closed }: ProposalRules,
  who: Person,
): Refusal | null {
  if (!may(who, propose)) return refuse('not_allowed')
  if (state !== 'open') return refuse(closed)
  return proposer === who.id ? null : refuse('not_author')
}
